/**
 * `npm run build:wasm`: compiles the Rust core to WebAssembly and writes
 * `pkg/`. See `pkg/README.md` for what each file there is.
 *
 * It needs Node and rustup; the rest it gets through cargo and npm.
 * `--force` builds although nothing changed.
 */
import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { restoreFromCache, saveToCache } from "./lib/buildCache.mjs";
import { compile } from "./lib/cargoProgress.mjs";
import { run, runMain } from "./lib/command.mjs";
import { inRoot, wasmModules } from "./lib/paths.mjs";
import {
  ensureRustToolchain,
  ensureWasmBindgen,
  wasmTarget,
} from "./lib/rust.mjs";
import { filesBelow, hashOf, isUpToDate, writeStamp } from "./lib/stamp.mjs";
import { StatusArea } from "./lib/statusArea.mjs";
import { beginStep } from "./lib/steps.mjs";
import {
  moduleFolder,
  moduleProfiles,
  shareDependencies,
} from "./lib/targetCache.mjs";

/** The types of all calls and answers, which both modules share. */
const types = inRoot("pkg", "core.d.ts");

const stampFile = inRoot("pkg", ".stamp");

/**
 * The features of WebAssembly that the modules may use. Every engine that the
 * package runs in has these; wasm-opt must be told, or it refuses modules that use
 * them.
 */
const wasmFeatures = [
  "simd",
  "bulk-memory",
  "bulk-memory-opt",
  "nontrapping-float-to-int",
  "sign-ext",
  "mutable-globals",
  "reference-types",
  "multivalue",
];

/** @typedef {(typeof wasmModules)[number]} ModuleName */

runMain(async () => {
  const inputs = [
    ...filesBelow(inRoot("src"), isCompiled),
    "Cargo.toml",
    "Cargo.lock",
    "rust-toolchain.toml",
    ".cargo/config.toml",
    "scripts/build-wasm.mjs",
    "scripts/lib/rust.mjs",
    "package-lock.json",
  ];
  const hash = hashOf(inputs);
  const outputs = [types, ...wasmModules.flatMap(filesOf)];
  const isForced = process.argv.includes("--force");
  if (!isForced && isUpToDate(stampFile, hash, outputs)) {
    console.log("pkg/ is up to date");
    wasmModules.forEach(printSize);
    return;
  }
  // A build that fails half-way must not leave the stamp of the one before.
  rmSync(stampFile, { force: true });
  if (
    !isForced &&
    restoreFromCache("pkg", hash, inRoot("pkg")) &&
    isUpToDate(stampFile, hash, outputs)
  ) {
    console.log("pkg/ is taken from the cache");
    wasmModules.forEach(printSize);
    return;
  }
  beginStep("tools");
  await ensureRustToolchain();
  const tools = await ensureWasmBindgen();
  beginStep("core");
  const saveDependencies = shareDependencies([
    `${moduleProfiles}/release`,
    `${moduleProfiles}/${wasmTarget}/release`,
  ]);
  const status = new StatusArea();
  await compileModules(status);
  await Promise.all(wasmModules.map((name) => finish(name, tools, status)));
  writeTypes();
  wasmModules.forEach(printSize);
  saveDependencies();
  writeStamp(stampFile, hash);
  saveToCache("pkg", hash, inRoot("pkg"), (file) => file !== "README.md");
});

/** Tests are not part of the module. */
const isCompiled = (/** @type {string} */ file) =>
  !/(^|[/_])tests?(\.rs|\/)/.test(file);

/**
 * The files that stand in `pkg/` for a module.
 *
 * @param {ModuleName} name
 * @returns {string[]} Absolute paths.
 */
function filesOf(name) {
  return [
    inRoot("pkg", `${name}_bg.wasm`),
    inRoot("pkg", `${name}.js`),
    inRoot("pkg", `${name}.d.ts`),
    inRoot("pkg", `${name}Wasm.js`),
    inRoot("pkg", `${name}Wasm.d.ts`),
  ];
}

/**
 * Where wasm-bindgen puts its output.
 *
 * @param {ModuleName} name
 * @returns {string} Absolute path.
 */
function bindingsFolder(name) {
  return path.join(moduleFolder(), "bindings", name);
}

/**
 * Compiles the modules. The core and its dependencies are compiled once for both.
 *
 * @param {StatusArea} status Where the build shows how far it is.
 */
