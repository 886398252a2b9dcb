/**
 * Measures calls in a process that has run them before, and counts what they
 * do.
 */
import { setTimeout as rest } from "node:timers/promises";
import { interleave, median } from "../interleave.mjs";
import { calls } from "./callList.mjs";
import { callEmpty, empty, emptyIsolate } from "./empty.mjs";

/**
 * @typedef {import("./build.mjs").Build} Build
 * @typedef {import("./isolate.mjs").Times} Times
 * @typedef {"native" | "convex"} Text
 *
 * @typedef {object} ContextFigure
 * @property {"app" | "component"} where
 * @property {string} name Of the function that runs in it.
 * @property {Times} times
 * @property {import("./counters.mjs").Counts} counts
 *
 * @typedef {object} CallFigure
 * @property {Times} times Of all contexts.
 * @property {number} sum The same in empty functions.
 * @property {number} evaluations The evaluations alone, in empty modules.
 * @property {Times} convexTimes With `TextEncoder` and `TextDecoder` as slow as
 *   Convex's.
 * @property {number} convexSum
 * @property {number} componentAdded What the component's contexts add to the
 *   empty function.
 * @property {number} componentEvaluationAdded What their evaluation adds to the
 *   empty module.
 * @property {number} rowsRead
 * @property {number} rowsWritten
 * @property {ContextFigure[]} contexts
 *
 * @typedef {object} WarmFigures
 * @property {Times} empty
 * @property {Record<string, Record<string, CallFigure>>} builds By build, then
 *   by call.
 */

/**
 * How often a call is made for one sample; the shortest time counts, because
 * what makes a time longer by chance is never the call.
 */
const ATTEMPTS = 3;

/** @type {Text[]} */
const texts = ["native", "convex"];

/**
 * @param {readonly Build[]} builds
 * @param {number} rounds
 * @returns {Promise<WarmFigures>}
 */
export async function measureWarm(builds, rounds) {
  const isolate = await emptyIsolate();
  isolate.fillCodeCache();
  const candidates = new Candidates();
  candidates.add(empty, async () => {
    const total = await callEmpty(isolate);
    return { runs: [], total };
  });
  for (const call of calls) {
    for (const text of texts) {
      // What is compared has its turns one after the other.
      for (const build of builds) {
        for (const world of build.worldsOf(call)) {
          const id = idOf(build, call, text, world);
          candidates.add(id, () => world.run(call, { text }));
        }
      }
    }
  }
  const results = await candidates.measure(rounds);
  const emptyTimes = results.get(empty).map(({ total }) => total);
  /** @type {WarmFigures} */
  const figures = { empty: medians(emptyTimes), builds: {} };
  for (const build of builds) {
    figures.builds[build.id] = {};
    for (const call of calls) {
      /** @param {Text} text */
      const resultsWith = (text) =>
        build
          .worldsOf(call)
          .map((world) => results.get(idOf(build, call, text, world)));
      figures.builds[build.id][call.id] = callFigure(
        emptyTimes,
        resultsWith("native"),
        resultsWith("convex"),
        await build.count(call),
      );
    }
  }
  return figures;
}

/**
 * @param {Build} build
 * @param {import("./callList.mjs").Call} call
 * @param {Text} text
 * @param {import("./world.mjs").World} world
 */
function idOf(build, call, text, world) {
  return [build.id, call.id, text, world.memory].join("/");
}

/** Candidates that take turns, with everything that was found of each. */
class Candidates {
  /** @type {import("../interleave.mjs").Candidate[]} */
  #candidates = [];
  /** @type {Map<string, import("./world.mjs").CallResult[]>} */
  #results = new Map();

  /**
   * @param {string} id
   * @param {() => Promise<import("./world.mjs").CallResult>} attempt
   */
  add(id, attempt) {
    /** @type {import("./world.mjs").CallResult[]} */
    const results = [];
    this.#results.set(id, results);
    this.#candidates.push({
      id,
      sample: async () => {
        const result = await shortest(attempt);
        results.push(result);
        return result.total.time;
      },
    });
  }

  /**
   * @param {number} rounds
   * @returns {Promise<Map<string, import("./world.mjs").CallResult[]>>} By
   *   candidate; those of one round have the same position.
   */
  async measure(rounds) {
    await interleave(this.#candidates, { rounds, warmUpRounds: 2 });
    return new Map(
      [...this.#results].map(([id, results]) => [id, results.slice(-rounds)]),
    );
  }
}

/**
 * @param {() => Promise<import("./world.mjs").CallResult>} attempt
 * @returns {Promise<import("./world.mjs").CallResult>}
 */
async function shortest(attempt) {
  // The garbage of one candidate is not to be collected on another's time.
  globalThis.gc?.();
  let best;
  for (let count = 0; count < ATTEMPTS; count++) {
    // Who has rested is not interrupted at once.
    await rest(2);
    const result = await attempt();
    if (best === undefined || result.total.time < best.total.time) {
      best = result;
    }
  }
  return best;
}

/**
 * @param {readonly Times[]} emptyTimes By round.
 * @param {readonly import("./world.mjs").CallResult[][]} native By world, then
 *   by round.
 * @param {readonly import("./world.mjs").CallResult[][]} convex
 * @param {Awaited<ReturnType<Build["count"]>>} counted
 * @returns {CallFigure}
 */
function callFigure(emptyTimes, native, convex, counted) {
  const unit = medians(emptyTimes);
  const times = medians(withoutHash(native, ({ total }) => total));
  const convexTimes = medians(withoutHash(convex, ({ total }) => total));
  let componentAdded = 0;
  let componentEvaluationAdded = 0;
  /** @type {ContextFigure[]} */
  const contexts = [];
  for (const [index, { where, name, counts }] of counted.runs.entries()) {
    const rounds = withoutHash(native, ({ runs }) => runs[index].times);
    contexts.push({ where, name, times: medians(rounds), counts });
    if (where === "app") continue;
    // Subtracted round by round, so that a slow moment cancels out.
    const added = medians(
      rounds.map(({ evaluation, time }, round) => ({
        evaluation: evaluation - emptyTimes[round].evaluation,
        time: time - emptyTimes[round].time,
      })),
    );
    componentAdded += added.time / unit.time;
    componentEvaluationAdded += added.evaluation / unit.evaluation;
  }
  const { rowsRead, rowsWritten } = counted;
  return {
    times,
    sum: times.time / unit.time,
    evaluations: times.evaluation / unit.evaluation,
    convexTimes,
    convexSum: convexTimes.time / unit.time,
    componentAdded,
    componentEvaluationAdded,
    rowsRead,
    rowsWritten,
    contexts,
  };
}

/**
 * @param {readonly import("./world.mjs").CallResult[][]} worlds One, or two of
 *   which the second gives twice the memory to a hash.
 * @param {(result: import("./world.mjs").CallResult) => Times} timesOf
 * @returns {Times[]} By round. The time of a hash is left out: it is what twice
 *   the memory takes more.
 */
export function withoutHash([once, twice], timesOf) {
  return once.map((result, round) => {
    const { evaluation, time } = timesOf(result);
    return {
      evaluation,
      time: twice === undefined ? time : 2 * time - timesOf(twice[round]).time,
    };
  });
}

/**
 * @param {readonly Times[]} rounds
 * @returns {Times}
 */
export function medians(rounds) {
  return {
    evaluation: median(rounds.map(({ evaluation }) => evaluation)),
    time: median(rounds.map(({ time }) => time)),
  };
}
