/**
 * Counts what an operation costs on the `convex-test` engine: which functions
 * ran, in how many transactions, how often a call entered another component,
 * and what the transactions read and wrote.
 */
import { AsyncLocalStorage } from "node:async_hooks";

/**
 * @typedef {object} OperationCost
 * @property {number} actions Actions that ran. (HTTP actions are not counted.)
 * @property {number} transactions Queries and mutations that were not called
 *   from within another one.
 * @property {number} mutations Those of the transactions that are mutations.
 * @property {number} crossings Calls that entered a component from the app or
 *   from another component.
 * @property {number} rowsRead Documents read, those of failed transactions
 *   included.
 * @property {number} rowsWritten Documents that were inserted, changed or
 *   deleted by transactions that committed.
 * @property {number} indexRanges Database queries and reads by id.
 * @property {number} scheduled Functions scheduled.
 * @property {number} rolledBack Mutations that threw, and so lost their
 *   writes.
 * @property {TransactionCost | undefined} largest The transaction that came
 *   closest to one of Convex's limits.
 * @property {string[]} calls Each function in the order of the calls, indented
 *   by its depth.
 */

/**
 * @typedef {object} TransactionCost
 * @property {string} name Of the outermost function.
 * @property {number} rowsRead
 * @property {number} rowsWritten
 * @property {number} indexRanges
 * @property {number} bytesRead
 * @property {number} bytesWritten
 * @property {number} share The greatest share of a limit that it used up; 1 is
 *   the limit.
 * @property {string} limit Which limit that is.
 */

/**
 * @typedef {object} Frame
 * @property {string} component Its path; empty for the app.
 * @property {boolean} inTransaction
 * @property {number} depth
 */

/** @type {Frame} */
const outside = { component: "", inTransaction: false, depth: 0 };

/** @returns {OperationCost} */
function nothing() {
  return {
    actions: 0,
    transactions: 0,
    mutations: 0,
    crossings: 0,
    rowsRead: 0,
    rowsWritten: 0,
    indexRanges: 0,
    scheduled: 0,
    rolledBack: 0,
    largest: undefined,
    calls: [],
  };
}

/**
 * @param {string} name
 * @param {Record<string, { used: number, remaining: number }>} metrics
 * @returns {TransactionCost}
 */
function transactionCost(name, metrics) {
  const shares = Object.entries(metrics).map(([limit, { used, remaining }]) => {
    // Convex may count a row that is looked up to be changed or deleted as an
    // index range, which the engine does not: the higher count is taken.
    const counted =
      limit === "databaseQueries" ? used + metrics.documentsWritten.used : used;
    return { limit, share: counted / (used + remaining) };
  });
  const closest = shares.reduce((left, right) =>
    right.share > left.share ? right : left,
  );
  return {
    name,
    rowsRead: metrics.documentsRead.used,
    rowsWritten: metrics.documentsWritten.used,
    indexRanges: metrics.databaseQueries.used,
    bytesRead: metrics.bytesRead.used,
    bytesWritten: metrics.bytesWritten.used,
    ...closest,
  };
}

export class OperationRecorder {
  /** @type {AsyncLocalStorage<Frame>} */
  #frames = new AsyncLocalStorage();
  /** @type {OperationCost | undefined} */
  #cost;
  /**
   * The outermost function of the present transaction: there is one at a time.
   */
  #transactionName = "";

  /**
   * Starts to watch the engine's transactions. One recorder serves a process:
   * it changes the engine's own class, which has no event for their end.
   */
  async watchTransactions() {
    const engine = import.meta.resolve("convex-test");
    const { TransactionMetricsTracker } = await import(
      new URL("transactionMetrics.js", engine).href
    );
    const recorder = this;
    const { prototype } = TransactionMetricsTracker;
    /** @type {WeakMap<object, number>} */
    const depths = new WeakMap();
    const { startTransaction, commit, rollback } = prototype;
    for (const method of [startTransaction, commit, rollback]) {
      if (typeof method !== "function") {
        throw new Error("convex-test counts transactions in another way now");
      }
    }
    prototype.startTransaction = function (limits) {
      depths.set(this, (depths.get(this) ?? 0) + 1);
      startTransaction.call(this, limits);
    };
    prototype.commit = function () {
      recorder.#transactionEnds(this, depths, true);
      commit.call(this);
    };
    prototype.rollback = function () {
      recorder.#transactionEnds(this, depths, false);
      rollback.call(this);
    };
  }

