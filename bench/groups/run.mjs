/**
 * One run through everything that is measured of groups.
 */
import { startBackend } from "./backend.mjs";
import { measureGrowth, plantTree } from "./growth.mjs";
import { longLists, measurePages } from "./pages.mjs";
import { measurePeers } from "./peers.mjs";
import {
  measureBareDeletion,
  measureMove,
  measureOrganizationRemoval,
  measureTreeRemoval,
  measureUserRemoval,
  plantWideTree,
} from "./removals.mjs";
import { numbers } from "./seed.mjs";

/**
 * @typedef {object} Sizes
 * @property {number} few Members of a small organization; at least four.
 * @property {number} many Members, groups and invitations of a large one; at
 *   least twice as many as `memberships`.
 * @property {number} crowd Members of the large organization with which
 *   peers are compared, which are slower to fill and to ask.
 * @property {number} memberships Of one user. At least a hundred.
 * @property {number} subtree Groups that are deleted together.
 * @property {number} rounds Of timed calls.
 *
 * @typedef {object} GroupFigures
 * @property {Sizes} sizes
 * @property {import("./growth.mjs").Case[]} growth
 * @property {import("./pages.mjs").PageCost[]} pages
 * @property {import("./peers.mjs").PeerCase[]} peers
 * @property {import("./removals.mjs").Removal} organization
 * @property {import("./removals.mjs").Removal} subtree
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
  const { few, many, crowd, memberships, subtree, rounds } = sizes;
  const peers = await measurePeers(
    recorder,
    [few, crowd],
    Math.ceil(rounds / 3),
  );
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
  // With this one and the organization, there are as many roots as rows.
  const wide = await plantWideTree(large.seed, "Moving", many);
  const others = many - memberships - 2;
  await large.seed.groups(
    numbers(others).map((number) => ({ name: `Group ${number}` })),
  );
  const lists = longLists(large, {
    organizationId,
    parentId: wide.parentId,
    rows: many,
    roots: many,
    busyId,
    memberships: memberships + 1,
  });
  const pages = await measurePages(recorder, lists, Math.ceil(rounds / 2));

  return {
    sizes,
    growth,
    pages,
    peers,
    moveOne: await measureMove(
      recorder,
      large,
      await plantWideTree(large.seed, "Moving", 1),
    ),
    moveMany: await measureMove(recorder, large, wide),
    subtree: await measureTreeRemoval(recorder, large, subtree),
    user: await measureUserRemoval(recorder, large, {
      userId: busyId,
      memberships: memberships + 1,
      groupId: tree.otherGroupIds[0],
    }),
    organization: await measureOrganizationRemoval(recorder, large, userIds),
    bareDeletion: await measureBareDeletion(large, Math.ceil(many / 10)),
  };
}
