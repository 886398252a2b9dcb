import { existsSync, mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { readdirSync, rmSync, statSync, utimesSync } from "node:fs";
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import {
  evict,
  restoreFromCache,
  saveToCache,
} from "../../scripts/lib/buildCache.mjs";
import {
  isDependency,
  shareDependencies,
} from "../../scripts/lib/targetCache.mjs";

let folder = "";
const at = (...parts: string[]) => path.join(folder, ...parts);

function write(file: string, text: string) {
  mkdirSync(path.dirname(at(file)), { recursive: true });
  writeFileSync(at(file), text);
}

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "gatehouse-cache-"));
  vi.stubEnv("GATEHOUSE_CACHE", at("cache"));
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

describe("the cache of what was built", () => {
  it("another clone gets the same files with the same times", () => {
    write("pkg/access.js", "export {}");
    const then = new Date("2026-01-02T03:04:05Z");
    utimesSync(at("pkg/access.js"), then, then);
    saveToCache("pkg", "a", at("pkg"));
    expect(restoreFromCache("pkg", "a", at("other"))).toBe(true);
    expect(readFileSync(at("other/access.js"), "utf8")).toBe("export {}");
    expect(statSync(at("other/access.js")).mtime).toEqual(then);
  });

  it("another hash finds nothing", () => {
    write("pkg/access.js", "export {}");
    saveToCache("pkg", "a", at("pkg"));
    expect(restoreFromCache("pkg", "b", at("other"))).toBe(false);
    expect(existsSync(at("other"))).toBe(false);
  });

  it("an entry has accepted files only, and nothing unfinished is left", () => {
    write("pkg/access.js", "export {}");
    write("pkg/README.md", "About");
    saveToCache("pkg", "a", at("pkg"), (file) => file !== "README.md");
    expect(readdirSync(at("cache/pkg"))).toEqual(["a"]);
    expect(readdirSync(at("cache/pkg/a"))).toEqual(["access.js"]);
  });

  it("files that are in the folder already stay", () => {
    write("pkg/access.js", "export {}");
    saveToCache("pkg", "a", at("pkg"));
    write("other/README.md", "About");
    restoreFromCache("pkg", "a", at("other"));
    expect(readdirSync(at("other"))).toEqual(["README.md", "access.js"]);
  });

  it("entries that were not used for 30 days are removed", () => {
    const day = 24 * 60 * 60 * 1000;
    const now = Date.UTC(2026, 0, 31);
    for (const [name, days] of [
      ["old", 31],
      ["young", 29],
    ] as const) {
      write(`cache/pkg/${name}/access.js`, "export {}");
      const used = new Date(now - days * day);
      utimesSync(at("cache/pkg", name), used, used);
    }
    evict(at("cache/pkg"), now);
    expect(readdirSync(at("cache/pkg"))).toEqual(["young"]);
  });

  it("the four entries that were used last are kept", () => {
    const now = Date.UTC(2026, 0, 31);
    for (let index = 0; index < 10; index += 1) {
      write(`cache/pkg/${index}/access.js`, "export {}");
      const used = new Date(now - index * 1000);
      utimesSync(at(`cache/pkg/${index}`), used, used);
    }
    evict(at("cache/pkg"), now);
    expect(readdirSync(at("cache/pkg"))).toEqual([..."0123"]);
  });

  it("a folder that cannot be saved is reported, and nothing is thrown", () => {
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    saveToCache("pkg", "a", at("missing"));
    expect(warn).toHaveBeenCalledOnce();
    expect(warn.mock.calls[0]?.[0]).toContain("pkg could not be saved");
    expect(readdirSync(at("cache/pkg"))).toEqual([]);
    warn.mockRestore();
  });

  it("an entry counts as used when it is restored", () => {
    write("pkg/access.js", "export {}");
    saveToCache("pkg", "a", at("pkg"));
    const longAgo = new Date("2020-01-01T00:00:00Z");
    utimesSync(at("cache/pkg/a"), longAgo, longAgo);
    restoreFromCache("pkg", "a", at("other"));
    expect(statSync(at("cache/pkg/a")).mtimeMs).toBeGreaterThan(
      longAgo.getTime(),
    );
  });
});

describe("the cache of compiled dependencies", () => {
  const profile = "debug";

  it("a new clone gets the dependencies, and not this repository's crate", () => {
    vi.stubEnv("CARGO_TARGET_DIR", at("first"));
    const save = shareDependencies([profile]);
    write("first/debug/deps/libserde-1.rlib", "serde");
    write("first/debug/deps/libgatehouse-2.rlib", "gatehouse");
    write("first/debug/deps/core-3", "a test");
    write("first/debug/.fingerprint/serde-1/lib-serde", "1");
    write("first/debug/.fingerprint/gatehouse-2/lib-gatehouse", "2");
    write("first/debug/incremental/gatehouse-4/x", "x");
    save();

    vi.stubEnv("CARGO_TARGET_DIR", at("second"));
    shareDependencies([profile]);
    expect(readdirSync(at("second/debug/deps"))).toEqual(["libserde-1.rlib"]);
    expect(readdirSync(at("second/debug/.fingerprint"))).toEqual(["serde-1"]);
    expect(existsSync(at("second/debug/incremental"))).toBe(false);
  });

  it("a folder that was there before is not saved", () => {
    vi.stubEnv("CARGO_TARGET_DIR", at("first"));
    write("first/debug/deps/libserde-1.rlib", "of another lock file");
    shareDependencies([profile])();
    expect(existsSync(at("cache"))).toBe(false);
  });

  it("only files of dependencies are saved", () => {
    for (const file of [
      ...["deps", "deps/libserde_json-1.rmeta", "build/serde-1/output"],
      ".fingerprint/proc-macro2-1/dep-lib-proc_macro2",
    ]) {
      expect(isDependency(file), file).toBe(true);
    }
    for (const file of [
      ...[
        "deps/gatehouse-1",
        "deps/gatehouse_access.wasm",
        "libgatehouse.rlib",
      ],
      ...["deps/core-1.d", "incremental", "incremental/x"],
      ...[".fingerprint/gatehouse-1", "deps/core-2", ".cargo-lock"],
    ]) {
      expect(isDependency(file), file).toBe(false);
    }
  });
});
