import { expect, it } from "vitest";
import { describeStep } from "../../scripts/lib/steps.mjs";

it("a step of npm start says which one of how many it is", () => {
  expect(describeStep("packages")).toBe("Step 1 of 5: npm packages");
  expect(describeStep("core")).toBe("Step 3 of 5: the core, in WebAssembly");
});
