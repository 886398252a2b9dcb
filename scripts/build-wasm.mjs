/**
 * `npm run build:wasm`: compiles the Rust core to WebAssembly and writes
 * `pkg/`. See `pkg/README.md` for what each file there is.
 *
 * It needs Node and rustup; the rest it gets through cargo and npm.
 * `--force` builds although nothing changed. Names of modules build those alone,
 * for a quick look while the core is being changed: the next build without names
 * builds all of them.
 */
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { restoreFromCache, saveToCache } from "./lib/buildCache.mjs";
import { compile as compileCrates } from "./lib/cargoProgress.mjs";
import { run, runMain } from "./lib/command.mjs";
import { inRoot, wasmModules } from "./lib/paths.mjs";
import {
  ensureRustToolchain,
  ensureWasmBindgen,
  wasmTarget,
} from "./lib/rust.mjs";
import { outputText } from "./lib/importSource.mjs";
import { filesBelow, hashOf, isUpToDate, writeStamp } from "./lib/stamp.mjs";
import { StatusArea } from "./lib/statusArea.mjs";
import { beginStep } from "./lib/steps.mjs";
import { shareDependencies, targetFolder } from "./lib/targetCache.mjs";

/** The crate's library, from which every module is made. */
const library = "gatehouse";

/**
 * The WebAssembly modules, each named like the crate's feature that says what
 * it exports.
 */
const modules = wasmModules.map((name) => ({
  name,
  wasm: inRoot("pkg", `${name}_bg.wasm`),
  bindings: inRoot("pkg", `${name}.js`),
  types: inRoot("pkg", `${name}.d.ts`),
  bytes: inRoot("pkg", `${name}Wasm.js`),
  bytesTypes: inRoot("pkg", `${name}Wasm.d.ts`),
}));

/** @typedef {(typeof modules)[number]} WasmModule */

const stampFile = inRoot("pkg", ".stamp");

/**
 * What the WebAssembly module may use. Every engine the package runs in has
 * these; wasm-opt must be told, or it refuses modules that use them.
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
  const outputs = modules.flatMap(({ name: _name, ...files }) =>
    Object.values(files),
  );
  const isForced = process.argv.includes("--force");
  if (!isForced && isUpToDate(stampFile, hash, outputs)) {
    console.log("pkg/ is up to date");
    modules.forEach(printSize);
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
    modules.forEach(printSize);
    return;
  }
  beginStep("tools");
  await ensureRustToolchain();
  const tools = await ensureWasmBindgen();
  beginStep("core");
  const saveDependencies = shareDependencies([
    "release",
    `${wasmTarget}/release`,
  ]);
  const named = process.argv.slice(2).filter((word) => !word.startsWith("--"));
  const chosen = modules.filter(
    ({ name }) => named.length === 0 || named.includes(name),
  );
  for (const module of chosen) {
    await compile(module, tools);
    await optimise(module);
    await dropAsynchronousStart(module);
    embed(module);
    printSize(module);
  }
  if (chosen.length === modules.length) {
    saveDependencies();
    writeStamp(stampFile, hash);
    saveToCache("pkg", hash, inRoot("pkg"), (file) => file !== "README.md");
  }
});

/** Tests are not part of the module. */
const isCompiled = (/** @type {string} */ file) =>
  !/tests?(\.rs|\/)/.test(file);

/**
 * Compiles the crate and generates the bindings.
 *
 * @param {WasmModule} module
 * @param {string} tools The folder of wasm-bindgen.
 */
async function compile({ name }, tools) {
  await compileCrates(new StatusArea(), `Compiling the core (${name})`, {
    args: [
      ...["build", "--release", "--lib", "--target", wasmTarget],
      ...["--no-default-features", "--features", name],
    ],
    // Stripping symbols would also remove the section that tells wasm-bindgen
    // which WebAssembly features the module uses. wasm-opt strips them later.
    env: { CARGO_PROFILE_RELEASE_STRIP: "debuginfo" },
  });
  await run(path.join(tools, "wasm-bindgen"), [
    path.join(targetFolder(), wasmTarget, "release", `${library}.wasm`),
    ...["--target", "web", "--out-name", name, "--out-dir", inRoot("pkg")],
    ...["--omit-default-module-path", "--remove-name-section"],
    ...["--remove-producers-section", "--ts-typed-array-buffers"],
  ]);
  // This describes the raw exports, which no TypeScript code imports.
  rmSync(inRoot("pkg", `${name}_bg.wasm.d.ts`), { force: true });
}

