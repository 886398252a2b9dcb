/**
 * A call of a component function that asks the core about an API key that is
 * to be made, once: its terms are checked, and its secret is drawn and hashed.
 */
import { decide } from "../../../../dist/component/keyCore.js";

// With everything that it imports; an import without use would be dropped.
export * from "../../../../dist/component/keyWrite.js";

/** @returns {unknown} What keeps the compiled code alive. */
export function callCoreOnce() {
  const { kind } = decide("keyCreate", {
    ...{ now: Date.now(), origin: { ipAddress: "203.0.113.9" } },
    config: { configurations: [] },
    owner: {
      kind: "user",
      user: { _id: "user", _creationTime: 0, email: "ada@example.com" },
    },
    ownedKeys: 3,
    terms: {
      name: "Report",
      scopes: [{ resource: "report", actions: ["read"] }],
      rateLimit: { maxRequests: 1000, windowMs: 60_000 },
      ...{ revokeOnLeave: false, metadataLength: 0 },
    },
  });
  if (kind === "refused") throw new Error("The core refused a key");
  return decide;
}
