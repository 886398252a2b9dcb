/**
 * What each operation costs in transactions, component crossings and rows.
 * These are counts, so one run is enough.
 */
import { operationLabels } from "../operations/operations.mjs";
import { OperationRecorder } from "../operations/recorder.mjs";

/** One at a time, each with a backend of its own. */
const apps = {
  gatehouse: () => import("../operations/apps/gatehouse.mjs"),
  convexAuth: () => import("../operations/apps/convexAuth.mjs"),
  betterAuth: () => import("../operations/apps/betterAuth.mjs"),
};

/**
 * @returns {Promise<import("../report/topic.mjs").TopicResult>}
 */
export async function measureOperations() {
  const recorder = new OperationRecorder();
  await recorder.watchTransactions();
  /** @type {Record<string, Record<string, Cost>>} */
  const figures = {};
  /** @type {import("../report/topic.mjs").Table[]} */
  const tables = [];
  for (const [id, load] of Object.entries(apps)) {
    const { label, costs } = await measureApp(recorder, id, load);
    figures[id] = costs;
    tables.push(table(label, costs));
  }
  return { figures, tables, targets: [], summary: summary(figures) };
}

/**
 * @typedef {import("../operations/recorder.mjs").OperationCost
 *   | { problem: string }} Cost
 */

/**
 * @param {OperationRecorder} recorder
 * @param {string} id
 * @param {() => Promise<{ label: string, prepare: (recorder:
 *   OperationRecorder) => Promise<import("../operations/operations.mjs")
 *   .Operations> }>} load
 */
async function measureApp(recorder, id, load) {
  /** @type {Record<string, Cost>} */
  const costs = {};
  let label = id;
  const unmute = muteConsole();
  try {
    const app = await load();
    label = app.label;
    const operations = await app.prepare(recorder);
    for (const operation of Object.keys(operationLabels)) {
      const work = operations[operation];
      if (work === undefined) continue;
      try {
        costs[operation] = await recorder.record(work);
      } catch (error) {
        costs[operation] = { problem: firstLine(error) };
      }
    }
  } catch (error) {
    costs.signUp = { problem: firstLine(error) };
  } finally {
    unmute();
  }
  return { label, costs };
}

/**
 * What the apps log of each request would stand between the tables.
 *
 * @returns {() => void} Lets the console speak again.
 */
function muteConsole() {
  const { debug, error, info, log, warn } = console;
  const silence = () => {};
  Object.assign(console, {
    debug: silence,
    error: silence,
    info: silence,
    log: silence,
    warn: silence,
  });
  return () => Object.assign(console, { debug, error, info, log, warn });
}

/** @param {unknown} error */
function firstLine(error) {
  return String(error).split("\n")[0];
}

/**
 * @param {string} label
 * @param {Record<string, Cost>} costs
 * @returns {import("../report/topic.mjs").Table}
 */
function table(label, costs) {
  return {
    title: `Operations: ${label}`,
    columns: [
      "operation",
      "transactions",
      "mutations",
      "crossings",
      "index ranges",
      "rows read",
      "rows written",
      "scheduled",
    ],
    rows: Object.entries(operationLabels).map(([operation, operationLabel]) => {
      const cost = costs[operation];
      if (cost === undefined) return [operationLabel, "–"];
      if ("problem" in cost) return [operationLabel, cost.problem];
      return [
        operationLabel,
        ...[
          cost.transactions,
          cost.mutations,
          cost.crossings,
          cost.indexRanges,
          cost.rowsRead,
          cost.rowsWritten,
          cost.scheduled,
        ].map(String),
      ];
    }),
  };
}

/**
 * @param {Record<string, Record<string, Cost>>} figures
 * @returns {import("../report/topic.mjs").SummaryRow[]}
 */
function summary({ gatehouse, convexAuth, betterAuth }) {
  /** @param {Cost | undefined} cost */
  const short = (cost) =>
    cost === undefined || "problem" in cost
      ? undefined
      : `${cost.transactions} / ${cost.rowsRead} / ${cost.rowsWritten}`;
  return ["signUp", "signIn", "refresh", "currentUser"].map((operation) => ({
    what: `${operationLabels[operation]}: transactions / rows read / rows written`,
    ours: short(gatehouse[operation]),
    peers: {
      "@convex-dev/auth": short(convexAuth[operation]),
      "Better Auth": short(betterAuth[operation]),
    },
  }));
}
