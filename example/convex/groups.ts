import { v } from "convex/values";
import { auth } from "./auth";
import { authMutation, authQuery } from "./functions";
import { permissionsValidator } from "./permissions";

/** How many groups one level of the tree shows. */
const SHOWN = 100;

/** How many places a group can be moved to, at most. */
const MAX_PLACES = 200;

/** A group as the tree shows it. */
const groupNode = v.object({
  _id: v.string(),
  name: v.string(),
  type: v.optional(v.string()),
  hasChildren: v.boolean(),
});

/** The groups right below a group. */
export const listChildren = authQuery({
  permissions: "member",
  args: {},
  returns: v.object({ items: v.array(groupNode), hasMore: v.boolean() }),
  handler: async (ctx) => {
    const { items, nextCursor } = await auth.group.list(ctx, {
      where: { parentGroupId: ctx.groupId },
      orderBy: "name",
      order: "asc",
      limit: SHOWN,
    });
    return {
      items: items.map(({ _id, name, type, height }) => ({
        ...{ _id, name, type },
        hasChildren: height > 0,
      })),
      hasMore: nextCursor !== null,
    };
  },
});

/**
 * A group below an organization, with the groups above it and what the caller
 * may do there; `null` when it is gone, or not the caller's to see.
 */
export const get = authQuery({
  permissions: "signedIn",
  args: { groupId: v.string() },
  returns: v.union(
    v.object({
      _id: v.string(),
      name: v.string(),
      type: v.optional(v.string()),
      parentGroupId: v.optional(v.string()),
      hasChildren: v.boolean(),
      members: v.number(),
      /** From the organization down to the group above. */
      above: v.array(v.object({ _id: v.string(), name: v.string() })),
      roles: v.array(v.string()),
      permissions: permissionsValidator,
    }),
    v.null(),
  ),
  handler: async (ctx, { groupId }) => {
    const { userId } = ctx;
    const group = await auth.group.get(ctx, groupId);
    if (group === null) {
      return null;
    }
    const [{ ancestors }, counts, { roles, permissions }] = await Promise.all([
      auth.group.ancestors(ctx, { groupId }),
      auth.group.counts(ctx, groupId),
      auth.permission.list(ctx, { userId, groupId }),
    ]);
    if (roles.length === 0) {
      return null;
    }
    const { _id, name, type, parentGroupId, height } = group;
    return {
      ...{ _id, name, type, parentGroupId, roles, permissions },
      hasChildren: height > 0,
      members: counts?.members ?? 0,
      above: ancestors
        .map((ancestor) => ({ _id: ancestor._id, name: ancestor.name }))
        .reverse(),
    };
  },
});

/** Puts a group below another one. */
export const create = authMutation({
  permissions: { team: ["create"] },
  args: { name: v.string(), type: v.string() },
  returns: v.string(),
  handler: async (ctx, { name, type }) =>
    await auth.group.create(ctx, {
      ...{ name, type, parentGroupId: ctx.groupId },
      actorUserId: ctx.userId,
    }),
});

/** Renames a group. */
export const rename = authMutation({
  permissions: { team: ["update"] },
  args: { name: v.string() },
  returns: v.null(),
  handler: async (ctx, { name }) => {
    const actor = { actorUserId: ctx.userId };
    await auth.group.update(ctx, ctx.groupId, { name }, actor);
    return null;
  },
});

/** Moves a group, with all below it, under another one. */
export const move = authMutation({
  permissions: { team: ["update"] },
  args: { parentGroupId: v.string() },
  returns: v.null(),
  handler: async (ctx, { parentGroupId }) => {
    const actor = { actorUserId: ctx.userId };
    await auth.group.update(ctx, ctx.groupId, { parentGroupId }, actor);
    return null;
  },
});

/**
 * Where a group can be moved to: its organization and all groups below that,
 * but not the group itself nor what is below it. Large organizations are cut
 * off; a real app would offer a search.
 */
export const listPlaces = authQuery({
  permissions: "member",
  args: { movingGroupId: v.string() },
  returns: v.array(
    v.object({ _id: v.string(), name: v.string(), depth: v.number() }),
  ),
  handler: async (ctx, { movingGroupId }) => {
    const places: { _id: string; name: string; depth: number }[] = [];
    const visit = async (groupId: string, name: string, depth: number) => {
      places.push({ _id: groupId, name, depth });
      const { items } = await auth.group.list(ctx, {
        where: { parentGroupId: groupId },
        orderBy: "name",
        order: "asc",
        limit: SHOWN,
      });
      for (const child of items) {
        if (child._id !== movingGroupId && places.length < MAX_PLACES) {
          await visit(child._id, child.name, depth + 1);
        }
      }
    };
    const organization = await auth.group.get(ctx, ctx.groupId);
    if (organization !== null) {
      await visit(organization._id, organization.name, 0);
    }
    return places;
  },
});
