/**
 * What each operation costs in transactions, component crossings and rows.
 * These are counts, so one run is enough.
 */
import { groupOperationLabels } from "../operations/groupOperations.mjs";
import { operationLabels } from "../operations/operations.mjs";
import { OperationRecorder } from "../operations/recorder.mjs";
import { muteConsole } from "../report/mute.mjs";

/**
 * One at a time, each with a backend of its own.
 *
 * @typedef {() => Promise<{ label: string, prepare: (recorder:
 *   OperationRecorder) => Promise<Record<string, () => Promise<unknown>>> }>}
 *   Load
 *
 * @type {{ title: string, labels: Record<string, string>, apps:
 *   Record<string, Load> }[]}
 */
const suites = [
  {
    title: "Operations",
    labels: operationLabels,
    apps: {
      gatehouse: () => import("../operations/apps/gatehouse.mjs"),
      convexAuth: () => import("../operations/apps/convexAuth.mjs"),
      betterAuth: () => import("../operations/apps/betterAuth.mjs"),
    },
  },
  {
    title: "Operations of organizations",
    labels: groupOperationLabels,
    apps: {
      gatehouseGroups: () => import("../operations/apps/gatehouseGroups.mjs"),
      betterAuthOrganization: () =>
        import("../operations/apps/betterAuthOrganization.mjs"),
    },
  },
];

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
  for (const { title, labels, apps } of suites) {
    for (const [id, load] of Object.entries(apps)) {
      const { label, costs } = await measureApp(recorder, id, load, labels);
      figures[id] = costs;
      tables.push(table(`${title}: ${label}`, labels, costs));
    }
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
 * @param {Load} load
 * @param {Record<string, string>} labels
 */
async function measureApp(recorder, id, load, labels) {
  /** @type {Record<string, Cost>} */
  const costs = {};
  let label = id;
  const unmute = muteConsole();
  try {
    const app = await load();
    label = app.label;
    const operations = await app.prepare(recorder);
    for (const operation of Object.keys(labels)) {
      const work = operations[operation];
      if (work === undefined) continue;
      try {
        costs[operation] = await recorder.record(work);
      } catch (error) {
        costs[operation] = { problem: firstLine(error) };
      }
    }
  } catch (error) {
    costs[Object.keys(labels)[0]] = { problem: firstLine(error) };
  } finally {
    unmute();
  }
  return { label, costs };
}

/** @param {unknown} error */
function firstLine(error) {
  return String(error).split("\n")[0];
}

/**
 * @param {string} title
 * @param {Record<string, string>} labels
 * @param {Record<string, Cost>} costs
 * @returns {import("../report/topic.mjs").Table}
 */
function table(title, labels, costs) {
  return {
    title,
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
    rows: Object.entries(labels).map(([operation, operationLabel]) => {
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
function summary(figures) {
  const { gatehouse, convexAuth, betterAuth } = figures;
  const { gatehouseGroups, betterAuthOrganization } = figures;
  /** @param {Cost | undefined} cost */
  const short = (cost) =>
    cost === undefined || "problem" in cost
      ? undefined
      : `${cost.transactions} / ${cost.rowsRead} / ${cost.rowsWritten}`;
  const counted = "transactions / rows read / rows written";
  return [
    ...["signUp", "signIn", "refresh", "currentUser"].map((operation) => ({
      what: `${operationLabels[operation]}: ${counted}`,
      ours: short(gatehouse[operation]),
      peers: {
        "@convex-dev/auth": short(convexAuth[operation]),
        "Better Auth": short(betterAuth[operation]),
      },
    })),
    ...["create", "invite", "accept", "permission"].map((operation) => ({
      what: `${groupOperationLabels[operation]}: ${counted}`,
      ours: short(gatehouseGroups[operation]),
      peers: { "Better Auth": short(betterAuthOrganization[operation]) },
    })),
  ];
}
