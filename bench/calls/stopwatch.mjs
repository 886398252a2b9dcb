/**
 * A clock that can be stopped. As `startClock` does, it takes the wall's time
 * or the processors', whichever is shorter, so that what other processes of the
 * machine do is left out.
 */
export class Stopwatch {
  #wall = 0;
  #processors = 0;
  #startWall = 0;
  /** @type {NodeJS.CpuUsage} */
  #startUsage = { user: 0, system: 0 };

  start() {
    this.#startUsage = process.cpuUsage();
    this.#startWall = performance.now();
  }

  stop() {
    this.#wall += performance.now() - this.#startWall;
    const { user, system } = process.cpuUsage(this.#startUsage);
    this.#processors += (user + system) / 1000;
  }

  /** @returns {number} The milliseconds between all starts and stops. */
  elapsed() {
    return Math.min(this.#wall, this.#processors);
  }
}
