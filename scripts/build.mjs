/**
 * `npm run build`: makes everything the package publishes: the WebAssembly
 * core in `pkg/` and the compiled rooms in `dist/`, which mirrors the tree.
 *
 * It is quick when little changed, and leaves nothing in `dist/` whose source
 * is gone: Convex takes every module in a component's folder for a part of it.
 */
import { copyFileSync, existsSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import { run, runMain } from "./lib/command.mjs";
import { minifyFolder } from "./lib/minify.mjs";
import { inRoot, wasmModules } from "./lib/paths.mjs";
import { filesBelow, hashOf, isUpToDate, writeStamp } from "./lib/stamp.mjs";
import { beginStep } from "./lib/steps.mjs";

/** The rooms that are published, as in `tsconfig.build.json`. */
const rooms = ["schema", "component", "server", "client", "test.ts"];
const bindings = [
  "core.d.ts",
  ...wasmModules.flatMap((name) => [
    `${name}.js`,
    `${name}.d.ts`,
    `${name}Wasm.js`,
    `${name}Wasm.d.ts`,
  ]),
];
const stampFile = inRoot("dist", ".stamp");

runMain(async () => {
  await run(process.execPath, [inRoot("scripts", "build-wasm.mjs")]);
  beginStep("typescript");
  const sources = rooms.flatMap((room) => filesBelow(inRoot(room), isSource));
  const hash = hashOf([
    ...sources,
    ...bindings.map((name) => `pkg/${name}`),
    ...["tsconfig.json", "tsconfig.build.json", "package-lock.json"],
    ...["scripts/build.mjs", "scripts/lib/minify.mjs"],
  ]);
  if (isUpToDate(stampFile, hash, [])) {
    console.log("dist/ is up to date");
    return;
  }
  rmSync(stampFile, { force: true });
  removeOrphans(sources);
  copyBindings();
  console.log("Compiling TypeScript");
  await run(process.execPath, [
    inRoot("node_modules/typescript/bin/tsc"),
    ...["--project", "tsconfig.build.json"],
  ]);
  // What runs in Convex. Bundlers of front ends shorten the client themselves.
  for (const room of ["schema", "component", "server"]) {
    await minifyFolder(`dist/${room}`);
  }
  writeStamp(stampFile, hash);
});

const isSource = (/** @type {string} */ file) => /\.tsx?$/.test(file);

/**
 * Removes compiled files whose source does not exist any more.
 *
 * @param {readonly string[]} sources Paths of the sources from the root.
 */
function removeOrphans(sources) {
  const stems = new Set(sources.map((file) => file.replace(/\.tsx?$/, "")));
  for (const file of filesBelow(inRoot("dist"))) {
    const inTree = file.slice("dist/".length);
    const stem = inTree.replace(/(\.d\.ts|\.js)(\.map)?$/, "");
    if (!stems.has(stem) && !inTree.startsWith("pkg/")) {
      rmSync(inRoot(file));
    }
  }
  // The compiler believes its notes about what it wrote, so they have to go
  // where a file that they mention is missing.
  const missing = [...stems].some(
    (stem) => !existsSync(inRoot("dist", `${stem}.js`)),
  );
  if (missing) rmSync(inRoot("dist", ".tsbuildinfo"), { force: true });
}

/** Puts the generated package next to the compiled rooms that import it. */
function copyBindings() {
  mkdirSync(inRoot("dist", "pkg"), { recursive: true });
  for (const name of bindings) {
    copyFileSync(inRoot("pkg", name), path.join(inRoot("dist", "pkg"), name));
  }
}
