import { ConvexError } from "convex/values";
import type { ComponentApi } from "../component/_generated/component.js";
import type { Actor } from "./actor.js";
import type { AuthContext, MutationContext, QueryContext } from "./context.js";
import type {
  RemovalProgress,
  UserDocument,
  UserProfile,
} from "./documents.js";
import { presentedKey } from "./http/presentedKey.js";
import {
  readIdentity,
  requireIdentity,
  type SessionIdentity,
} from "./identity.js";
import type { keyMethods } from "./key.js";
import { type Page, pageArguments, type PageOptions } from "./page.js";
import { checkProfile } from "./profile.js";
import {
  askById,
  askWith,
  type Query,
  type AskById,
  type AskWith,
} from "./methods.js";
import { accepted, invalid, mutate, refuse } from "./refuse.js";
import type { AuthSettings } from "./settings.js";
import { checkFields } from "./shape.js";
import { type ActorContext, freshnessArguments } from "./stepUp.js";

/** Which users to list. Conditions hold together; none means all. */
type UserFilter = {
  email?: string;
  phone?: string;
  name?: string;
  isAnonymous?: boolean;
};

/** By what a list of users may be ordered. */
type UserOrder = "_creationTime" | "name" | "email" | "phone";

const ORDERS: readonly string[] = ["_creationTime", "name", "email", "phone"];

