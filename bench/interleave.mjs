/**
 * Timing on a machine that others use, too: the clock leaves out what others
 * compute, the candidates take turns, one sample each per round, so that a slow
 * moment hits all of them, and what is reported is the median over the rounds.
 */

/**
 * Starts a clock that does not count most of the time that the machine spends
 * on other processes. A thread that computes for some time lets that time pass
 * on the wall's clock, and its process uses up at least as much of processors'
 * time, so the smaller of the two is the closer one: the wall's on a quiet
 * machine, the processors' where others interrupt.
 *
 * @returns {() => number} The milliseconds since then. Time in which nothing is
 *   computed is not counted.
 */
export function startClock() {
  const startUsage = process.cpuUsage();
  const start = performance.now();
  return () => {
    const wall = performance.now() - start;
    const { user, system } = process.cpuUsage(startUsage);
    return Math.min(wall, (user + system) / 1000);
  };
}

/**
 * @param {readonly number[]} values At least one number.
 * @returns {number} The middle one, or the mean of the middle two.
 */
export function median(values) {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? sorted[middle]
    : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * @param {readonly number[]} values At least one number.
 * @param {number} fraction From 0 to 1.
 * @returns {number} The value below which that fraction of them lies.
 */
export function quantile(values, fraction) {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.round((sorted.length - 1) * fraction)];
}

/**
 * A candidate measures itself once and answers the milliseconds it took.
 *
 * @typedef {object} Candidate
 * @property {string} id
 * @property {() => Promise<number> | number} sample
 */

/**
 * Runs `rounds` rounds in which every candidate is sampled once, each round
 * starting with another candidate, after `warmUpRounds` that are not counted.
 *
 * @param {readonly Candidate[]} candidates
 * @param {{ rounds: number, warmUpRounds?: number }} options
 * @returns {Promise<Map<string, number[]>>} By candidate, one sample in
 *   milliseconds per round; the samples of one round have the same position.
 */
export async function interleave(candidates, { rounds, warmUpRounds = 1 }) {
  /** @type {Map<string, number[]>} */
  const samples = new Map(candidates.map(({ id }) => [id, new Array(rounds)]));
  for (let round = -warmUpRounds; round < rounds; round++) {
    for (let turn = 0; turn < candidates.length; turn++) {
      const position = (round + warmUpRounds + turn) % candidates.length;
      const { id, sample } = candidates[position];
      const elapsed = await sample();
      if (round >= 0) samples.get(id)[round] = elapsed;
    }
  }
  return samples;
}

/**
 * Makes a candidate of a function: a sample is the mean over `repetitions`
 * calls one after the other, for work too short for the clock.
 *
 * @param {string} id
 * @param {number} repetitions
 * @param {() => unknown} work May answer a promise, which is awaited.
 * @returns {Candidate}
 */
export function timed(id, repetitions, work) {
  return {
    id,
    async sample() {
      const elapsed = startClock();
      for (let repetition = 0; repetition < repetitions; repetition++) {
        const result = work();
        // Awaiting a plain value would cost a microtask that is not the
        // candidate's.
        if (result instanceof Promise) await result;
      }
      return elapsed() / repetitions;
    },
  };
}
