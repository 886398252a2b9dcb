/**
 * Measures calls in a process that has run them before, and counts what they
 * do.
 */
import { setTimeout as rest } from "node:timers/promises";
import { betterAuthComponent } from "../evaluation/subjects.mjs";
import { interleave, median } from "../interleave.mjs";
import { calls } from "./callList.mjs";
import { callEmpty, empty, emptyIsolate } from "./empty.mjs";
import { Isolate } from "./isolate.mjs";

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
 * @property {number} componentTime What the component's contexts add to the
 *   empty function, in milliseconds.
 * @property {number} componentAdded The same in empty functions.
 * @property {number} componentEvaluationAdded What their evaluation adds to the
 *   empty module.
 * @property {number} rowsRead
 * @property {number} rowsWritten
 * @property {ContextFigure[]} contexts
 *
 * @typedef {object} PeerFigure The module that Better Auth's component evaluates
 *   for each database call: its evaluation, without a call.
 * @property {number} bytes
 * @property {number} added To the empty module's evaluation, in milliseconds.
 *
 * @typedef {object} WarmFigures
 * @property {Times} empty
 * @property {number} emptyBytes
 * @property {PeerFigure | undefined} betterAuth
 * @property {Record<string, Record<string, CallFigure>>} builds By build, then
 *   by call.
 */

/**
 * How often a call is made for one sample; the shortest time counts, because
 * what makes a time longer by chance is never the call.
 */
const ATTEMPTS = 3;

/** The candidate's id, and the owner of its modules. */
const peer = "betterAuth";

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
  const { graph: peerGraph } = await betterAuthComponent();
  if (peerGraph !== undefined) {
    const component = new Isolate(peerGraph, peer);
    component.fillCodeCache();
    candidates.add(peer, async () => {
      const total = await component.evaluate();
      return { runs: [], total };
    });
  }
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
  const figures = {
    empty: medians(emptyTimes),
    emptyBytes: isolate.bytes,
    betterAuth: peerGraph && {
      bytes: peerGraph.bytes,
      added: medians(
        addedTo(
          emptyTimes,
          results.get(peer).map(({ total }) => total),
        ),
      ).evaluation,
    },
    builds: {},
  };
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
    // The scheduler does not at once interrupt a process that has rested.
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
  const hash = hashTime(native);
  const times = medians(shortened(totalsOf(native[0]), hash));
  const convexTimes = medians(shortened(totalsOf(convex[0]), hashTime(convex)));
  let componentTime = 0;
  let componentEvaluationAdded = 0;
  /** @type {ContextFigure[]} */
  const contexts = [];
  for (const [index, { where, name, counts }] of counted.runs.entries()) {
    const rounds = shortened(
      native[0].map(({ runs }) => runs[index].times),
      where === "component" ? hash : 0,
    );
    contexts.push({ where, name, times: medians(rounds), counts });
    if (where === "app") continue;
    const added = medians(addedTo(emptyTimes, rounds));
    componentTime += added.time;
    componentEvaluationAdded += added.evaluation / unit.evaluation;
  }
  const { rowsRead, rowsWritten } = counted;
  return {
    times,
    sum: times.time / unit.time,
    evaluations: times.evaluation / unit.evaluation,
    convexTimes,
    convexSum: convexTimes.time / unit.time,
    componentTime,
    componentAdded: componentTime / unit.time,
    componentEvaluationAdded,
    rowsRead,
    rowsWritten,
    contexts,
  };
}

/** @param {readonly { total: Times }[]} results */
function totalsOf(results) {
  return results.map(({ total }) => total);
}

/**
 * @param {readonly Times[]} emptyTimes By round.
 * @param {readonly Times[]} rounds
 * @returns {Times[]} What they take more. It is subtracted round by round, so
 *   that a slow moment cancels out.
 */
function addedTo(emptyTimes, rounds) {
  return rounds.map(({ evaluation, time }, round) => ({
    evaluation: evaluation - emptyTimes[round].evaluation,
    time: time - emptyTimes[round].time,
  }));
}

/**
 * @param {readonly { total: Times }[][]} worlds One, or two of which the second
 *   gives twice the memory to a hash. Of each, what was found by round.
 * @returns {number} The milliseconds of a hash: what twice the memory takes
 *   more. Zero where nothing is hashed.
 */
export function hashTime([once, twice]) {
  return twice === undefined ? 0 : handlerTime(twice) - handlerTime(once);
}

/** @param {readonly { total: Times }[]} results */
function handlerTime(results) {
  return median(results.map(({ total }) => total.time - total.evaluation));
}

/**
 * @param {readonly Times[]} rounds
 * @param {number} less Milliseconds.
 * @returns {Times[]} With so much less for the handlers.
 */
function shortened(rounds, less) {
  return rounds.map(({ evaluation, time }) => ({
    evaluation,
    time: time - less,
  }));
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
