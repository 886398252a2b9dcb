import { wasmModules } from "../../scripts/lib/paths.mjs";
import { builtinModules } from "node:module";
import path from "node:path";
import { build, type Metafile } from "esbuild";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import {
  installIntoConsumer,
  listFolder,
  manifest,
  removeFolder,
  temporaryFolder,
} from "./packedPackage.js";

let app: string;
let component: string;

beforeAll(async () => {
  app = temporaryFolder("bundle");
  await installIntoConsumer(inject("packed"), app);
  component = path.join(app, "node_modules", manifest.name, "dist/component");
});
afterAll(() => removeFolder(app));

/** Bundles functions with the settings of the Convex command-line tool. */
async function bundleAsConvexDoes(folder: string, files: readonly string[]) {
  const result = await build({
    absWorkingDir: folder,
    entryPoints: files.map((file) => path.join(folder, file)),
    outdir: "out",
    outbase: folder,
    bundle: true,
    platform: "browser",
    format: "esm",
    target: "esnext",
    jsx: "automatic",
    conditions: ["convex", "module"],
    splitting: true,
    chunkNames: "_deps/[hash]",
    treeShaking: true,
    minifySyntax: true,
    minifyIdentifiers: true,
    keepNames: true,
    define: { "process.env.NODE_ENV": '"production"' },
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  return { warnings: result.warnings, metafile: result.metafile };
}

/** The modules of a functions folder, as the command-line tool finds them. */
const modulesOf = (folder: string) =>
  listFolder(folder).filter(
    (name) => /^[^.]+\.(js|ts)$/.test(name) && !/^schema\.(js|ts)$/.test(name),
  );

/** The inputs whose code an entry point's static imports reach. */
function inputsReachedBy(entry: string, metafile: Metafile): string[] {
  const outputs = Object.entries(metafile.outputs);
  const start = outputs.find(([, output]) => output.entryPoint === entry)?.[0];
  if (start === undefined) throw new Error(`${entry} is no entry point`);
  const reached = new Set<string>();
  const queue = [start];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    for (const { path: target } of metafile.outputs[name]?.imports ?? []) {
      queue.push(target);
    }
  }
  return [...reached].flatMap((name) =>
    Object.keys(metafile.outputs[name]?.inputs ?? {}),
  );
}

const nodeModules = (metafile: Metafile) =>
  Object.values(metafile.outputs)
    .flatMap((output) => output.imports)
    .filter((edge) => edge.external)
    .map((edge) => edge.path)
    .filter(
      (name) => name.startsWith("node:") || builtinModules.includes(name),
    );

describe("bundled with the settings of the Convex command-line tool", () => {
  test("the app's functions bundle, without modules of Node", async () => {
    const folder = path.join(app, "convex");
    const files = modulesOf(folder);
    expect(files).toContain("auth.ts");
    const { warnings, metafile } = await bundleAsConvexDoes(folder, files);
    expect(warnings).toEqual([]);
    expect(nodeModules(metafile)).toEqual([]);
  });

  test("the app's functions load no WebAssembly", async () => {
    const folder = path.join(app, "convex");
    const files = modulesOf(folder);
    const { metafile } = await bundleAsConvexDoes(folder, files);
    for (const file of files) {
      const inputs = inputsReachedBy(file, metafile);
      expect(inputs.length, file).toBeGreaterThan(0);
      expect(
        inputs.filter((input) => /dist\/(pkg|component)\//.test(input)),
        file,
      ).toEqual([]);
    }
  });

  test("each of the component's functions bundles, without modules of Node", async () => {
    const files = modulesOf(component);
    expect(files.length).toBeGreaterThan(0);
    const { warnings, metafile } = await bundleAsConvexDoes(component, files);
    expect(warnings).toEqual([]);
    expect(nodeModules(metafile)).toEqual([]);
  });

  test("a function of the component brings at most one of the WebAssembly modules along", async () => {
    const files = modulesOf(component);
    const { metafile } = await bundleAsConvexDoes(component, files);
    const found = new Set<string>();
    for (const file of files) {
      const modules = inputsReachedBy(file, metafile).flatMap(
        (input) => /pkg\/(\w+)Wasm\.js$/.exec(input)?.[1] ?? [],
      );
      expect(modules.length, file).toBeLessThanOrEqual(1);
      for (const module of modules) {
        found.add(module);
      }
    }
    expect([...found].sort()).toEqual([...wasmModules].sort());
  });
});
