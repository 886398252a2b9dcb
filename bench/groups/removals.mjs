/**
 * What removing much takes: how many transactions, how large the largest is,
 * and whether what is removed is gone with the first.
 */
import { anyApi } from "convex/server";
import { startClock } from "../interleave.mjs";
import { count } from "../report/format.mjs";
import { holdScheduled } from "./scheduled.mjs";
import { numbers } from "./seed.mjs";

/**
 * @typedef {import("../operations/recorder.mjs").OperationCost} OperationCost
 *
 * @typedef {object} Removal
 * @property {string} label
 * @property {OperationCost} first The transaction that the app waits for.
 * @property {OperationCost} batches What follows.
 * @property {number} milliseconds All of it.
 * @property {boolean} isInvisible Whether nothing of it was to be seen after
 *   the first transaction.
 */

/**
 * @param {import("../operations/recorder.mjs").OperationRecorder} recorder
 * @param {import("./backend.mjs").Backend} backend
 * @param {{ label: string, remove: () => Promise<unknown>, isGone: () =>
 *   Promise<boolean>, status: () => Promise<{ state: string } | null>,
 *   left: () => Promise<number> }} removal
 * @returns {Promise<Removal>}
 */
async function measureRemoval(recorder, { app }, removal) {
  /** @type {OperationCost} */
  let first;
  const firstElapsed = startClock();
  const letGo = await holdScheduled(app, async () => {
    first = await recorder.record(removal.remove);
  });
  const firstTime = firstElapsed();
  const isInvisible = await removal.isGone();
  const restElapsed = startClock();
  const batches = await recorder.record(letGo);
  const milliseconds = firstTime + restElapsed();
  const status = await removal.status();
  if (status !== null && status.state !== "done") {
    throw new Error(`${removal.label}: it is ${status.state} in the end`);
  }
  const left = await removal.left();
  if (left > 0) throw new Error(`${removal.label}: ${left} rows are left`);
  return { label: removal.label, first, batches, milliseconds, isInvisible };
}

/**
 * An organization with teams, deleted by its owner.
 *
 * @param {import("../operations/recorder.mjs").OperationRecorder} recorder
 * @param {import("./backend.mjs").Backend} backend
 * @param {string[]} userIds One for each member: six in ten in the
 *   organization, the others in forty teams.
 * @returns {Promise<Removal>}
 */
export async function measureOrganizationRemoval(recorder, backend, userIds) {
  const { app, seed } = backend;
  const [groupId] = await seed.groups([
    { name: "Doomed", slug: "doomed", height: 1 },
  ]);
  const teamIds = await seed.groups(
    numbers(40).map((number) => ({
      ...{ name: `Team ${number}`, slug: `team-${number}`, type: "team" },
      parentGroupId: groupId,
    })),
  );
  const [ownerId] = await seed.users("doomed-owner", 1);
  const above = Math.floor(userIds.length * 0.6);
  await seed.members([
    { groupId, userId: ownerId, role: "owner" },
    ...userIds.map((userId, index) => ({
      groupId: index < above ? groupId : teamIds[index % teamIds.length],
      userId,
    })),
  ]);
  const pending = Math.floor(userIds.length / 100);
  await seed.invites(groupId, pending);

  const { groups } = anyApi;
  const size = count(userIds.length);
  return measureRemoval(recorder, backend, {
    label: `delete an organization with ${size} members and 40 teams`,
    remove: () =>
      app.mutation(groups.remove, { groupId, actorUserId: ownerId }),
    isGone: async () => {
      const options = { limit: 1, cursor: null };
      const inTeam = { userId: userIds.at(-1), groupId: teamIds[0] };
      const found = [
        await app.query(groups.get, { groupId }),
        await app.query(groups.get, { groupId: teamIds[0] }),
        (await app.query(groups.inherit, inTeam)).membership,
        (await app.query(groups.inherit, { userId: ownerId, groupId }))
          .membership,
        ...(await app.query(groups.members, { groupId, ...options })).items,
        ...(await app.query(groups.invites, { groupId, ...options })).items,
      ];
      const allowed = await app.query(groups.mayAddMember, {
        userId: ownerId,
        groupId,
      });
      return !allowed && found.every((row) => row === null);
    },
    status: () => app.query(groups.removal, { subject: "group", id: groupId }),
    left: () => countLeft(seed, [groupId, ...teamIds]),
  });
}

/**
 * Somebody with many memberships, removed by the app.
 *
 * @param {import("../operations/recorder.mjs").OperationRecorder} recorder
 * @param {import("./backend.mjs").Backend} backend
 * @param {string} userId
 * @param {number} memberships
 * @returns {Promise<Removal>}
 */
