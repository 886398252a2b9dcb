/**
 * A call of a component function that asks the core about a change of a group,
 * once: its names are normalised and checked.
 */
import { decide } from "../../../../dist/component/groupCore.js";

// With everything that it imports; an import without use would be dropped.
export * from "../../../../dist/component/groupWrite.js";

/** @returns {unknown} What keeps the compiled code alive. */
export function callCoreOnce() {
  const { kind } = decide("prepareGroup", {
    name: "Analytical Engines",
    slug: "Analytical-Engines",
    type: "team",
    tags: [{ key: "plan", value: "free" }],
  });
  if (kind === "refused") throw new Error("The core refused a group");
  return decide;
}
