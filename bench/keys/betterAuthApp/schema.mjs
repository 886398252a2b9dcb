/**
 * The schema of the app's copy of the component, made as `npx auth generate`
 * makes it: by the package's own generator, from the app's options.
 *
 * The generator makes no index for the fields by which keys are found, and each
 * verification would look through all keys. So they get indexes here, as the
 * package's documentation advises ("adding custom indexes").
 */
import { getAuthTables } from "better-auth/db";
import { defineSchema } from "convex/server";
import { options } from "./auth.mjs";

const client = import.meta.resolve("@convex-dev/better-auth");
const { createSchema } = await import(new URL("create-schema.js", client).href);
const { code } = await createSchema({ tables: getAuthTables(options({})) });

/** The generated file, which nobody has to keep up to date here. */
const { tables } = await import(
  `data:text/javascript,${encodeURIComponent(code)}`
);

export const schema = defineSchema({
  ...tables,
  apikey: tables.apikey
    .index("key", ["key"])
    .index("referenceId", ["referenceId"]),
});
