/**
 * The Rust toolchain: the pinned compiler, the WebAssembly target, and the
 * command-line tools that come from crates.io.
 *
 * Only Node's built-in modules are imported, because `npm start` and
 * `npm test` run before the packages are installed.
 */
import { existsSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { evict, markUsed } from "./buildCache.mjs";
import { describeProgress, runCargo } from "./cargoProgress.mjs";
import { outputOf, run } from "./command.mjs";
import { cacheFolder, inRoot } from "./paths.mjs";
import { StatusArea } from "./statusArea.mjs";

/** The target that the core is compiled to for JavaScript. */
export const wasmTarget = "wasm32-unknown-unknown";

/**
 * Reads the pinned toolchain.
 *
 * @returns {{ channel: string, components: string[] }} The compiler version of
 *   `rust-toolchain.toml` and the components it asks for.
 */
function pinnedToolchain() {
  const text = readFileSync(inRoot("rust-toolchain.toml"), "utf8");
  const channel = /^channel\s*=\s*"([^"]+)"/m.exec(text)?.[1];
  if (channel === undefined) {
    throw new Error("rust-toolchain.toml names no channel");
  }
  const list = /^components\s*=\s*\[([^\]]*)\]/m.exec(text)?.[1] ?? "";
  const components = [...list.matchAll(/"([^"]+)"/g)].map(
    (match) => match[1] ?? "",
  );
  return { channel, components };
}

/**
 * Installs the pinned toolchain, its components and the WebAssembly target
 * where they are missing. rustup would do the first by itself when a tool is
 * called, but not where `RUSTUP_AUTO_INSTALL=0` is set.
 *
 * @throws {Error} When rustup is not installed.
 */
export async function ensureRustToolchain() {
  if (outputOf("rustup", ["--version"]) === null) {
    throw new Error(
      "rustup was not found. Install it from https://rustup.rs and try again.",
    );
  }
  const { channel, components } = pinnedToolchain();
  const installed = outputOf("rustup", ["toolchain", "list"]) ?? "";
  if (!installed.split("\n").some((line) => line.startsWith(`${channel}-`))) {
    console.log(`Installing Rust ${channel}`);
    await run("rustup", [
      ...["toolchain", "install", channel, "--profile", "minimal"],
      "--no-self-update",
    ]);
  }
  const present = (
    outputOf("rustup", [
      ...["component", "list", "--installed", "--toolchain", channel],
    ]) ?? ""
  ).split("\n");
  const missing = components.filter(
    (name) => !present.some((line) => line.startsWith(name)),
  );
  if (missing.length > 0) {
    console.log(`Adding ${missing.join(", ")} to Rust ${channel}`);
    await run("rustup", [
      ...["component", "add", "--toolchain", channel, ...missing],
    ]);
  }
  if (!present.some((line) => line === `rust-std-${wasmTarget}`)) {
    console.log(`Adding the target ${wasmTarget} to Rust ${channel}`);
    await run("rustup", ["target", "add", "--toolchain", channel, wasmTarget]);
  }
}

/**
 * Reads the version that `Cargo.lock` fixes for a crate.
 *
 * @param {string} crate Name of the crate.
 * @returns {string} Its version.
 */
export function lockedVersion(crate) {
  const lock = readFileSync(inRoot("Cargo.lock"), "utf8");
  const match = new RegExp(`name = "${crate}"\\r?\\nversion = "([^"]+)"`).exec(
    lock,
  );
  if (match?.[1] === undefined) {
    throw new Error(`Cargo.lock does not contain the crate ${crate}`);
  }
  return match[1];
}

/** @typedef {import("./lanes.mjs").Log} Log */

/** @type {Promise<string> | null} */
let wasmBindgen = null;

/**
 * Provides wasm-bindgen's command-line tools. They must have exactly the version
 * of the crate, because the two exchange data in an unstable format. They are
 * compiled into the user's cache, unless that version is there already: prebuilt
 * binaries come from hosts that are not reachable everywhere.
 *
 * @param {Log} [log] Where progress is shown: on standard output, if missing.
 * @returns {Promise<string>} The folder with `wasm-bindgen` and
 *   `wasm-bindgen-test-runner`. Calls in one process share one compilation.
 */
export function ensureWasmBindgen(log) {
  wasmBindgen ??= installWasmBindgen(log);
  return wasmBindgen;
}

/**
 * The tools read modules of some megabytes, which takes less than a second
 * without optimisation. Compiling them with it takes minutes.
 */
const quickToCompile = {
  CARGO_PROFILE_RELEASE_OPT_LEVEL: "0",
  CARGO_PROFILE_RELEASE_DEBUG: "0",
  CARGO_PROFILE_RELEASE_LTO: "off",
  CARGO_PROFILE_RELEASE_CODEGEN_UNITS: "16",
};

/**
 * @param {Log | undefined} log
 * @returns {Promise<string>}
 */
async function installWasmBindgen(log) {
  const crate = "wasm-bindgen-cli";
  const programs = ["wasm-bindgen", "wasm-bindgen-test-runner"];
  const version = lockedVersion("wasm-bindgen");
  const folder = path.join(cacheFolder(), "tools", `${crate}-${version}`);
  const bin = path.join(folder, "bin");
  const suffix = process.platform === "win32" ? ".exe" : "";
  const isThere = programs.every((name) =>
    existsSync(path.join(bin, name + suffix)),
  );
  if (isThere) {
    markUsed(folder);
    return bin;
  }

  const label = `Compiling ${crate} ${version}`;
  const status = log === undefined ? new StatusArea() : null;
  const show = (/** @type {string} */ text) => {
    status?.set(label, text);
    log?.status(`${label}: ${text}`);
  };
  const target = inRoot(".tools", "target");
  show(describeProgress(null));
  // Not `--locked`: the lock file in the crate can name dependency versions that
  // a registry mirror lacks. The features that are left out are for tests in
  // browsers.
  const { failure } = await runCargo({
    args: [
      ...["install", crate, "--version", `=${version}`],
      ...["--root", folder, "--force", "--no-track", "--target-dir", target],
      ...["--no-default-features", ...programs.flatMap((it) => ["--bin", it])],
    ],
    env: quickToCompile,
    write: (text) => (status ?? log)?.write(text),
    onProgress: (progress) => show(describeProgress(progress)),
  });
  status?.remove(label);
  if (failure !== null) throw failure;
  rmSync(target, { recursive: true, force: true });
  evict(path.dirname(folder), Date.now());
  return bin;
}