/** `auth.user`: people. */
export function userMethods(
  component: ComponentApi,
  config: AuthSettings,
  auth: { readonly key: ReturnType<typeof keyMethods> },
) {
  /** The owner of the key of a request, if it has one that works. */
  const ofKey = async (ctx: QueryContext, request: Request) => {
    const raw = presentedKey(request, config.keys?.headers);
    if (raw === null) {
      return null;
    }
    try {
      return (await auth.key.verify(ctx, raw)).userId ?? null;
    } catch (error) {
      if (error instanceof ConvexError) {
        return null;
      }
      throw error;
    }
  };
  /** The caller, of the session or, with a request, of its API key. */
  async function current(ctx: AuthContext): Promise<string | null>;
  async function current(
    ctx: AuthContext & QueryContext,
    request?: Request,
  ): Promise<string | null>;
  async function current(
    ctx: AuthContext & Partial<QueryContext>,
    request?: Request,
  ): Promise<string | null> {
    if (request === undefined) {
      return (await readIdentity(ctx))?.userId ?? null;
    }
    // Convex takes what stands in `Authorization` for a token, and throws here
    // when it is none, such as a key.
    const identity = await readIdentity(ctx).catch(() => null);
    return identity?.userId ?? (await ofKey(ctx as QueryContext, request));
  }
  return {
    /**
     * The caller's user id, or `null`. It is read from the access token, which
     * Convex has verified: no component call, no database read. A session that
     * was ended is noticed when its token expires; where that is too late, use
     * `auth.session.require`.
     *
     * In an HTTP action, `request` lets the user's API key count where nobody
     * is signed in; its use is counted. One that does not work, and one of a
     * group, give `null`.
     */
    current,

    /**
     * The caller's user id, read like `current`.
     *
     * @throws `NOT_SIGNED_IN`, `SECOND_FACTOR_ENROLLMENT_REQUIRED` when the
     *   caller has to set up a second factor first
     */
    async require(
      ctx: AuthContext & Partial<QueryContext>,
      request?: Request,
    ): Promise<string> {
      const userId = await current(ctx as AuthContext & QueryContext, request);
      return userId ?? (await requireUser(ctx, request));
    },

    /**
     * The caller, who has to be an administrator of the app, after a look at
     * the session's row.
     *
     * @throws `NOT_SIGNED_IN`, `SECOND_FACTOR_ENROLLMENT_REQUIRED`, `FORBIDDEN`
     */
    async requireAdmin(
      ctx: AuthContext & QueryContext,
    ): Promise<SessionIdentity> {
      const identity = await requireIdentity(ctx);
      accepted(await ctx.runQuery(component.userRole.check, identity));
      return identity;
    },

    /** A user, or `null` if there is none with this id. */
    async get(ctx: QueryContext, userId: string): Promise<UserDocument | null> {
      return await ctx.runQuery(component.user.read.get, { userId });
    },

    /**
     * The caller's user, or `null` when nobody is signed in or the session has
     * ended. Live: a query that uses it runs again when the session ends.
     */
    async viewer(
      ctx: AuthContext & QueryContext,
    ): Promise<UserDocument | null> {
      const identity = await readIdentity(ctx);
      return identity === null
        ? null
        : await ctx.runQuery(component.user.read.viewer, identity);
    },

    /**
     * Users, in pages.
     *
     * @throws `INVALID_PARAMETERS` for an order that is not supported: with a
     *   condition, users come in the order of creation.
     */
    async list(
      ctx: QueryContext,
      options: PageOptions & { where?: UserFilter; orderBy?: UserOrder } = {},
    ): Promise<Page<UserDocument>> {
      const { where = {}, orderBy = "_creationTime" } = options;
      const filter = Object.fromEntries(
        Object.entries(where).filter(([, value]) => value !== undefined),
      );
      const isOrdered = orderBy !== "_creationTime";
      if (
        !ORDERS.includes(orderBy) ||
        (isOrdered && Object.keys(filter).length > 0)
      ) {
        invalid(
          "users can be ordered by _creationTime, and without `where` by name, email or phone",
        );
      }
      return await ctx.runQuery(component.user.list.list, {
        where: filter,
        orderBy,
        ...pageArguments(options),
      });
    },

    /**
     * Changes fields of a user; the others stay as they are. A new address or
     * number is unproved.
     *
     * @throws `INVALID_PARAMETERS` for fields that are unknown or protected
     *   and for values out of shape, `INVALID_EMAIL`, `USER_NOT_FOUND`.
     */
    async patch(
      ctx: MutationContext,
      userId: string,
      data: UserProfile & { extend?: unknown },
    ): Promise<void> {
      checkProfile(data);
      await mutate(ctx, component.userPatch.apply, { userId, data });
    },

    /**
     * Removes a user with all sessions, accounts, codes and memberships. The
     * user is gone at once, whatever the size; the audit trail stays, without
     * addresses and devices.
     *
     * An actor removes themself, in a session in which they have proved a moment
     * ago who they are. Without one the app vouches for it.
     *
     * @param options.cascade `true` by default; `false` refuses to remove a
     *   user who has sessions, accounts or memberships.
     * @throws `USER_NOT_FOUND`, `USER_HAS_LINKED_RECORDS`, `LAST_OWNER` when an
     *   organization would be without an owner; with an actor also
     *   `NOT_SIGNED_IN`, `STEP_UP_REQUIRED`, `FORBIDDEN`, `INVALID_PARAMETERS`
     */
    async remove(
      ctx: MutationContext & ActorContext,
      userId: string,
      options: Actor & { cascade?: boolean } = {},
    ): Promise<void> {
      checkFields(options, "cascade?: boolean, actorUserId?: actor");
      const { cascade = true, actorUserId = userId } = options;
      const asked = await freshnessArguments(
        ...([ctx, config, "removeUser", options] as const),
      );
      if (actorUserId !== userId) {
        refuse("FORBIDDEN", "an actor can remove nobody but themself");
      }
      await mutate(ctx, component.removal.removeUser, {
        userId,
        cascade,
        ...asked,
      });
    },

    /**
     * How far the removal of a user's memberships is; `null` if there is none,
     * which is so where they were few enough to go at once, or it ended more
     * than a week ago.
     *
     * @throws `INVALID_PARAMETERS`
     */
    removalStatus: askById(
      component.removalJob.status,
      "subjectId",
      "userId",
    ) as AskById<RemovalProgress | null>,

    /**
     * Selects a group for a user, or none with `null`. Functions of
     * `convex-gatehouse/functions` that are called without a group use it.
     *
     * @throws `FORBIDDEN` when the user is not a member,
     *   `SECOND_FACTOR_REQUIRED`, `GROUP_NOT_FOUND`, `USER_NOT_FOUND`,
     *   `INVALID_PARAMETERS`
     */
    async setActiveGroup(
      ctx: MutationContext,
      options: { userId: string; groupId: string | null },
    ): Promise<void> {
      checkFields(options, "userId, groupId: text|null");
      await mutate(ctx, component.activeGroup.set, options);
    },

    /**
     * The group that a user has selected; `null` if there is none, or the user
     * is no longer a member of it.
     *
     * @throws `INVALID_PARAMETERS`
     */
    getActiveGroup: askWith(
      component.activeGroup.get as Query<{ userId: string }, string | null>,
      "userId",
    ) as AskWith<{ userId: string }, string | null>,

    /**
     * Makes a user an administrator of the app, or takes that away with `null`.
     * It gives no rights in groups; `adminQuery` and `adminMutation` of
     * `convex-gatehouse/functions` ask for it.
     *
     * @throws `USER_NOT_FOUND`, `INVALID_PARAMETERS`
     */
    async setRole(
      ctx: MutationContext,
      options: { userId: string; role: "admin" | null },
    ): Promise<void> {
      checkFields(options, "userId, role: admin|null");
      await mutate(ctx, component.userRole.set, options);
    },
  };
}

/** Says why a call has no user. */
async function requireUser(
  ctx: AuthContext,
  request: Request | undefined,
): Promise<string> {
  if (request === undefined) {
    return (await requireIdentity(ctx)).userId;
  }
  refuse("NOT_SIGNED_IN", "you are not signed in");
}
