/**
 * One run through everything that is measured of groups.
 */
import { startBackend } from "./backend.mjs";
import { measureGrowth, plantTree } from "./growth.mjs";
import { longLists, measurePages } from "./pages.mjs";
import {
  measureBareDeletion,
  measureMove,
  measureOrganizationRemoval,
  measureUserRemoval,
} from "./removals.mjs";
import { numbers } from "./seed.mjs";

/**
 * @typedef {object} Sizes
 * @property {number} few Members of a small organization; at least four.
 * @property {number} many Members, groups and invitations of a large one; at
 *   least twice as many as `memberships`.
 * @property {number} memberships Of one user. At least a hundred.
 * @property {number} subtree Groups that are moved together.
 * @property {number} rounds Of timed calls.
 *
 * @typedef {object} GroupFigures
 * @property {Sizes} sizes
 * @property {import("./growth.mjs").Case[]} growth
 * @property {import("./pages.mjs").PageCost[]} pages
 * @property {import("./removals.mjs").Removal} organization
 * @property {import("./removals.mjs").Removal} user
 * @property {import("../operations/recorder.mjs").OperationCost} moveOne
 * @property {import("../operations/recorder.mjs").OperationCost} moveMany
 * @property {number} bareDeletion Milliseconds per row.
 */

/**
 * @param {import("../operations/recorder.mjs").OperationRecorder} recorder
 * @param {Sizes} sizes
 * @returns {Promise<GroupFigures>}
 */
export async function measureGroupsOnce(recorder, sizes) {
  const { few, many, memberships, subtree, rounds } = sizes;
  const small = startBackend(recorder);
  const smallTree = await plantTree(
    small.seed,
    await small.seed.users("member", few),
    0,
  );
  const large = startBackend(recorder);
  const userIds = await large.seed.users("member", many);
  const tree = await plantTree(large.seed, userIds, memberships);
  const growth = await measureGrowth(
    recorder,
    [
      { members: few, backend: small, tree: smallTree },
      { members: many, backend: large, tree },
    ],
    rounds,
  );

  const { organizationId, busyId } = tree;
  await large.seed.invites(organizationId, many);
  const others = many - memberships - 1;
  await large.seed.groups(
    numbers(others).map((number) => ({ name: `Group ${number}` })),
  );
  const lists = longLists(large, {
    organizationId,
    rows: many,
    roots: many,
    groups: many + tree.levels.length,
    busyId,
    memberships: memberships + 1,
  });
  const pages = await measurePages(recorder, lists, Math.ceil(rounds / 2));

  return {
    sizes,
    growth,
    pages,
    moveOne: await measureMove(recorder, large, 1),
    moveMany: await measureMove(recorder, large, subtree),
    user: await measureUserRemoval(recorder, large, {
      userId: busyId,
      memberships: memberships + 1,
      groupId: tree.otherGroupIds[0],
    }),
    organization: await measureOrganizationRemoval(recorder, large, userIds),
    bareDeletion: await measureBareDeletion(large, Math.ceil(many / 10)),
  };
}
