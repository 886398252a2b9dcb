/**
 * The schema of the app's copy of the component, made as `npx auth generate`
 * makes it: by the package's own generator, from the app's options.
 */
import { getAuthTables } from "better-auth/db";
import { options } from "./auth.mjs";

const client = import.meta.resolve("@convex-dev/better-auth");
const { createSchema } = await import(new URL("create-schema.js", client).href);
const { code } = await createSchema({ tables: getAuthTables(options({})) });

/** The generated file, which nobody has to keep up to date here. */
export const { default: schema } = await import(
  `data:text/javascript,${encodeURIComponent(code)}`
);