async function compileModules(status) {
  await compile(status, "Compiling the core", {
    args: [
      ...["build", "--release", "--target", wasmTarget],
      ...["--target-dir", moduleFolder()],
      ...wasmModules.flatMap((name) => ["--package", `gatehouse-${name}`]),
    ],
  });
}

/**
 * Finishes a module: generates the bindings, makes the module smaller, and embeds
 * its bytes in JavaScript.
 *
 * @param {ModuleName} name
 * @param {string} tools The folder of wasm-bindgen.
 * @param {StatusArea} status Where the build shows how far it is.
 */
async function finish(name, tools, status) {
  status.set(`Optimising the core (${name})`, "");
  await run(path.join(tools, "wasm-bindgen"), [
    path.join(moduleFolder(), wasmTarget, "release", `gatehouse_${name}.wasm`),
    "--target",
    "web",
    "--out-name",
    name,
    "--out-dir",
    bindingsFolder(name),
    "--omit-default-module-path",
    "--encode-into",
    "always",
    "--experimental-reset-state-function",
    "--remove-name-section",
    "--remove-producers-section",
    "--ts-typed-array-buffers",
  ]);
  mkdirSync(inRoot("pkg"), { recursive: true });
  const wasm = inRoot("pkg", `${name}_bg.wasm`);
  await run(process.execPath, [
    inRoot("node_modules/binaryen/bin/wasm-opt"),
    path.join(bindingsFolder(name), `${name}_bg.wasm`),
    "-o",
    wasm,
    // LLVM has optimised the module. What is left to do at higher levels makes it
    // one hundredth smaller, and takes twice as long.
    "-O1",
    ...wasmFeatures.map((feature) => `--enable-${feature}`),
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
  ]);
  status.remove(`Optimising the core (${name})`);
  copyFileSync(
    path.join(bindingsFolder(name), `${name}.js`),
    inRoot("pkg", `${name}.js`),
  );
  embed(name);
}

/**
 * Writes the module's bytes as one base64 text, which a function returns: an engine
 * makes a string of a literal when it compiles the code around it, and compiles a
 * function only when that is called. A call that imports a module and does not ask
 * it loads nothing but the text.
 *
 * @param {ModuleName} name
 */
function embed(name) {
  const base64 = readFileSync(inRoot("pkg", `${name}_bg.wasm`)).toString(
    "base64",
  );
  writeFileSync(
    inRoot("pkg", `${name}Wasm.js`),
    `${generated}export function wasmBytes() {\n  return "${base64}";\n}\n`,
  );
  writeFileSync(
    inRoot("pkg", `${name}Wasm.d.ts`),
    `${generated}/** The bytes of the WebAssembly module as base64 (RFC 4648, section 4). */
export declare function wasmBytes(): string;
`,
  );
}

/** The first line of each file that is written. */
const generated = "// Generated by `npm run build:wasm`. Do not edit.\n";

/**
 * Writes the types: all calls and answers once, and for each module what it
 * exports.
 *
 * @throws {Error} When the modules describe different types.
 */
function writeTypes() {
  const [first, ...others] = wasmModules.map((name) =>
    readFileSync(path.join(bindingsFolder(name), `${name}.d.ts`), "utf8"),
  );
  // The raw exports of a module are the last part of its description.
  const shared = (/** @type {string} */ text) =>
    text.slice(0, text.indexOf("export type InitInput"));
  if (first === undefined || shared(first) === "") {
    throw new Error("wasm-bindgen has written no types");
  }
  if (others.some((other) => shared(other) !== shared(first))) {
    throw new Error("the modules of the core describe different types");
  }
  writeFileSync(types, generated + first);
  for (const name of wasmModules) {
    writeFileSync(
      inRoot("pkg", `${name}.d.ts`),
      `${generated}export { __wbg_reset_state, decide, initSync } from "./core.js";\n`,
    );
  }
}

/**
 * Prints how large the module is.
 *
 * @param {ModuleName} name
 */
function printSize(name) {
  const bytes = readFileSync(inRoot("pkg", `${name}_bg.wasm`));
  console.log(
    `${name}_bg.wasm: ${kilobytes(bytes.length)} raw, ` +
      `${kilobytes(gzipSync(bytes, { level: 9 }).length)} gzipped`,
  );
}

const kilobytes = (/** @type {number} */ bytes) =>
  `${(bytes / 1000).toFixed(1)} KB`;
