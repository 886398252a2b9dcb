import type { FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";

/** What a person has set up besides the password, as the server lists it. */
export type SecondFactors = FunctionReturnType<typeof api.secondFactors.status>;
