/**
 * The engine (`convex-test`) with an app and the component in it, whose every
 * function runs in a fresh context of its own. What the engine holds are
 * stand-ins with the functions' names and validators.
 */
import { convexTest, DatabaseFake } from "convex-test";
import { defineSchema } from "convex/server";
import { convexToJson, jsonToConvex } from "convex/values";

/** The name under which the app installs the component. */
const componentName = "auth";

/**
 * @typedef {Map<string, Record<string, import("./isolate.mjs").FunctionDescription>>}
 *   Descriptions By the module's path, then by export.
 *
 * @typedef {object} Part An app or the component.
 * @property {Map<string, import("./isolate.mjs").Isolate>} isolates By path.
 * @property {Descriptions} descriptions
 *
 * @typedef {object} Tables All rows of the component and what comes next.
 * @property {Record<string, object>} _documents
 * @property {number} _nextDocId
 * @property {number} _lastCreationTime
 *
 * @typedef {object} ContextRun
 * @property {"app" | "component"} where
 * @property {string} name `session:isValid`
 * @property {import("./isolate.mjs").Times} times
 * @property {import("./counters.mjs").Counts} counts
 */

export class Backend {
  #engine;
  /** @type {DatabaseFake} Of the component: the app has no tables. */
  #database;
  /** @type {import("./isolate.mjs").Conditions} */
  #conditions;
  /** @type {ContextRun[]} */
  #runs = [];

  /**
   * @param {Part} app
   * @param {Part} component
   * @param {object} schema The component's.
   * @param {import("../operations/recorder.mjs").OperationRecorder} recorder
   */
  constructor(app, component, schema, recorder) {
    this.#engine = convexTest({
      schema: defineSchema({}),
      modules: recorder.countedModules(this.#standIns(app, "app"), ""),
      transactionLimits: true,
    });
    this.#database = databaseMadeBy(() =>
      recorder
        .countedBackend(this.#engine)
        .registerComponent(
          componentName,
          schema,
          this.#standIns(component, "component"),
        ),
    );
  }

  /** @returns {Tables} A copy. */
  get tables() {
    const { _documents, _nextDocId, _lastCreationTime } = this.#database;
    return structuredClone({ _documents, _nextDocId, _lastCreationTime });
  }

  /** @param {Tables} tables What is to be seen from now on. */
  set tables(tables) {
    // The engine replaces rows, and never changes them.
    const { _documents, _nextDocId, _lastCreationTime } = tables;
    Object.assign(this.#database, {
      _documents: { ..._documents },
      _tableIds: idsByTable(Object.keys(_documents)),
      _nextDocId,
      _lastCreationTime,
    });
  }

  /**
   * @param {import("./isolate.mjs").Conditions} conditions
   * @param {(engine: object) => Promise<unknown>} work What calls functions of
   *   the app.
   * @returns {Promise<{ answer: unknown, runs: ContextRun[] }>} One run for
   *   each context, in the order in which they ended.
   */
  async run(conditions, work) {
    this.#conditions = conditions;
    this.#runs = [];
    const answer = await work(this.#engine);
    return { answer, runs: this.#runs };
  }

  /**
   * @param {Part} part
   * @param {"app" | "component"} where
   * @returns {Record<string, () => Promise<object>>}
   */
  #standIns({ isolates, descriptions }, where) {
    /** @type {Record<string, () => Promise<object>>} */
    const modules = { "./_generated/api.js": async () => ({}) };
    for (const [path, functions] of descriptions) {
      const isolate = isolates.get(path);
      const standIns = Object.fromEntries(
        Object.entries(functions).map(([name, description]) => [
          name,
          this.#standIn(isolate, where, `${path}:${name}`, description),
        ]),
      );
      modules[`./${path}.js`] = async () => standIns;
    }
    return modules;
  }

  /**
   * @param {import("./isolate.mjs").Isolate} isolate
   * @param {"app" | "component"} where
   * @param {string} name
   * @param {import("./isolate.mjs").FunctionDescription} description
   */
  #standIn(isolate, where, name, { kind, args, returns }) {
    const exportName = name.slice(name.indexOf(":") + 1);
    return {
      isQuery: kind === "query",
      isMutation: kind === "mutation",
      isAction: kind === "action",
      isPublic: true,
      exportArgs: () => args,
      exportReturns: () => returns,
      _handler: async (ctx, callArguments) => {
        const { answer, times, counts } = await isolate.call(
          exportName,
          JSON.stringify(convexToJson([callArguments])),
          ctx,
          this.#conditions,
        );
        this.#runs.push({ where, name, times, counts });
        return jsonToConvex(JSON.parse(await answer));
      },
    };
  }
}

/**
 * @param {() => void} work
 * @returns {DatabaseFake} The database that the engine made meanwhile, which
 *   it gives to nobody.
 */
function databaseMadeBy(work) {
  const { validateSchema } = DatabaseFake.prototype;
  /** @type {DatabaseFake[]} */
  const made = [];
  DatabaseFake.prototype.validateSchema = function () {
    made.push(this);
    validateSchema.call(this);
  };
  try {
    work();
  } finally {
    DatabaseFake.prototype.validateSchema = validateSchema;
  }
  return made[0];
}

/**
 * The engine's list of the rows of each table, which it keeps beside the rows.
 *
 * @param {readonly string[]} ids Of rows: a number, then the name of the table.
 * @returns {Map<string, Set<string>>} By the name of the table.
 */
function idsByTable(ids) {
  /** @type {Map<string, Set<string>>} */
  const tables = new Map();
  for (const id of ids) {
    const table = id.replace(/^[0-9]+/, "");
    const known = tables.get(table) ?? new Set();
    tables.set(table, known.add(id));
  }
  return tables;
}