export async function measureUserRemoval(
  recorder,
  backend,
  { userId, memberships, groupId },
) {
  const { app } = backend;
  const { groups } = anyApi;
  return measureRemoval(recorder, backend, {
    label: `remove a user with ${count(memberships)} memberships`,
    remove: () => app.mutation(groups.removeUser, { userId }),
    isGone: async () => {
      const { membership } = await app.query(groups.inherit, {
        userId,
        groupId,
      });
      const { items } = await app.query(groups.membershipsOf, {
        userId,
        limit: 1,
        cursor: null,
      });
      return membership === null && items.length === 0;
    },
    status: () => app.query(groups.removal, { subject: "user", id: userId }),
    left: () =>
      app.runInComponent("auth", async (ctx) => {
        const rows = await ctx.db
          .query("GroupMember")
          .withIndex("userId", (q) => q.eq("userId", userId))
          .take(1);
        return rows.length;
      }),
  });
}

/**
 * @param {import("./seed.mjs").Seed} seed
 * @param {string[]} groupIds
 * @returns {Promise<number>} How many rows of these groups are still stored;
 *   of many rows of a table, one counts.
 */
async function countLeft(seed, groupIds) {
  const found = await seed.each(groupIds, async (ctx, groupId) => {
    let left = (await ctx.db.get("Group", groupId)) === null ? 0 : 1;
    for (const table of ["GroupMember", "GroupInvite", "GroupCount"]) {
      const rows = await ctx.db
        .query(table)
        .withIndex("groupId", (q) => q.eq("groupId", groupId))
        .take(1);
      left += rows.length;
    }
    for (const holder of ["member", "invite"]) {
      const rows = await ctx.db
        .query("GroupRoleAssignment")
        .withIndex("holder_groupId_role_holderTime", (q) =>
          q.eq("holder", holder).eq("groupId", groupId),
        )
        .take(1);
      left += rows.length;
    }
    return left;
  });
  return found.reduce((sum, left) => sum + left, 0);
}

/**
 * The time that the engine itself takes to read and delete rows, in batches,
 * for the times of removals to be seen against.
 *
 * @param {import("./backend.mjs").Backend} backend
 * @param {number} rows
 * @returns {Promise<number>} Milliseconds for each row.
 */
export async function measureBareDeletion({ app, plain }, rows) {
  const [groupId] = await plain.each(["Doomed"], (ctx, name) =>
    ctx.db.insert("group", { name }),
  );
  await plain.each(numbers(rows), (ctx, number) =>
    ctx.db.insert("member", {
      ...{ groupId, userId: `user ${number}` },
      ...{ role: "member", status: "active" },
    }),
  );
  const elapsed = startClock();
  for (let left = rows; left > 0;) {
    left -= await app.mutation(anyApi.steps.removeMembers, {
      groupId,
      limit: 200,
    });
  }
  return elapsed() / rows;
}

/**
 * A group with many groups right below, deleted by the app. Each of these has
 * rows in other tables, so that it is the index ranges that add up.
 *
 * @param {import("../operations/recorder.mjs").OperationRecorder} recorder
 * @param {import("./backend.mjs").Backend} backend
 * @param {number} size How many groups are below.
 * @returns {Promise<Removal>}
 */
export async function measureTreeRemoval(recorder, backend, size) {
  const { app, seed } = backend;
  const { parentId, childIds } = await plantWideTree(seed, "Wide", size);
  const { groups } = anyApi;
  return measureRemoval(recorder, backend, {
    label: `delete a group with ${count(size)} groups below`,
    remove: () => app.mutation(groups.remove, { groupId: parentId }),
    isGone: async () =>
      (await app.query(groups.get, { groupId: parentId })) === null &&
      (await app.query(groups.get, { groupId: childIds.at(-1) })) === null,
    status: () => app.query(groups.removal, { subject: "group", id: parentId }),
    left: () => countLeft(seed, [parentId, ...childIds]),
  });
}

/**
 * @typedef {object} WideTree An organization with two groups right below.
 * @property {string} parentId The group that has the others below.
 * @property {string} otherId The group that has none.
 * @property {string[]} childIds Each with a label.
 *
 * @param {import("./seed.mjs").Seed} seed
 * @param {string} name
 * @param {number} size How many groups are below the one.
 * @returns {Promise<WideTree>}
 */
export async function plantWideTree(seed, name, size) {
  const [organizationId] = await seed.groups([{ name, height: 2 }]);
  const [parentId, otherId] = await seed.groups([
    { name: "From", parentGroupId: organizationId, height: 1 },
    { name: "To", parentGroupId: organizationId },
  ]);
  const childIds = await seed.groups(
    numbers(size).map((number) => ({
      name: `Below ${number}`,
      parentGroupId: parentId,
      tags: [{ key: "plan", value: "free" }],
    })),
  );
  return { parentId, otherId, childIds };
}

/**
 * A group, with all groups below, moved below another group of its
 * organization.
 *
 * @param {import("../operations/recorder.mjs").OperationRecorder} recorder
 * @param {import("./backend.mjs").Backend} backend
 * @param {WideTree} tree
 * @returns {Promise<OperationCost>}
 */
export async function measureMove(recorder, { app }, { parentId, otherId }) {
  return recorder.record(() =>
    app.mutation(anyApi.groups.move, {
      groupId: parentId,
      parentGroupId: otherId,
    }),
  );
}
