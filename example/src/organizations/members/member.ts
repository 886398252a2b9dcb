import type { FunctionReturnType } from "convex/server";
import type { api } from "../../../convex/_generated/api";

/** A member as the server lists it. */
export type Member = FunctionReturnType<
  typeof api.members.list
>["items"][number];
