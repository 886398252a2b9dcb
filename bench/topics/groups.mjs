/**
 * What groups cost as they grow: deeper, with more members, in longer lists;
 * and what removing a large one takes.
 */
import { indexTheEngine, whileComparing } from "../engine/indexedEngine.mjs";
import { measureGroupsOnce } from "../groups/run.mjs";
import { OperationRecorder } from "../operations/recorder.mjs";
import { muteConsole } from "../report/mute.mjs";
import {
  growthTable,
  pageTable,
  peerTable,
  removalTable,
} from "../report/groupTables.mjs";
import { groupSummary, groupTargets } from "../report/groupVerdicts.mjs";

/** Small enough for the engine's own scans, which check the indexes. */
const rehearsal = {
  ...{ few: 4, many: 300, crowd: 60, memberships: 120, subtree: 10 },
  rounds: 1,
};

/**
 * @param {import("../options.mjs").Options} options
 * @returns {Promise<import("../report/topic.mjs").TopicResult>}
 */
export async function measureGroups({ quick }) {
  indexTheEngine();
  const recorder = new OperationRecorder();
  await recorder.watchTransactions();
  const unmute = muteConsole();
  try {
    const { queries } = await whileComparing(() =>
      measureGroupsOnce(recorder, rehearsal),
    );
    const figures = await measureGroupsOnce(recorder, {
      few: 10,
      many: quick ? 4000 : 100_000,
      crowd: quick ? 1000 : 10_000,
      memberships: quick ? 1000 : 5000,
      subtree: quick ? 400 : 5000,
      rounds: quick ? 5 : 25,
    });
    return {
      figures: { ...withoutCalls(figures), queriesCompared: queries },
      tables: [
        growthTable("inherit", "auth.member.inherit", figures),
        growthTable("permission", "auth.permission.check", figures),
        pageTable(figures),
        removalTable(figures),
        peerTable(figures),
      ],
      targets: groupTargets(figures),
      summary: groupSummary(figures),
    };
  } finally {
    unmute();
  }
}

/**
 * The functions that ran are thousands in a removal, and nothing new.
 *
 * @template Figures
 * @param {Figures} figures
 * @returns {Figures}
 */
function withoutCalls(figures) {
  return JSON.parse(
    JSON.stringify(figures, (key, value) =>
      key === "calls" ? undefined : value,
    ),
  );
}
