import type { FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";

/** The signed-in person. */
export type Viewer = NonNullable<FunctionReturnType<typeof api.users.viewer>>;

/**
 * What to call the person.
 *
 * @param viewer - The signed-in person.
 */
export function displayName({ name, email }: Viewer): string {
  return name ?? email ?? "You";
}
