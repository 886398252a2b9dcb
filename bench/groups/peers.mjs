/**
 * The questions that apps ask most, beside Better Auth's organizations: what
 * the user of the request may do, and a page of the members. Both sides check
 * the session, too.
 */
import { interleave, median, timed } from "../interleave.mjs";
import * as betterAuth from "../operations/apps/betterAuthOrganization.mjs";
import * as gatehouse from "../operations/apps/gatehouseGroups.mjs";

const apps = { gatehouse, betterAuth };

/** The questions, by the names that the apps have for them. */
export const questions = {
  permission: "check a permission of the signed-in user",
  members: "list 50 members",
};

/**
 * @typedef {object} PeerCase
 * @property {string} id
 * @property {keyof typeof apps} app
 * @property {string} label Of the app.
 * @property {keyof typeof questions} question
 * @property {number} members Of the organization.
 * @property {import("../operations/recorder.mjs").OperationCost} cost
 * @property {number} time In milliseconds.
 */

/**
 * @param {import("../operations/recorder.mjs").OperationRecorder} recorder
 * @param {readonly number[]} sizes How many members the organizations have.
 * @param {number} rounds
 * @returns {Promise<PeerCase[]>}
 */
export async function measurePeers(recorder, sizes, rounds) {
  /** @type {(PeerCase & { call: () => Promise<unknown> })[]} */
  const cases = [];
  for (const members of sizes) {
    for (const [app, { label, prepare }] of Object.entries(apps)) {
      const operations = await prepare(recorder);
      await operations.create();
      // The owner is a member, too.
      await operations.addMembers(members - 1);
      for (const question of Object.keys(questions)) {
        const call = operations[question];
        cases.push({
          ...{ id: `${app}/${question}/${members}`, app, label, question },
          ...{ members, cost: await recorder.record(call), time: NaN, call },
        });
      }
    }
  }
  const samples = await interleave(
    cases.map(({ id, call }) => timed(id, 1, call)),
    { rounds, warmUpRounds: 2 },
  );
  return cases.map(({ call: _, ...measured }) => ({
    ...measured,
    time: median(samples.get(measured.id)),
  }));
}
