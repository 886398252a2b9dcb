/**
 * The Rust toolchain: the pinned compiler, the WebAssembly target, and the
 * command-line tools that come from crates.io.
 *
 * Only Node's built-in modules are imported, because `npm start` and
 * `npm test` run before the packages are installed.
 */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { outputOf, run } from "./command.mjs";
import { cacheFolder, inRoot } from "./paths.mjs";

/** The target that the core is compiled to for JavaScript. */
export const wasmTarget = "wasm32-unknown-unknown";

/** The version of wasm-pack that runs the core's tests in WebAssembly. */
const wasmPackVersion = "0.15.1";

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

/**
 * Compiles a command-line tool from crates.io into the shared cache, unless
 * that version is there already. Prebuilt binaries are not used, because they
 * come from hosts that are not reachable everywhere.
 *
 * @param {string} crate Name of the crate.
 * @param {string} version Its exact version.
 * @param {string} program A program that the crate installs, to look for.
 * @returns {Promise<string>} The folder that holds the tool's programs.
 */
async function ensureCargoTool(crate, version, program) {
  const installRoot = path.join(cacheFolder(), "tools", `${crate}-${version}`);
  const bin = path.join(installRoot, "bin");
  const suffix = process.platform === "win32" ? ".exe" : "";
  if (!existsSync(path.join(bin, program + suffix))) {
    console.log(`Compiling ${crate} ${version} (once; some minutes)`);
    // Not `--locked`: the lock file in the crate can name dependency versions
    // that a registry mirror lacks. Both tools share one target folder, since
    // they have most dependencies in common.
    await run("cargo", [
      ...["install", crate, "--version", `=${version}`],
      ...["--root", installRoot, "--force", "--no-track"],
      ...["--target-dir", inRoot(".tools", "target")],
    ]);
  }
  return bin;
}

/**
 * Provides wasm-bindgen's command-line tool. It must have exactly the version
 * of the crate, because the two exchange data in an unstable format.
 *
 * @returns {Promise<string>} The folder with `wasm-bindgen` and
 *   `wasm-bindgen-test-runner`.
 */
export function ensureWasmBindgen() {
  return ensureCargoTool(
    "wasm-bindgen-cli",
    lockedVersion("wasm-bindgen"),
    "wasm-bindgen",
  );
}

/**
 * Provides wasm-pack, which runs the core's tests inside WebAssembly.
 *
 * @returns {Promise<string>} The folder with `wasm-pack`.
 */
export function ensureWasmPack() {
  return ensureCargoTool("wasm-pack", wasmPackVersion, "wasm-pack");
}
