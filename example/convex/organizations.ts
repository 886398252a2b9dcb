import { v } from "convex/values";
import { auth } from "./auth";
import { authMutation, authQuery } from "./functions";
import { permissionsValidator } from "./permissions";

/** How many organizations of one person are shown. */
const SHOWN = 100;

/** The organizations that the caller belongs to, oldest first. */
export const list = authQuery({
  permissions: "signedIn",
  args: {},
  returns: v.array(
    v.object({
      _id: v.string(),
      name: v.string(),
      slug: v.optional(v.string()),
      roles: v.array(v.string()),
      members: v.number(),
      isActive: v.boolean(),
    }),
  ),
  handler: async (ctx) => {
    const { userId } = ctx;
    const [{ items }, activeGroupId] = await Promise.all([
      auth.member.list(ctx, {
        where: { userId, status: "active" },
        order: "asc",
        limit: SHOWN,
      }),
      auth.user.getActiveGroup(ctx, { userId }),
    ]);
    const organizations = await Promise.all(
      items.map(async ({ groupId, roles }) => {
        const [group, counts] = await Promise.all([
          auth.group.get(ctx, groupId),
          auth.group.counts(ctx, groupId),
        ]);
        if (!group?.isRoot) {
          return [];
        }
        const { _id, name, slug } = group;
        const members = counts?.members ?? 0;
        const isActive = _id === activeGroupId;
        return [{ _id, name, slug, roles, members, isActive }];
      }),
    );
    return organizations.flat();
  },
});

/**
 * An organization, with what the caller may do there; `null` for who does not
 * belong to it. It does not throw, so that a page can say that it is over when
 * somebody is removed while looking at it.
 */
export const get = authQuery({
  permissions: "signedIn",
  args: { groupId: v.string() },
  returns: v.union(
    v.object({
      _id: v.string(),
      _creationTime: v.number(),
      name: v.string(),
      slug: v.optional(v.string()),
      height: v.number(),
      deletionProtection: v.boolean(),
      deletionGraceMs: v.number(),
      counts: v.object({
        members: v.number(),
        pendingInvites: v.number(),
        teams: v.number(),
        roles: v.number(),
      }),
      roles: v.array(v.string()),
      permissions: permissionsValidator,
      secondFactorRequired: v.boolean(),
    }),
    v.null(),
  ),
  handler: async (ctx, { groupId }) => {
    const { userId } = ctx;
    const [group, counts] = await Promise.all([
      auth.group.get(ctx, groupId),
      auth.group.counts(ctx, groupId),
    ]);
    if (group === null || !group.isRoot || counts === null) {
      return null;
    }
    const access = await auth.permission.list(ctx, { userId, groupId });
    const { roles, permissions, secondFactorRequired } = access;
    if (roles.length === 0 && !secondFactorRequired) {
      return null;
    }
    const { _id, _creationTime, name, slug, height, settings } = group;
    return {
      ...{ _id, _creationTime, name, slug, height, counts },
      ...{ roles, permissions, secondFactorRequired },
      deletionProtection: settings?.deletionProtection ?? false,
      deletionGraceMs: settings?.deletionGraceMs ?? 0,
    };
  },
});

/** Creates an organization, which the caller owns and goes on in. */
export const create = authMutation({
  permissions: "signedIn",
  args: { name: v.string(), slug: v.optional(v.string()) },
  returns: v.string(),
  handler: async (ctx, { name, slug }) => {
    const { userId } = ctx;
    const groupId = await auth.group.create(ctx, {
      ...{ name, actorUserId: userId },
      ...(slug === undefined ? {} : { slug }),
    });
    await auth.user.setActiveGroup(ctx, { userId, groupId });
    return groupId;
  },
});

/** Changes an organization's name, address or safety catches. */
export const update = authMutation({
  permissions: { organization: ["update"] },
  args: {
    name: v.optional(v.string()),
    slug: v.optional(v.union(v.string(), v.null())),
    deletionProtection: v.optional(v.boolean()),
    deletionGraceMs: v.optional(v.number()),
  },
  returns: v.null(),
  handler: async (ctx, changes) => {
    const { name, slug, deletionProtection, deletionGraceMs } = changes;
    // The core asks for `organization:security` where it is needed.
    const settings = {
      ...(deletionProtection === undefined ? {} : { deletionProtection }),
      ...(deletionGraceMs === undefined ? {} : { deletionGraceMs }),
    };
    const data = {
      ...(name === undefined ? {} : { name }),
      ...(slug === undefined ? {} : { slug }),
      ...(Object.keys(settings).length === 0 ? {} : { settings }),
    };
    const actor = { actorUserId: ctx.userId };
    await auth.group.update(ctx, ctx.groupId, data, actor);
    return null;
  },
});

/** Chooses the organization that the caller works in, or none. */
export const setActive = authMutation({
  permissions: "signedIn",
  args: { groupId: v.union(v.string(), v.null()) },
  returns: v.null(),
  handler: async (ctx, { groupId }) => {
    await auth.user.setActiveGroup(ctx, { userId: ctx.userId, groupId });
    return null;
  },
});

/**
 * The organizations that nobody but the caller owns, and which keep the account
 * from being deleted.
 */
export const listOwnedAlone = authQuery({
  permissions: "signedIn",
  args: {},
  returns: v.array(
    v.object({ _id: v.string(), name: v.string(), members: v.number() }),
  ),
  handler: async (ctx) => {
    const { userId } = ctx;
    const { items } = await auth.member.list(ctx, {
      where: { userId, role: "owner", status: "active" },
      limit: SHOWN,
    });
    const organizations = await Promise.all(
      items.map(async ({ groupId }) => {
        const [group, counts, owners] = await Promise.all([
          auth.group.get(ctx, groupId),
          auth.group.counts(ctx, groupId),
          auth.member.list(ctx, {
            where: { groupId, role: "owner", status: "active" },
            limit: 2,
          }),
        ]);
        if (group === null || !group.isRoot || owners.items.length > 1) {
          return [];
        }
        const { _id, name } = group;
        return [{ _id, name, members: counts?.members ?? 0 }];
      }),
    );
    return organizations.flat();
  },
});
