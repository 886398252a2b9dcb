/**
 * Running other programs: with their output shown, captured, or both.
 *
 * Only Node's built-in modules are imported, because `npm start` and
 * `npm test` run before the packages are installed.
 */
import { spawn, spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import path from "node:path";
import { root } from "./paths.mjs";

/** Thrown by {@link run} when the program fails; its message is for people. */
export class CommandFailed extends Error {
  /**
   * @param {string} commandLine The program and its arguments.
   * @param {string} reason Why it counts as failed.
   */
  constructor(commandLine, reason) {
    super(`\`${commandLine}\` ${reason}`);
    this.name = "CommandFailed";
  }
}

/**
 * @typedef {object} RunOptions
 * @property {string} [cwd] The working folder, in place of the root.
 * @property {NodeJS.ProcessEnv} [env] Variables laid over this process's
 *   environment.
 * @property {(text: string) => void} [write] Receives standard output and
 *   standard error, which are shown as they come without it.
 */

/**
 * Runs a program in the repository's root.
 *
 * @param {string} program Name or path of the program.
 * @param {readonly string[]} args Its arguments.
 * @param {RunOptions} [options]
 * @returns {Promise<string>} What the program printed when `write` is given,
 *   else the empty string.
 * @throws {CommandFailed} When the program cannot be started, ends with
 *   another exit code than 0, or is ended by a signal.
 */
export async function run(program, args, options = {}) {
  const { output, failure } = await attempt(program, args, options);
  if (failure !== null) throw failure;
  return output;
}

/**
 * Does what {@link run} does, but returns a failure instead of throwing it, so
 * that what a failed program printed can still be read.
 *
 * @param {string} program Name or path of the program.
 * @param {readonly string[]} args Its arguments.
 * @param {RunOptions} [options]
 * @returns {Promise<{ output: string, failure: CommandFailed | null }>}
 */
export function attempt(program, args, options = {}) {
  const commandLine = [program, ...args].join(" ");
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: options.cwd ?? root,
      env: { ...process.env, ...options.env },
      stdio: options.write ? ["ignore", "pipe", "pipe"] : "inherit",
    });
    let output = "";
    const read = (/** @type {string} */ text) => {
      output += text;
      options.write?.(text);
    };
    const settle = (/** @type {string | null} */ reason) =>
      resolve({
        output,
        failure:
          reason === null ? null : new CommandFailed(commandLine, reason),
      });
    child.stdout?.setEncoding("utf8").on("data", read);
    child.stderr?.setEncoding("utf8").on("data", read);
    child.on("error", (error) =>
      settle(
        "code" in error && error.code === "ENOENT"
          ? "was not found on this machine"
          : `could not be started: ${error.message}`,
      ),
    );
    child.on("close", (code, signal) =>
      settle(
        code === 0
          ? null
          : signal === null
            ? `ended with exit code ${code}`
            : `was ended by ${signal}`,
      ),
    );
  });
}

/**
 * Runs a program silently and returns what it wrote to standard output.
 *
 * @param {string} program Name or path of the program.
 * @param {readonly string[]} args Its arguments.
 * @returns {string | null} Its output without the final line break, or `null`
 *   when it is missing or failed.
 */
export function outputOf(program, args) {
  const result = spawnSync(program, args, {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
  return result.status === 0 ? result.stdout.trimEnd() : null;
}

/**
 * Finds a program on the PATH.
 *
 * @param {string} name File name of the program.
 * @returns {string | null} Its absolute path, or `null`.
 */
export function findOnPath(name) {
  for (const folder of (process.env.PATH ?? "").split(path.delimiter)) {
    if (folder === "") continue;
    const candidate = path.join(folder, name);
    try {
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {
      // Not in this folder.
    }
  }
  return null;
}

/**
 * Prints an error as one line and ends this process with exit code 1, so that
 * a person sees what went wrong instead of a stack trace.
 *
 * @param {unknown} error What went wrong.
 * @returns {never}
 */
export function fail(error) {
  console.error(
    `error: ${error instanceof Error ? error.message : String(error)}`,
  );
  process.exit(1);
}

/**
 * Calls a script's `main` and turns what it throws into a one-line error.
 *
 * @param {() => Promise<void>} main The script's work.
 */
export function runMain(main) {
  // Not at once: the rest of the script's module has to be evaluated first.
  Promise.resolve().then(main).catch(fail);
}
