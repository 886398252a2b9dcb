import type { FunctionReturnType } from "convex/server";
import type { api } from "../../../convex/_generated/api";

/** A group as the server describes it. */
export type Group = NonNullable<FunctionReturnType<typeof api.groups.get>>;
