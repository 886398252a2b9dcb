/**
 * A build with an app, and rows in its tables: what calls are made in, again
 * and again from the same state.
 */
import { schemaOf } from "./checkout.mjs";
import { Backend } from "./backend.mjs";
import { Isolate } from "./isolate.mjs";
import { seeds } from "./seeds.mjs";

/**
 * @typedef {import("./backend.mjs").Part} Part
 * @typedef {import("./callList.mjs").Call} Call
 *
 * @typedef {import("../operations/recorder.mjs").OperationRecorder}
 *   OperationRecorder
 *
 * @typedef {object} State What calls find.
 * @property {object} seed What the seeding has answered.
 * @property {import("./backend.mjs").Tables} tables
 * @property {Record<string, string>} environment
 * @property {number} now
 *
 * @typedef {object} CallResult
 * @property {import("./backend.mjs").ContextRun[]} runs The app's context first.
 * @property {import("./isolate.mjs").Times} total Of all of them.
 */

/** The least memory that Argon2id can be given, in KiB, and twice as much. */
export const leastMemory = 8192;
export const twiceTheMemory = 2 * leastMemory;

/**
 * How long after the seeding calls are made: an access token and what a browser
 * is asked for are still valid.
 */
const pause = 2 * 60 * 1000;

export class World {
  #backend;
  #state;

  /**
   * @param {Backend} backend
   * @param {State} state
   */
  constructor(backend, state) {
    this.#backend = backend;
    this.#state = state;
  }

  /** @returns {string} The memory for hashing passwords, in KiB. */
  get memory() {
    return this.#state.environment.ARGON2_MEMORY_KIB;
  }

  /** @returns {State} What another process makes the same world of. */
  get state() {
    return this.#state;
  }

  /**
   * @param {Call} call
   * @param {Partial<import("./isolate.mjs").Conditions>} [conditions]
   * @returns {Promise<CallResult>}
   */
  async run(call, conditions = {}) {
    const { seed, tables, environment, now } = this.#state;
    this.#backend.tables = tables;
    const { runs, answer } = await this.#backend.run(
      { text: "native", counts: false, environment, now, ...conditions },
      (engine) => call.run(engine, seed),
    );
    mustHaveSucceeded(call, answer);
    // Those that are called end first.
    runs.reverse();
    return { runs, total: sumOf(runs.map(({ times }) => times)) };
  }
}

/**
 * @param {readonly import("./isolate.mjs").Times[]} parts
 * @returns {import("./isolate.mjs").Times}
 */
function sumOf(parts) {
  const total = { evaluation: 0, time: 0 };
  for (const { evaluation, time } of parts) {
    total.evaluation += evaluation;
    total.time += time;
  }
  return total;
}

/**
 * A benchmark of refusals would be fast, and wrong.
 *
 * @param {Call} call
 * @param {any} answer
 */
function mustHaveSucceeded({ id }, answer) {
  const isRefused =
    answer === null || answer === false || answer?.kind === "refused";
  if (isRefused) {
    throw new Error(`The call "${id}" was answered ${JSON.stringify(answer)}`);
  }
}

/**
 * What the engine has to know of a part before any of its functions runs.
 *
 * @typedef {object} PackagedPart
 * @property {string} owner
 * @property {Map<string, import("./checkout.mjs").ModuleGraph>} graphs By path.
 * @property {import("./backend.mjs").Descriptions} descriptions
 *
 * @typedef {object} PackagedWorld A world for another process.
 * @property {string} root Of the checkout.
 * @property {PackagedPart} app
 * @property {PackagedPart} component
 * @property {State} state
 */

/**
 * @param {string} owner
 * @param {Map<string, import("./checkout.mjs").ModuleGraph>} graphs
 * @returns {Promise<PackagedPart>} The modules that have functions.
 */
export async function describePart(owner, graphs) {
  /** @type {PackagedPart} */
  const part = { owner, graphs: new Map(), descriptions: new Map() };
  for (const [path, graph] of graphs) {
    const functions = await new Isolate(graph, owner).describe();
    if (Object.keys(functions).length === 0) continue;
    part.graphs.set(path, graph);
    part.descriptions.set(path, functions);
  }
  return part;
}

/**
 * @param {PackagedPart} packaged
 * @returns {Part}
 */
export function makePart({ owner, graphs, descriptions }) {
  const isolates = new Map();
  for (const [path, graph] of graphs) {
    isolates.set(path, new Isolate(graph, owner));
  }
  return { isolates, descriptions };
}

/** @param {Part} part */
export function fillCodeCaches({ isolates }) {
  for (const isolate of isolates.values()) isolate.fillCodeCache();
}

/**
 * @param {string} root Of the checkout.
 * @param {Part} app
 * @param {Part} component
 * @param {import("./checkout.mjs").AppId} appId
 * @param {number} memoryKib For hashing passwords.
 * @param {OperationRecorder} recorder
 * @returns {Promise<World>}
 */
export async function makeWorld(
  root,
  app,
  component,
  appId,
  memoryKib,
  recorder,
) {
  const backend = new Backend(app, component, await schemaOf(root), recorder);
  const environment = { ARGON2_MEMORY_KIB: String(memoryKib) };
  const now = Date.now();
  const { answer: seed } = await backend.run(
    { text: "native", counts: false, environment, now },
    seeds[appId],
  );
  const { tables } = backend;
  return new World(backend, { seed, tables, environment, now: now + pause });
}

/**
 * @param {PackagedWorld} packaged
 * @param {OperationRecorder} recorder
 * @returns {Promise<World>} Nothing of it has run.
 */
export async function reopenWorld({ root, app, component, state }, recorder) {
  const schema = await schemaOf(root);
  const backend = new Backend(
    makePart(app),
    makePart(component),
    schema,
    recorder,
  );
  return new World(backend, state);
}
