/**
 * Lines that say what is being done and how far it is: at the bottom of a
 * terminal they are rewritten in place; elsewhere, as in the log of continuous
 * integration, they are printed now and then.
 *
 * Only Node's built-in modules are imported, because `npm start` and
 * `npm test` run before the packages are installed.
 */

/** How often the lines are shown anew, in milliseconds. */
const onTerminal = 1_000;
const inLog = 10_000;

/** How long a line may be where the width is not known. */
const assumedWidth = 100;

/**
 * @typedef {object} Output
 * @property {(text: string) => unknown} write
 * @property {boolean} [isTTY] Whether it is a terminal.
 * @property {number} [columns] The terminal's width.
 */

/** The status of several jobs that run at the same time. */
export class StatusArea {
  /** @type {Map<string, { text: string, since: number }>} */
  #jobs = new Map();
  #drawn = 0;
  /** @type {NodeJS.Timeout | null} */
  #timer = null;
  #output;
  #now;
  #interval;

  /**
   * @param {object} [options]
   * @param {Output} [options.output] Standard output, if missing.
   * @param {() => number} [options.now] A clock, in milliseconds.
   * @param {number} [options.interval] The time between two lines in a log, in
   *   milliseconds.
   */
  constructor({
    output = process.stdout,
    now = () => performance.now(),
    interval = inLog,
  } = {}) {
    this.#output = output;
    this.#now = now;
    this.#interval = output.isTTY === true ? onTerminal : interval;
  }

  /**
   * Says how far a job is; the first call for a label begins it.
   *
   * @param {string} label The job's name.
   * @param {string} text How far it is.
   */
  set(label, text) {
    const since = this.#jobs.get(label)?.since ?? this.#now();
    this.#jobs.set(label, { text, since });
    this.#timer ??= setInterval(() => this.show(), this.#interval).unref();
  }

  /**
   * Ends a job.
   *
   * @param {string} label
   */
  remove(label) {
    if (!this.#jobs.delete(label)) return;
    this.#erase();
    if (this.#jobs.size === 0 && this.#timer !== null) {
      clearInterval(this.#timer);
      this.#timer = null;
    }
  }

  /**
   * Prints text above the lines.
   *
   * @param {string} text It ends with a line break.
   */
  write(text) {
    this.#erase();
    this.#output.write(text);
  }

  /** Shows the lines now. */
  show() {
    this.#erase();
    const width = (this.#output.columns ?? assumedWidth) - 1;
    for (const [label, { text, since }] of this.#jobs) {
      const seconds = Math.round((this.#now() - since) / 1000);
      const line = `${label}: ${text}, ${seconds} s`;
      this.#output.write(`${line.slice(0, width)}\n`);
    }
    if (this.#output.isTTY === true) this.#drawn = this.#jobs.size;
  }

  #erase() {
    if (this.#drawn === 0) return;
    // Up by that many lines, then delete all below.
    this.#output.write(`\u001b[${this.#drawn}A\u001b[J`);
    this.#drawn = 0;
  }
}
