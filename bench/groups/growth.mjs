/**
 * What inheriting a membership and checking a permission cost as groups get
 * deeper, get more members, and as a user gets more memberships.
 */
import { anyApi } from "convex/server";
import { count } from "../report/format.mjs";
import { interleave, median, timed } from "../interleave.mjs";
import { numbers } from "./seed.mjs";

/** Levels between the group that is asked about and the organization. */
export const depths = [1, 5, 32];

const deepest = Math.max(...depths);

/**
 * @typedef {object} Tree An organization with groups one below the other.
 * @property {string} organizationId
 * @property {string[]} levels The ids of the groups below, the highest first.
 * @property {string} adminId Who has a built-in role in the organization.
 * @property {string} makerId Who has a role of the organization's own there.
 * @property {string} busyId Who is in the organization and in all others.
 * @property {string[]} otherGroupIds The other organizations.
 *
 * @typedef {object} Case
 * @property {string} id
 * @property {"inherit" | "permission"} table
 * @property {string} label
 * @property {number} depth
 * @property {() => Promise<unknown>} call
 * @property {import("../operations/recorder.mjs").OperationCost} [cost]
 * @property {number} [time] In milliseconds.
 */

/**
 * @param {import("./seed.mjs").Seed} seed
 * @param {string[]} userIds The members.
 * @param {number} elsewhere In how many other organizations a user is, too.
 * @returns {Promise<Tree>}
 */
export async function plantTree(seed, userIds, elsewhere) {
  const [organizationId] = await seed.groups([
    { name: "Organization", slug: "organization", height: deepest },
  ]);
  const levels = await seed.chain(organizationId, deepest);
  const roleId = await seed.role(organizationId, "maker", [
    { resource: "project", actions: ["create"] },
  ]);
  const [ownerId, adminId, makerId, busyId] = await seed.users("special", 4);
  const groupId = organizationId;
  await seed.members([
    { groupId, userId: ownerId, role: "owner" },
    { groupId, userId: adminId, role: "admin" },
    { groupId, userId: makerId, role: "maker", roleId },
    { groupId, userId: busyId },
    ...userIds.slice(4).map((userId) => ({ groupId, userId })),
  ]);
  // Each group below has members of its own, who are not asked about.
  const below = userIds.slice(0, Math.ceil(userIds.length / 100));
  await seed.members(
    levels.flatMap((level) =>
      below.map((userId) => ({ groupId: level, userId })),
    ),
  );
  const otherGroupIds = await seed.groups(
    numbers(elsewhere).map((number) => ({ name: `Other ${number}` })),
  );
  await seed.members(
    otherGroupIds.map((other) => ({ groupId: other, userId: busyId })),
  );
  return { organizationId, levels, adminId, makerId, busyId, otherGroupIds };
}

/**
 * The same groups, and the membership of one user, in the component that does
 * everything in single steps.
 *
 * @param {import("./seed.mjs").Seed} plain
 * @returns {Promise<{ organizationId: string, levels: string[] }>}
 */
async function plantPlainTree(plain) {
  const ids = [];
  for (const level of numbers(deepest + 1)) {
    const [id] = await plain.each([level], (ctx) =>
      ctx.db.insert("group", {
        name: `Level ${level}`,
        ...(level === 0 ? {} : { parentGroupId: ids.at(-1) }),
      }),
    );
    ids.push(id);
  }
  const [organizationId, ...levels] = ids;
  await plain.each([organizationId], (ctx, groupId) =>
    ctx.db.insert("member", {
      ...{ groupId, userId: "a user", role: "member", status: "active" },
    }),
  );
  return { organizationId, levels };
}

/**
 * @param {import("../operations/recorder.mjs").OperationRecorder} recorder
 * @param {{ members: number, backend: import("./backend.mjs").Backend, tree:
 *   Tree }[]} worlds The smallest first.
 * @param {number} rounds
 * @returns {Promise<Case[]>} Measured. The first is the unit of the times.
 */
export async function measureGrowth(recorder, worlds, rounds) {
  const { backend } = worlds[0];
  const plainTree = await plantPlainTree(backend.plain);
  const cases = [
    ...worlds.flatMap(treeCases),
    ...depths.map((depth) => ({
      id: `steps/${depth}`,
      table: "inherit",
      label: "single steps, a call of the component for each",
      depth,
      call: async () =>
        expectMatch(
          await backend.app.query(anyApi.steps.inherit, {
            userId: "a user",
            groupId: plainTree.levels[depth - 1],
          }),
          plainTree.organizationId,
          depth,
        ),
    })),
  ];
  for (const measured of cases) {
    measured.cost = await recorder.record(measured.call);
  }
  const samples = await interleave(
    cases.map(({ id, call }) => timed(id, 3, call)),
    { rounds, warmUpRounds: Math.min(3, rounds) },
  );
  for (const measured of cases) {
    measured.time = median(samples.get(measured.id));
  }
  return cases;
}

/**
 * @param {{ members: number, backend: import("./backend.mjs").Backend, tree:
 *   Tree }} world
 * @returns {Case[]}
 */
function treeCases({ members, backend, tree }) {
  const size = count(members);
  const { organizationId, levels } = tree;
  /** @param {number} depth */
  const at = (depth, userId) => ({ userId, groupId: levels[depth - 1] });
  /** @param {number} depth */
  const inherit = (depth, userId) => async () =>
    expectMatch(
      await backend.app.query(anyApi.groups.inherit, at(depth, userId)),
      organizationId,
      depth,
    );
  /** @param {number} depth */
  const allowed = (query, depth, userId) => async () => {
    if (!(await backend.app.query(query, at(depth, userId)))) {
      throw new Error("The permission is not held");
    }
  };
  return depths.flatMap((depth) => [
    {
      id: `inherit/${members}/${depth}`,
      table: "inherit",
      label: `${size} members`,
      depth,
      call: inherit(depth, tree.adminId),
    },
    ...(tree.otherGroupIds.length === 0
      ? []
      : [
          {
            id: `inherit/${members}/${depth}/busy`,
            table: "inherit",
            label: `${size} members, user of ${count(tree.otherGroupIds.length)} groups`,
            depth,
            call: inherit(depth, tree.busyId),
          },
        ]),
    {
      id: `permission/${members}/${depth}/builtIn`,
      table: "permission",
      label: `${size} members, built-in role`,
      depth,
      call: allowed(anyApi.groups.mayAddMember, depth, tree.adminId),
    },
    {
      id: `permission/${members}/${depth}/custom`,
      table: "permission",
      label: `${size} members, the organization's own role`,
      depth,
      call: allowed(anyApi.groups.mayCreateProject, depth, tree.makerId),
    },
  ]);
}

/**
 * @param {{ matchedGroupId: string | null, depth: number | null }} found
 * @param {string} groupId
 * @param {number} depth
 */
function expectMatch(found, groupId, depth) {
  if (found.matchedGroupId !== groupId || found.depth !== depth) {
    throw new Error(`Another membership was inherited at depth ${depth}`);
  }
}
