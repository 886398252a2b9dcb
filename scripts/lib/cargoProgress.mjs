/**
 * Running cargo with a line of status instead of a list of crates.
 *
 * Only Node's built-in modules are imported, because `npm start` and
 * `npm test` run before the packages are installed.
 */
import { attempt } from "./command.mjs";

/**
 * @typedef {object} Progress
 * @property {number} done How many units of work are finished.
 * @property {number} total How many there are.
 */

/** What cargo needs to draw its progress bar into a pipe. */
const progressBar = {
  CARGO_TERM_PROGRESS_WHEN: "always",
  CARGO_TERM_PROGRESS_WIDTH: "100",
};

const bar = /^\s*Building \[[^\]]*\]\s+(\d+)\/(\d+)/;
/** Lines of a build that goes well; the status says the same. */
const routine =
  /^\s+(?:Compiling|Checking|Building|Downloading|Downloaded|Updating|Locking|Adding) /;

/** Separates cargo's progress from what it and its tests print. */
export class CargoOutput {
  #rest = "";

  /**
   * Reads the next part of the output. A line is held back until it is
   * complete.
   *
   * @param {string} chunk
   * @returns {{ text: string, progress: Progress | null }} What is to be shown,
   *   and the last progress that the part reported.
   */
  read(chunk) {
    const pieces = (this.#rest + chunk).split(/\r\n|[\r\n]/);
    this.#rest = pieces.pop() ?? "";
    let text = "";
    /** @type {Progress | null} */
    let progress = null;
    for (const piece of pieces) {
      const found = bar.exec(piece);
      if (found !== null) {
        progress = { done: Number(found[1]), total: Number(found[2]) };
      } else if (!routine.test(piece)) {
        text += `${piece}\n`;
      }
    }
    return { text, progress };
  }

  /**
   * @returns {string} The last line, where it had no line break.
   */
  end() {
    const rest = this.#rest;
    this.#rest = "";
    return rest;
  }
}

/**
 * Says how far a build is.
 *
 * @param {Progress | null} progress
 * @returns {string} For example `37 of 112 crates`.
 */
export function describeProgress(progress) {
  return progress === null
    ? "preparing"
    : `${progress.done} of ${progress.total} crates`;
}

/**
 * @typedef {object} CargoJob
 * @property {readonly string[]} args The arguments of cargo.
 * @property {NodeJS.ProcessEnv} [env] Variables laid over this process's
 *   environment.
 * @property {(text: string) => void} write Receives warnings, errors and the
 *   output of tests.
 * @property {(progress: Progress) => void} [onProgress] Is told how far the
 *   build is. cargo counts a build script and a library as one each.
 */

/**
 * Runs cargo in the repository's root.
 *
 * @param {CargoJob} job
 * @returns {Promise<{ output: string, failure: Error | null }>} What `write`
 *   received, and why cargo failed.
 */
export async function runCargo({ args, env, write, onProgress }) {
  const separate = new CargoOutput();
  let output = "";
  const show = (/** @type {string} */ text) => {
    if (text === "") return;
    output += text;
    write(text);
  };
  const { failure } = await attempt("cargo", args, {
    env: { ...progressBar, ...env },
    write: (chunk) => {
      const { text, progress } = separate.read(chunk);
      show(text);
      if (progress !== null) onProgress?.(progress);
    },
  });
  show(separate.end());
  return { output, failure };
}

/**
 * Runs cargo with a line in a status area that says how far it is.
 *
 * @param {import("./statusArea.mjs").StatusArea} status Several builds can share
 *   one.
 * @param {string} label What is compiled, such as `Compiling the core (access)`.
 * @param {{ args: readonly string[], env?: NodeJS.ProcessEnv }} job
 * @throws {Error} When cargo fails. What it printed has been shown.
 */
export async function compile(status, label, { args, env }) {
  status.set(label, describeProgress(null));
  try {
    const { failure } = await runCargo({
      args,
      env,
      write: (text) => status.write(text),
      onProgress: (progress) => status.set(label, describeProgress(progress)),
    });
    if (failure !== null) throw failure;
  } finally {
    status.remove(label);
  }
}
