/** The functions of the app's copy of the component. */
import { createApi } from "@convex-dev/better-auth";
import { options } from "./auth.mjs";
import { schema } from "./schema.mjs";

export const {
  create,
  findOne,
  findMany,
  updateOne,
  updateMany,
  deleteOne,
  deleteMany,
} = createApi(schema, options);
