/**
 * API keys on Better Auth in Convex, with its API key plugin: verified by the
 * plugin's server API in a function of the app, made and listed by its browser
 * client.
 */
import { convexTest } from "convex-test";
import { anyApi, defineSchema } from "convex/server";
import { Seed } from "../groups/seed.mjs";
import { BetterAuthClient } from "../operations/apps/betterAuthClient.mjs";
import { person, predecessor } from "../operations/operations.mjs";
import { schema } from "./betterAuthApp/schema.mjs";
import { day, few, plenty } from "./cases.mjs";
import { copyKey } from "./seed.mjs";

export const label = "Better Auth, API key plugin";

const free = { rateLimitEnabled: false };
const limited = { rateLimitMax: plenty, rateLimitTimeWindow: day };
const quota = { ...limited, remaining: plenty };

/**
 * @param {import("../operations/recorder.mjs").OperationRecorder} recorder
 * @returns {Promise<import("./cases.mjs").KeyApp>}
 */
export async function prepare(recorder) {
  process.env.CONVEX_SITE_URL = "https://some.convex.site";
  process.env.SITE_URL = "https://some.convex.site";

  const backend = convexTest({
    schema: defineSchema({}),
    modules: recorder.countedModules(
      {
        "./_generated/api.js": async () => ({}),
        "./auth.js": () => import("./betterAuthApp/auth.mjs"),
        "./http.js": () => import("./betterAuthApp/http.mjs"),
        "./keys.js": () => import("./betterAuthApp/keys.mjs"),
      },
      "",
    ),
    transactionLimits: true,
  });
  recorder.countedBackend(backend).registerComponent("betterAuth", schema, {
    "./_generated/api.js": async () => ({}),
    "./adapter.js": () => import("./betterAuthApp/adapter.mjs"),
  });
  const seed = new Seed(backend, "betterAuth");

  const { keys } = anyApi;
  /** @param {{ email: string, name: string, password: string }} account */
  const signUp = async ({ email, name, password }) => {
    const client = new BetterAuthClient(backend);
    const account = { email, name, password };
    const { user } = await client.call("/sign-up/email", account);
    return { userId: user.id, client };
  };
  const maker = await signUp(predecessor);
  const collector = await signUp(person);
  const { userId } = maker;
  const { id: organizationId } = await maker.client.call(
    "/organization/create",
    { name: "Analytical Engines", slug: "analytical-engines" },
  );

  /** @param {object} key */
  const verification = async (key) => {
    const raw = await backend.mutation(keys.create, { key });
    return async () => {
      const isValid = await backend.mutation(keys.verify, { raw });
      if (!isValid) throw new Error("The key was refused");
    };
  };
  /** @param {object} key One with `few` uses. */
  const refusal = async (key) => {
    const raw = await backend.mutation(keys.create, { key });
    const use = () => backend.mutation(keys.verify, { raw });
    for (let uses = 0; uses < few; uses++) {
      if (!(await use())) throw new Error("The key was refused too early");
    }
    return async () => {
      if (await use()) throw new Error("The key was accepted too often");
    };
  };
  const ofGroup = { configId: "organization", organizationId, userId };
  const verifications = {
    "user/free": await verification({ userId, ...free }),
    "user/limited": await verification({ userId, ...limited }),
    "user/quota": await verification({ userId, ...quota }),
    "user/refused": await refusal({
      ...{ userId, rateLimitMax: few, rateLimitTimeWindow: day },
    }),
    "group/free": await verification({ ...ofGroup, ...free }),
    "group/limited": await verification({ ...ofGroup, ...limited }),
    "group/quota": await verification({ ...ofGroup, ...quota }),
  };

  // The maker has made four of them already.
  await copyKey(seed, "apikey", "key", { referenceId: userId }, 45);
  const { userId: referenceId } = collector;
  await copyKey(seed, "apikey", "key", { referenceId }, 1000);
  // What making a key starts without waiting for it would be counted by chance.
  await backend.mutation(keys.sweep, {});
  return {
    verifications,
    operations: {
      create: () => maker.client.call("/api-key/create", { name: "Report" }),
      list: async () => {
        const { apiKeys } = await collector.client.call(
          "/api-key/list?limit=50",
        );
        if (apiKeys.length !== 50) throw new Error("A page of another length");
      },
    },
  };
}
