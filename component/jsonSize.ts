import { convexToJson, type Value } from "convex/values";

/** How large the app's own data are, in bytes as JSON; nothing if there are none. */
export function jsonSize(data: Value | undefined): number {
  return data === undefined
    ? 0
    : new TextEncoder().encode(JSON.stringify(convexToJson(data))).length;
}
