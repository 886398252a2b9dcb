/**
 * A call of a component function that asks the core about users, accounts and
 * sessions once, as a sign-in does: the function's own file is evaluated, the
 * bytes are decoded, compiled and instantiated by the component's own loader,
 * and one decision is made.
 */
import { decide } from "../../../../dist/component/core.js";

// With everything that it imports; an import without use would be dropped.
export * from "../../../../dist/component/password.js";

/** @returns {unknown} What keeps the compiled code alive. */
export function callCoreOnce() {
  // Typed objects cross the boundary both ways, as in every call.
  const { kind } = decide("prepareAccount", {
    provider: "password",
    accountId: "Ada@Example.com",
    secret: { kind: "none" },
    argon2: { memoryKib: 19_456, iterations: 2, parallelism: 1 },
    origin: { ipAddress: "203.0.113.9" },
  });
  if (kind !== "ready") throw new Error(`The core answered "${kind}"`);
  return decide;
}
