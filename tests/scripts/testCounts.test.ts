import { describe, expect, it } from "vitest";
import {
  countRustTests,
  countVitestTests,
} from "../../scripts/lib/testCounts.mjs";

describe("the counts of tests", () => {
  it("the results of all programs that cargo runs are added up", () => {
    const output =
      "test result: ok. 712 passed; 0 failed; 0 ignored; 0 measured\n" +
      "test result: \u001b[31mFAILED\u001b[0m. 5 passed; 2 failed; 1 ignored\n";
    expect(countRustTests(output)).toEqual({ passed: 717, failed: 2 });
  });

  it("Vitest's line about tests is read, not the one about files", () => {
    const output =
      " Test Files  1 failed | 3 passed (4)\n" +
      "      Tests  \u001b[31m2 failed\u001b[39m | 40 passed (42)\n";
    expect(countVitestTests(output)).toEqual({ passed: 40, failed: 2 });
  });

  it("output without a summary counts no test", () => {
    expect(countRustTests("error: could not compile")).toEqual({
      passed: 0,
      failed: 0,
    });
    expect(countVitestTests("Error: no config")).toEqual({
      passed: 0,
      failed: 0,
    });
  });
});
