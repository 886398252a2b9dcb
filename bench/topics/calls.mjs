/**
 * What whole calls cost: every context that a call of an app goes through, the
 * app's and the component's, as Convex would evaluate and run it. With another
 * build of this repository, both in the same rounds.
 */
import { Build } from "../calls/build.mjs";
import { measureCold } from "../calls/cold.mjs";
import { measureWarm } from "../calls/warm.mjs";
import { measureText } from "../calls/textCost.mjs";
import { OperationRecorder } from "../operations/recorder.mjs";
import { callTables } from "../report/callTables.mjs";
import { callSummary, callTargets } from "../report/callVerdicts.mjs";
import { isBuilt, repositoryRoot } from "../resolution/repository.mjs";

/**
 * @param {import("../options.mjs").Options} options
 * @returns {Promise<import("../report/topic.mjs").TopicResult>}
 */
export async function measureCalls({ quick, against }) {
  if (!isBuilt(repositoryRoot)) return notBuilt();
  const recorder = new OperationRecorder();
  await recorder.watchTransactions();
  const builds = [];
  if (against !== undefined) {
    builds.push(await Build.open("before", against, recorder));
  }
  builds.push(await Build.open("now", repositoryRoot, recorder));
  const warm = await measureWarm(builds, quick ? 3 : 15);
  const cold = await measureCold(builds, quick ? 2 : 11);
  const text = await measureText(quick ? 5 : 45);
  return {
    figures: { warm, cold, text },
    tables: callTables(warm, cold, text),
    targets: callTargets(warm, cold),
    summary: callSummary(warm, cold),
  };
}

/** @returns {import("../report/topic.mjs").TopicResult} */
function notBuilt() {
  return {
    figures: {},
    tables: [
      {
        title: "Calls",
        columns: ["", "now"],
        rows: [["dist/", "not built (npm run build)"]],
      },
    ],
    targets: [],
    summary: [],
  };
}
