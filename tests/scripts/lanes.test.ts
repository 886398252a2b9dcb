import { describe, expect, it } from "vitest";
import { runLanes, summary, type Layer } from "../../scripts/lib/lanes.mjs";
import { StatusArea } from "../../scripts/lib/statusArea.mjs";
import { countRustTests } from "../../scripts/lib/testCounts.mjs";

/** A status area that keeps what it prints. */
function recorded() {
  const printed: string[] = [];
  const output = { write: (text: string) => printed.push(text) };
  return { status: new StatusArea({ output }), text: () => printed.join("") };
}

const passes = () => Promise.resolve({ passed: 1, failed: 0 });
const fails = () => Promise.resolve({ passed: 2, failed: 1 });

const layer = (
  name: string,
  lane: string,
  run: Layer["run"],
  needs?: string,
): Layer => ({ name, lane, run, needs, heading: `About ${name}` });

describe("the lanes of npm test", () => {
  it("two lanes run at the same time", async () => {
    const { status } = recorded();
    let meet: () => void = () => undefined;
    const met = new Promise<void>((resolve) => (meet = resolve));
    // The first layer ends only when that of the other lane has begun.
    const results = await runLanes(
      [
        layer("core", "rust", () => met.then(passes)),
        layer("build", "node", () => {
          meet();
          return passes();
        }),
      ],
      status,
    );
    expect(results.map(({ name }) => name)).toEqual(["core", "build"]);
  });

  it("a lane runs its layers one after the other", async () => {
    const { status } = recorded();
    const events: string[] = [];
    const traced = (name: string) =>
      layer(name, "rust", async () => {
        events.push(`${name} begins`);
        await new Promise((resolve) => setImmediate(resolve));
        events.push(`${name} ends`);
        return passes();
      });
    await runLanes([traced("clippy"), traced("core")], status);
    expect(events).toEqual([
      "clippy begins",
      "clippy ends",
      "core begins",
      "core ends",
    ]);
  });

  it("a lane that is through runs movable layers of another, and no others", async () => {
    const { status } = recorded();
    const begun: string[] = [];
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const traced = (name: string) =>
      layer(name, "node", () => {
        begun.push(name);
        if (name === "types") end();
        return passes();
      });
    const results = await runLanes(
      [
        layer("core", "rust", passes),
        layer("build", "node", () => ended.then(passes)),
        traced("package"),
        { ...traced("types"), isMovable: true },
        { ...traced("lint"), isMovable: true },
      ],
      status,
    );
    expect(begun.slice(0, 2)).toEqual(["types", "lint"]);
    expect(results.map(({ name, lane }) => [name, lane])).toEqual([
      ["core", "rust"],
      ["build", "node"],
      ["package", "node"],
      ["types", "rust"],
      ["lint", "rust"],
    ]);
  });

  it("a lane goes on after a layer that fails or throws", async () => {
    const { status, text } = recorded();
    const results = await runLanes(
      [
        layer("clippy", "rust", fails),
        layer("core", "rust", () => Promise.reject(new Error("no cargo"))),
        layer("wasm", "rust", passes),
        layer("unit", "node", passes),
      ],
      status,
    );
    expect(results.map(({ counts }) => counts)).toEqual([
      { passed: 2, failed: 1 },
      { passed: 0, failed: 1 },
      { passed: 1, failed: 0 },
      { passed: 1, failed: 0 },
    ]);
    expect(text()).toContain("error: no cargo");
  });

  it("a layer whose needed layer failed is not run and counts as failed", async () => {
    const { status, text } = recorded();
    let hasRun = false;
    const results = await runLanes(
      [
        layer("build", "node", fails),
        layer("format", "node", passes),
        layer(
          "unit",
          "node",
          () => {
            hasRun = true;
            return passes();
          },
          "build",
        ),
      ],
      status,
    );
    expect(hasRun).toBe(false);
    expect(results[2]?.counts).toEqual({ passed: 0, failed: 1 });
    expect(text()).toContain("unit: not run, because build failed");
  });

  it("a layer runs although the layer that it needs was not chosen", async () => {
    const { status } = recorded();
    const chosen = [layer("unit", "node", passes, "build")];
    const [result] = await runLanes(chosen, status);
    expect(result?.counts).toEqual({ passed: 1, failed: 0 });
  });

  it("the output of a layer is printed in one piece when it ends", async () => {
    const { status, text } = recorded();
    let end: () => void = () => undefined;
    const ended = new Promise<void>((resolve) => (end = resolve));
    await runLanes(
      [
        layer("core", "rust", async ({ write }) => {
          write("one\n");
          await ended;
          write("two\n");
          return passes();
        }),
        layer("unit", "node", ({ write }) => {
          write("three\n");
          end();
          return passes();
        }),
      ],
      status,
      () => 0,
    );
    expect(text()).toContain(
      "== About core (core)\none\ntwo\n== core: 1 passed, 0 failed, 0.0 s\n",
    );
    expect(text()).toContain("== About unit (unit)\nthree\n== unit:");
  });
});

describe("the summary of npm test", () => {
  const results = [
    {
      name: "core",
      lane: "rust",
      counts: { passed: 700, failed: 2 },
      seconds: 61.26,
    },
    {
      name: "unit",
      lane: "node",
      counts: { passed: 30, failed: 0 },
      seconds: 9,
    },
  ];

  it("the last line has the sums and nothing else", () => {
    expect(summary(results).split("\n").slice(-2)).toEqual([
      "730 passed, 2 failed",
      "",
    ]);
  });

  it("the table has each layer's lane and time, and failed layers are named", () => {
    expect(summary(results)).toContain("\nFailed layers: core\n");
    expect(summary(results)).toMatch(/^core +rust +700 +2 +61\.3$/m);
    expect(summary(results)).toMatch(/^unit +node +30 +0 +9\.0$/m);
  });

  it("the summary is not counted as that of a test program", () => {
    expect(countRustTests(summary(results))).toEqual({ passed: 0, failed: 0 });
  });
});
