/**
 * What verifying, making and listing keys costs, beside Better Auth's API key
 * plugin: counted once, and verifications timed in turns.
 */
import { interleave, median, timed } from "../interleave.mjs";
import * as betterAuth from "./betterAuth.mjs";
import { operationLabels, verificationLabels } from "./cases.mjs";
import * as gatehouse from "./gatehouse.mjs";

const apps = { gatehouse, betterAuth };

/**
 * @typedef {import("../operations/recorder.mjs").OperationCost} OperationCost
 *
 * @typedef {object} Verification
 * @property {string} id The app's and the case's name.
 * @property {keyof typeof apps} app
 * @property {string} label Of the app.
 * @property {keyof typeof verificationLabels} case
 * @property {OperationCost} first Of the first use in an hour, when it is noted
 *   that a key is in use.
 * @property {OperationCost} cost Of any other use.
 * @property {number} time In milliseconds.
 *
 * @typedef {object} Operation
 * @property {keyof typeof apps} app
 * @property {string} label Of the app.
 * @property {keyof typeof operationLabels} operation
 * @property {OperationCost} cost
 */

/**
 * @param {import("../operations/recorder.mjs").OperationRecorder} recorder
 * @param {number} rounds
 * @returns {Promise<{ verifications: Verification[], operations: Operation[]
 *   }>}
 */
export async function compareKeys(recorder, rounds) {
  /** @type {(Verification & { call: () => Promise<unknown> })[]} */
  const verifications = [];
  /** @type {Operation[]} */
  const operations = [];
  for (const [app, { label, prepare }] of Object.entries(apps)) {
    const prepared = await prepare(recorder);
    for (const operation of Object.keys(operationLabels)) {
      const call = prepared.operations[operation];
      if (call === undefined) continue;
      const cost = await recorder.record(call);
      operations.push({ app, label, operation, cost });
    }
    for (const name of Object.keys(verificationLabels)) {
      const call = prepared.verifications[name];
      if (call === undefined) continue;
      verifications.push({
        ...{ id: `${app}/${name}`, app, label, case: name, call },
        first: await recorder.record(call),
        cost: await recordRepeatedly(recorder, call),
        time: NaN,
      });
    }
  }
  const samples = await interleave(
    verifications.map(({ id, call }) => timed(id, 5, call)),
    { rounds, warmUpRounds: Math.min(3, rounds) },
  );
  return {
    verifications: verifications.map(({ call: _, ...measured }) => ({
      ...measured,
      time: median(samples.get(measured.id)),
    })),
    operations,
  };
}

/**
 * The uses of a key are counted in up to sixteen rows, one of them at random.
 * Among seventeen uses, two meet in one row: that row is read and replaced,
 * where others are made. So the greatest cost is that of a key long in use.
 *
 * @param {import("../operations/recorder.mjs").OperationRecorder} recorder
 * @param {() => Promise<unknown>} call
 * @returns {Promise<OperationCost>}
 */
async function recordRepeatedly(recorder, call) {
  let greatest = await recorder.record(call);
  for (let use = 1; use < 17; use++) {
    const cost = await recorder.record(call);
    if (cost.rowsRead > greatest.rowsRead) greatest = cost;
  }
  return greatest;
}
