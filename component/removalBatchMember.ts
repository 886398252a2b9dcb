/** Removing a user from an organization and all below it. */
import { groupMemberTable } from "../schema/groupMemberTable.js";
import type { Doc } from "./_generated/dataModel.js";
import type { MutationCtx } from "./_generated/server.js";
import { GroupTree } from "./lineage.js";
import { deleteMembers, findMember } from "./memberRows.js";
import { pagesOf, readPage } from "./page.js";
import { MAX_BYTES, type RemovalBatch } from "./removalBatch.js";

/**
 * The most memberships that one transaction looks at to see whether they are
 * below an organization: each may be 32 levels below.
 */
const MAX_PLACES = 50;

/**
 * Removes the memberships of a user below an organization that the user was
 * removed from. The membership in the organization itself, which bars the user
 * from all of them meanwhile, goes last.
 */
export async function removeMemberBatch(
  ctx: MutationCtx,
  { subjectId, cursor }: Doc<"RemovalJob">,
): Promise<RemovalBatch> {
  const barring = await findMember(ctx, subjectId);
  if (barring === null) {
    return { isDone: true };
  }
  const { userId, groupId } = barring;
  const memberships = pagesOf(ctx.db, { GroupMember: groupMemberTable })
    .query("GroupMember")
    .withIndex("userId", (q) => q.eq("userId", userId));
  const { items, nextCursor } = await readPage(
    memberships,
    {
      limit: MAX_PLACES,
      cursor: cursor ?? null,
      maximumBytesRead: MAX_BYTES,
    },
    { prefix: [userId], fields: 0 },
  );
  const tree = new GroupTree(ctx);
  const below: Doc<"GroupMember">[] = [];
  for (const membership of items) {
    const isBelow =
      membership.groupId !== groupId &&
      (await tree.lineageIds(membership.groupId)).includes(groupId);
    if (isBelow) {
      below.push(membership);
    }
  }
  const isDone = nextCursor === null;
  const removed = isDone ? [...below, barring] : below;
  await deleteMembers(ctx, removed);
  return {
    isDone,
    members: removed.length,
    newMembers: removed.length,
    ...(nextCursor === null ? {} : { cursor: nextCursor }),
  };
}
