/**
 * What verifying an API key costs, beside another library; how many
 * verifications there are in a second; and whether each of them is counted.
 */
import { indexTheEngine, whileComparing } from "../engine/indexedEngine.mjs";
import { compareKeys } from "../keys/comparison.mjs";
import { measureThroughput } from "../keys/throughput.mjs";
import { OperationRecorder } from "../operations/recorder.mjs";
import {
  operationTable,
  throughputTable,
  verificationTable,
} from "../report/keyTables.mjs";
import { keySummary, keyTargets } from "../report/keyVerdicts.mjs";
import { muteConsole } from "../report/mute.mjs";

/**
 * @param {import("../options.mjs").Options} options
 * @returns {Promise<import("../report/topic.mjs").TopicResult>}
 */
export async function measureKeys({ quick }) {
  indexTheEngine();
  const recorder = new OperationRecorder();
  await recorder.watchTransactions();
  const unmute = muteConsole();
  try {
    const { queries } = await whileComparing(() => compareKeys(recorder, 1));
    const { verifications, operations } = await compareKeys(
      recorder,
      quick ? 5 : 25,
    );
    const throughput = await measureThroughput({
      calls: quick ? 1000 : 10_000,
      keys: quick ? 100 : 1000,
      rounds: quick ? 4 : 20,
    });
    const figures = { verifications, operations, throughput };
    return {
      figures: { ...figures, queriesCompared: queries },
      tables: [
        verificationTable(figures),
        operationTable(figures),
        throughputTable(figures),
      ],
      targets: keyTargets(figures),
      summary: keySummary(figures),
    };
  } finally {
    unmute();
  }
}
