/**
 * What a function call pays for what its module imports.
 */
import { baseline, evaluationSubjects } from "../evaluation/subjects.mjs";
import { FreshContextEvaluation } from "../evaluation/freshContext.mjs";
import { interleave, median } from "../interleave.mjs";
import { bytes, milliseconds, times } from "../report/format.mjs";
import { judge, ratio } from "../targets.mjs";

/**
 * One subject's figures. Times are milliseconds, `added…` is what is on top
 * of the empty module, and `addedRatio` has the empty module's time as unit.
 *
 * @typedef {object} EvaluationFigure
 * @property {string} label
 * @property {number} bytes
 * @property {number} addedBytes
 * @property {number} first The first evaluation in the process, without code
 *   cache.
 * @property {number} time
 * @property {number} added
 * @property {number} addedRatio
 */

/**
 * @param {import("../options.mjs").Options} options
 * @returns {Promise<import("../report/topic.mjs").TopicResult>}
 */
export async function measureEvaluation({ quick }) {
  const subjects = await evaluationSubjects();
  /** @type {Map<string, number>} */
  const first = new Map();
  /** @type {import("../interleave.mjs").Candidate[]} */
  const candidates = [];
  for (const subject of subjects) {
    if (subject.graph === undefined) continue;
    const evaluation = new FreshContextEvaluation(subject.graph);
    try {
      const { elapsed, exports } = await evaluation.run();
      if (subject.isComponentFile && !hasFunctions(exports)) continue;
      first.set(subject.id, elapsed);
    } catch (error) {
      subject.problem = `${error}`.split("\n")[0];
      continue;
    }
    evaluation.fillCodeCache();
    candidates.push({
      id: subject.id,
      sample: () => evaluation.sample(),
    });
  }
  const samples = await interleave(candidates, { rounds: quick ? 5 : 15 });

  /** @type {Record<string, EvaluationFigure>} */
  const figures = {};
  const emptySamples = samples.get(baseline);
  const emptyTime = median(emptySamples);
  const emptyBytes = subjects[0].graph.bytes;
  for (const { id, label, graph } of subjects) {
    const own = samples.get(id);
    if (own === undefined) continue;
    // Subtracted round by round, so that a slow moment cancels out.
    const added = median(own.map((time, round) => time - emptySamples[round]));
    figures[id] = {
      label,
      bytes: graph.bytes,
      addedBytes: graph.bytes - emptyBytes,
      first: first.get(id),
      time: median(own),
      added,
      addedRatio: added / emptyTime,
    };
  }
  return {
    figures,
    tables: [
      table(subjects, figures),
      inputTable(subjects.find(({ id }) => id === "gatehousePassword")),
    ],
    targets: targets(figures),
    summary: summary(figures),
  };
}

/**
 * @param {object} exports Of a module.
 * @returns {boolean} Whether one of them is a query, a mutation or an action.
 */
function hasFunctions(exports) {
  return Object.values(exports).some(
    (value) => value?.isQuery || value?.isMutation || value?.isAction,
  );
}

/**
 * @param {import("../evaluation/subjects.mjs").Subject[]} subjects
 * @param {Record<string, EvaluationFigure>} figures
 * @returns {import("../report/topic.mjs").Table}
 */
function table(subjects, figures) {
  const component = figures.betterAuthComponent;
  return {
    title: "Evaluation of a function's modules in a fresh V8 context",
    columns: [
      "module",
      "bytes",
      "first",
      "time",
      "bytes added",
      "time added",
      "empty = 1",
      "Better Auth's component = 1",
    ],
    rows: subjects.flatMap(({ id, label, problem, isComponentFile }) => {
      const figure = figures[id];
      if (figure === undefined) {
        const hasNoFunctions = isComponentFile && problem === undefined;
        return hasNoFunctions ? [] : [[label, problem ?? "not measured"]];
      }
      const isBaseline = id === baseline;
      const toComponent = ratio(figure.added, component?.added);
      const cells = [
        label,
        bytes(figure.bytes),
        milliseconds(figure.first),
        milliseconds(figure.time),
        isBaseline ? "" : bytes(figure.addedBytes),
        isBaseline ? "" : milliseconds(figure.added),
        isBaseline ? "1" : signed(figure.addedRatio),
        isBaseline || toComponent === undefined ? "" : signed(toComponent),
      ];
      return [cells];
    }),
  };
}

/**
 * Where the bytes come from that the smallest `auth.ts` adds: what to look at
 * when it grows.
 *
 * @param {import("../evaluation/subjects.mjs").Subject} subject
 * @returns {import("../report/topic.mjs").Table}
 */
function inputTable({ label, graph }) {
  const inputs = graph?.inputs ?? new Map();
  return {
    title: `${label}: the bytes of its own chunk, by file`,
    columns: ["file", "bytes"],
    rows: [...inputs].map(([name, size]) => [
      name || "imports, exports, names of files",
      `${size}`,
    ]),
  };
}

/** @param {number} value */
function signed(value) {
  return `${value < 0 ? "" : "+"}${value.toFixed(2)}`;
}

/** @param {Record<string, EvaluationFigure>} figures */
function targets(figures) {
  const { gatehouseAuth, gatehousePassword, convexAuth } = figures;
  return [
    judge(
      "auth.ts adds at most 1/5 of the bytes that @convex-dev/auth's adds",
      ratio(gatehouseAuth?.addedBytes, convexAuth?.addedBytes),
      { atMost: 1 / 5 },
    ),
    judge(
      "auth.ts adds at most 1/5 of the time that @convex-dev/auth's adds",
      ratio(gatehouseAuth?.added, convexAuth?.added),
      { atMost: 1 / 5 },
    ),
    judge(
      "auth.ts with password() adds at most 45 KB",
      ratio(gatehousePassword?.addedBytes, 1000),
      { atMost: 45 },
      " KB",
    ),
    judge(
      "auth.ts with password() adds at most 0.35 of the empty module's time",
      gatehousePassword?.addedRatio,
      { atMost: 0.35 },
    ),
  ];
}

/** @param {Record<string, EvaluationFigure>} figures */
function summary(figures) {
  const { gatehouseAuth, convexAuth, betterAuth } = figures;
  /** @param {EvaluationFigure | undefined} figure */
  const added = (figure) =>
    figure &&
    `${bytes(figure.addedBytes)}, ${times(figure.addedRatio)} the empty module`;
  return [
    {
      what: "`convex/auth.ts` adds to each call",
      ours: added(gatehouseAuth),
      peers: {
        "@convex-dev/auth": added(convexAuth),
        "Better Auth": added(betterAuth),
      },
    },
  ];
}
