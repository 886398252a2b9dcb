import type { ComponentApi } from "../component/_generated/component.js";
import type { AuthContext, MutationContext, QueryContext } from "./context.js";
import type { SessionDocument } from "./documents.js";
import { readIdentity, type SessionIdentity } from "./identity.js";
import { type Page, pageArguments, type PageOptions } from "./page.js";
import { refuse } from "./refuse.js";

/** `auth.session`: signed-in devices. */
export function sessionMethods(component: ComponentApi) {
  return {
    /** The id of the caller's session, read from the access token, or `null`. */
    async current(ctx: AuthContext): Promise<string | null> {
      return (await readIdentity(ctx))?.sessionId ?? null;
    },

    /**
     * The caller, after a look at the session's row: a session that was ended
     * is refused at once, and a query that uses this runs again when it ends.
     *
     * @throws `NOT_SIGNED_IN`
     */
    async require(ctx: AuthContext & QueryContext): Promise<SessionIdentity> {
      const identity = await readIdentity(ctx);
      const goesOn =
        identity !== null &&
        (await ctx.runQuery(component.session.isValid, identity));
      if (!goesOn) {
        refuse("NOT_SIGNED_IN", "you are not signed in");
      }
      return identity;
    },

    /**
     * A session, or `null` when it was ended. Its `expirationTime` (milliseconds)
     * says until when it goes on by itself.
     */
    async get(
      ctx: QueryContext,
      sessionId: string,
    ): Promise<SessionDocument | null> {
      return await ctx.runQuery(component.session.get, { sessionId });
    },

    /** The sessions of a user that go on, newest first. */
    async list(
      ctx: QueryContext,
      { userId, ...options }: PageOptions & { userId: string },
    ): Promise<Page<SessionDocument>> {
      return await ctx.runQuery(component.session.list, {
        userId,
        ...pageArguments(options),
      });
    },

    /** Ends one session of a user. One that is over or foreign is left alone. */
    async revoke(
      ctx: MutationContext,
      { userId, sessionId }: SessionIdentity,
    ): Promise<void> {
      await ctx.runMutation(component.session.revoke, { userId, sessionId });
    },

    /** Ends all sessions of a user but those in `except`. */
    async invalidate(
      ctx: MutationContext,
      { userId, except = [] }: { userId: string; except?: string[] },
    ): Promise<void> {
      await ctx.runMutation(component.session.invalidate, { userId, except });
    },
  };
}