/**
 * Optimises the module for speed: hashing is what a sign-in waits for.
 *
 * @param {WasmModule} module
 */
async function optimise({ wasm }) {
  await run(process.execPath, [
    inRoot("node_modules/binaryen/bin/wasm-opt"),
    ...[wasm, "-o", wasm, "-O3"],
    ...wasmFeatures.map((feature) => `--enable-${feature}`),
    ...["--strip-debug", "--strip-producers", "--strip-target-features"],
  ]);
}

/**
 * Makes `initSync` the only way to start the core, and lets it be called
 * again.
 *
 * wasm-bindgen's default export fetches the module over the network, which
 * means nothing inside a Convex function, and bundlers stumble over it. It is
 * dropped by bundling the bindings without it, which removes what only it
 * used. `initSync` returns at once when the core is running; without that
 * early return, calling it again replaces an instance that trapped by a fresh
 * one.
 *
 * @param {WasmModule} module
 */
async function dropAsynchronousStart({ name, bindings, types: typesFile }) {
  const { build } = await import("esbuild");
  const result = await build({
    stdin: {
      contents: `export * from "./${name}.js";`,
      resolveDir: inRoot("pkg"),
    },
    ...{ bundle: true, format: "esm", target: "es2022", write: false },
    ...{ legalComments: "none", charset: "utf8" },
  });
  const bundled = outputText(result);
  const once =
    /(function initSync\(module\) \{\s*)if \(wasm !== void 0\) return wasm;/;
  if (!once.test(bundled) || /__wbg_init\b|import\.meta/.test(bundled)) {
    throw new Error(
      "wasm-bindgen's output has another form than this script expects: " +
        "adapt `dropAsynchronousStart` in scripts/build-wasm.mjs",
    );
  }
  const types = readFileSync(typesFile, "utf8");
  const exported = [...types.matchAll(/^export function (\w+)/gm)].map(
    ([, name]) => name,
  );
  writeFileSync(
    bindings,
    "// Generated by `npm run build:wasm`. Do not edit.\n" +
      compiledAtOnce(withNativeEncoding(bundled.replace(once, "$1"))) +
      `export const bindings = {\n  ${exported.join(",\n  ")},\n};\n`,
  );

  const defaultExport =
    /\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*export default function __wbg_init[\s\S]*?;\s*$/;
  const initInput = /export type InitInput = [^;]*;\s*/;
  if (!defaultExport.test(types) || !initInput.test(types)) {
    throw new Error(
      "wasm-bindgen's type declarations have another form than this script " +
        "expects: adapt `dropAsynchronousStart` in scripts/build-wasm.mjs",
    );
  }
  writeFileSync(
    typesFile,
    types.replace(defaultExport, "").replace(initInput, "") +
      "\n/** All functions: an object that a bundler does not have to make. */\n" +
      "export declare const bindings: {\n" +
      exported.map((name) => `  ${name}: typeof ${name};\n`).join("") +
      "};\n",
  );
}

/**
 * Has texts encoded by the engine. wasm-bindgen copies them letter by letter
 * until the first one beyond ASCII, which is faster for short ones once V8 has
 * optimised it, and much slower in a context that is new.
 *
 * @param {string} source
 * @returns {string}
 */
function withNativeEncoding(source) {
  const loop =
    /let offset = 0;\s*for \(; offset < len; offset\+\+\) \{[^{}]*\}(?=\s*if \(offset !== len\))/;
  const usesText = source.includes("function passStringToWasm0(");
  if (usesText && !loop.test(source)) {
    throw new Error(
      "wasm-bindgen's output has another form than this script expects: " +
        "adapt `withNativeEncoding` in scripts/build-wasm.mjs",
    );
  }
  return source.replace(
    loop,
    `const { read, written } = cachedTextEncoder.encodeInto(arg, mem.subarray(ptr, ptr + len));
  if (read === len) {
    WASM_VECTOR_LEN = written;
    return ptr;
  }
  let offset = 0;`,
  );
}

/**
 * Has V8 compile the functions of the bindings with the code around them, and so
 * keep them in its code cache. It has none of a function that it compiles when
 * that is first called: in a fresh context, at every call.
 *
 * V8 does so for functions in parentheses, which esbuild keeps for this reason.
 * They are the elements of a list, because Convex has esbuild keep the names of
 * functions: each that gets one from what it is assigned to is given it by a
 * call, which takes longer than what most of these functions do.
 *
 * @param {string} source
 * @returns {string}
 */
function compiledAtOnce(source) {
  const imports = /^( {2}const import0 = \{\n)([^]*?)(^ {2}\};)$/m;
  const importsInList = source.replace(imports, (_, start, entries, end) => {
    const [list, rest] = listed(
      entries,
      /^( {4}\w+: )(function\([^]*?^ {4}\})(?=,?$)/gm,
      (start, index) => `${start}imported[${index}]`,
    );
    return `  const imported = [${list}];\n${start}${rest}${end}`;
  });
  const [list, rest] = listed(
    importsInList,
    /^function (\w+)(\([^]*?^\})$/gm,
    (name, index) => `var ${name} = functions[${index}];`,
  );
  if (!imports.test(source) || /^function /m.test(rest)) {
    throw new Error(
      "wasm-bindgen's output has another form than this script expects: " +
        "adapt `compiledAtOnce` in scripts/build-wasm.mjs",
    );
  }
  return `var functions = [${list}];\n${rest}`;
}

/**
 * Moves functions out of a text.
 *
 * @param {string} source
 * @param {RegExp} pattern What matches a function: what is before it, and all
 *   from the word `function` or from its parameters on.
 * @param {(before: string, index: number) => string} replaced What is left in the
 *   function's place.
 * @returns {[string, string]} The functions, and the rest.
 */
function listed(source, pattern, replaced) {
  /** @type {string[]} */
  const functions = [];
  const rest = source.replace(pattern, (_, before, text) => {
    const expression = text.startsWith("(") ? `function${text}` : text;
    return replaced(before, functions.push(`(${expression})`) - 1);
  });
  return [functions.join(",\n"), rest];
}

/**
 * Writes the module's bytes as one base64 string, which a function answers: an
 * engine makes a string of a literal when it loads the code around it, and looks
 * into a function only when that is called. Of a module that a call imports and
 * does not ask, nothing is loaded but the text.
 *
 * @param {WasmModule} module
 */
function embed({ wasm, bytes, bytesTypes }) {
  const base64 = readFileSync(wasm).toString("base64");
  writeFileSync(
    bytes,
    "// Generated by `npm run build:wasm`. Do not edit.\n" +
      `export const wasmBytes = {\n  base64() {\n    return "${base64}";\n  },\n` +
      `  length: ${base64.length},\n};\n`,
  );
  writeFileSync(
    bytesTypes,
    "/** The bytes of the WebAssembly module as base64 (RFC 4648, section 4). */\n" +
      "export declare const wasmBytes: {\n  base64(): string;\n" +
      "  /** How many characters the text has. */\n  length: number;\n};\n",
  );
}

/**
 * Prints how large the module is.
 *
 * @param {WasmModule} module
 */
function printSize({ wasm }) {
  const bytes = readFileSync(wasm);
  console.log(
    `${path.basename(wasm)}: ${kilobytes(bytes.length)} raw, ` +
      `${kilobytes(gzipSync(bytes, { level: 9 }).length)} gzipped`,
  );
}

const kilobytes = (/** @type {number} */ bytes) =>
  `${(bytes / 1000).toFixed(1)} KB`;
