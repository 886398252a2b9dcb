/**
 * A backend with the app under measurement, the component, and the component
 * that does everything in single steps.
 */
import { convexTest } from "convex-test";
import { modules, schema } from "convex-gatehouse/test";
import { defineSchema } from "convex/server";
import plainSchema from "./plain/schema.mjs";
import { Seed } from "./seed.mjs";

/**
 * @typedef {object} Backend
 * @property {ReturnType<typeof convexTest>} app
 * @property {Seed} seed Fills the component's tables.
 * @property {Seed} plain Fills those of the component of single steps.
 */

/**
 * @param {import("../operations/recorder.mjs").OperationRecorder} recorder
 * @returns {Backend}
 */
export function startBackend(recorder) {
  const app = convexTest({
    schema: defineSchema({}),
    modules: recorder.countedModules(
      {
        "./_generated/api.js": async () => ({}),
        "./auth.js": () => import("./app/auth.mjs"),
        "./groups.js": () => import("./app/groups.mjs"),
        "./steps.js": () => import("./app/steps.mjs"),
      },
      "",
    ),
    transactionLimits: true,
  });
  const counted = recorder.countedBackend(app);
  counted.registerComponent("auth", schema, modules);
  counted.registerComponent("plain", plainSchema, {
    "./_generated/api.js": async () => ({}),
    "./steps.js": () => import("./plain/steps.mjs"),
  });
  return { app, seed: new Seed(app, "auth"), plain: new Seed(app, "plain") };
}
