import { describe, expect, it } from "vitest";
import {
  CargoOutput,
  describeProgress,
} from "../../scripts/lib/cargoProgress.mjs";

// As cargo 1.95 prints it with CARGO_TERM_PROGRESS_WHEN=always.
const printed =
  "   Compiling proc-macro2 v1.0.107\n" +
  "    Building [>     ] 1/17: quote(build.rs), proc-macro2(build.rs)    \r" +
  "    Building [==>   ] 2/17: proc-macro2(build.rs)                     \r" +
  "    Checking subtle v2.6.1\n" +
  "warning: unused variable\n" +
  "    Finished `dev` profile\n";

describe("cargo's output", () => {
  it("the progress is separated from what a person has to read", () => {
    expect(new CargoOutput().read(printed)).toEqual({
      text: "warning: unused variable\n    Finished `dev` profile\n",
      progress: { done: 2, total: 17 },
    });
  });

  it("the output is read the same in pieces of any size", () => {
    for (let size = 1; size < 60; size += 1) {
      const output = new CargoOutput();
      let text = "";
      const seen: unknown[] = [];
      for (let start = 0; start < printed.length; start += size) {
        const read = output.read(printed.slice(start, start + size));
        text += read.text;
        if (read.progress !== null) seen.push(read.progress);
      }
      expect(text + output.end()).toBe(
        "warning: unused variable\n    Finished `dev` profile\n",
      );
      expect(seen.at(-1)).toEqual({ done: 2, total: 17 });
    }
  });

  it("results of tests and a last line without a line break are kept", () => {
    const output = new CargoOutput();
    const line = "test result: ok. 3 passed; 0 failed; 0 ignored\n";
    expect(output.read(`${line}thread 'a' panicked`).text).toBe(line);
    expect(output.end()).toBe("thread 'a' panicked");
  });

  it("the description has the number of finished crates", () => {
    expect(describeProgress({ done: 37, total: 112 })).toBe("37 of 112 crates");
    expect(describeProgress(null)).toBe("preparing");
  });
});