  /**
   * @param {{ getTransactionMetrics(): Record<string, { used: number }> }}
   *   tracker
   * @param {WeakMap<object, number>} depths
   * @param {boolean} committed
   */
  #transactionEnds(tracker, depths, committed) {
    const depth = depths.get(tracker) - 1;
    depths.set(tracker, depth);
    if (depth > 0 || this.#cost === undefined) return;
    const metrics = tracker.getTransactionMetrics();
    this.#cost.rowsRead += metrics.documentsRead.used;
    this.#cost.indexRanges += metrics.databaseQueries.used;
    if (committed) {
      this.#cost.rowsWritten += metrics.documentsWritten.used;
      this.#cost.scheduled += metrics.functionsScheduled.used;
    }
    const transaction = transactionCost(this.#transactionName, metrics);
    if (transaction.share > (this.#cost.largest?.share ?? 0)) {
      this.#cost.largest = transaction;
    }
  }

  /**
   * Makes a module map whose functions are counted.
   *
   * @param {Record<string, () => Promise<object>>} modules
   * @param {string} component The path of the component; empty for the app.
   */
  countedModules(modules, component) {
    return Object.fromEntries(
      Object.entries(modules).map(([path, load]) => [
        path,
        async () => this.#countedModule(await load(), path, component),
      ]),
    );
  }

  /**
   * The same for the components that are registered with a test backend.
   *
   * @template {{ registerComponent: Function }} Backend
   * @param {Backend} backend What `convexTest` answered.
   * @returns {Backend} To register components with, in its place.
   */
  countedBackend(backend) {
    return {
      ...backend,
      registerComponent: (path, schema, modules) =>
        backend.registerComponent(
          path,
          schema,
          this.countedModules(modules, path),
        ),
    };
  }

  /**
   * @param {object} module
   * @param {string} path
   * @param {string} component
   */
  #countedModule(module, path, component) {
    const name = path.replace(/^.*?\.\//, "").replace(/\.[^.]+$/, "");
    return Object.fromEntries(
      Object.entries(module).map(([exportName, value]) => [
        exportName,
        typeof value?._handler === "function"
          ? this.#counted(value, `${name}:${exportName}`, component)
          : value,
      ]),
    );
  }

  /**
   * @param {object} registered A query, mutation or action.
   * @param {string} name
   * @param {string} component
   */
  #counted(registered, name, component) {
    const kind = registered.isAction
      ? "action"
      : registered.isMutation
        ? "mutation"
        : "query";
    /** @param {unknown[]} handlerArguments */
    const handler = async (...handlerArguments) => {
      const caller = this.#frames.getStore() ?? outside;
      const inTransaction = kind !== "action";
      const isRoot = inTransaction && !caller.inTransaction;
      const cost = this.#cost;
      if (cost !== undefined) {
        cost.actions += kind === "action" ? 1 : 0;
        cost.transactions += isRoot ? 1 : 0;
        cost.mutations += isRoot && kind === "mutation" ? 1 : 0;
        cost.crossings += component === caller.component ? 0 : 1;
        const where = component === "" ? "app" : component;
        if (isRoot) this.#transactionName = `${where}/${name}`;
        const indentation = "  ".repeat(caller.depth);
        cost.calls.push(`${indentation}${kind} ${where}/${name}`);
      }
      const frame = { component, inTransaction, depth: caller.depth + 1 };
      try {
        return await this.#frames.run(frame, () =>
          registered._handler(...handlerArguments),
        );
      } catch (error) {
        if (cost !== undefined && kind === "mutation") cost.rolledBack += 1;
        throw error;
      }
    };
    return new Proxy(registered, {
      get: (target, key) =>
        key === "_handler" ? handler : Reflect.get(target, key),
    });
  }

  /**
   * @param {() => Promise<unknown>} operation
   * @returns {Promise<OperationCost>} What ran until the operation was done.
   *   What it scheduled is not waited for.
   */
  async record(operation) {
    const cost = nothing();
    this.#cost = cost;
    try {
      await operation();
    } finally {
      this.#cost = undefined;
    }
    return cost;
  }
}
