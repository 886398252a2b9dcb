import type { ComponentApi } from "../component/_generated/component.js";
import type { AuthContext, MutationContext, QueryContext } from "./context.js";
import type { SessionDocument } from "./documents.js";
import {
  readIdentity,
  requireIdentity,
  type SessionIdentity,
} from "./identity.js";
import { type Page, pageArguments, type PageOptions } from "./page.js";
import { accepted, invalid, refuse } from "./refuse.js";
import { secondFactorArguments } from "./secondFactorConfig.js";
import type { AuthSettings } from "./settings.js";
import { checkFields } from "./shape.js";
import { stepUpArguments } from "./stepUp.js";

/** How fresh a session has to be. */
export type Freshness = {
  /** How many seconds old a proof may be: `stepUp.maxAge`, or 300. */
  maxAge?: number;
  /**
   * How many factors were proved: with 1, which is the default, two of who has
   * two, and one of who has one. With 2, who has one is refused with
   * `SECOND_FACTOR_ENROLLMENT_REQUIRED`.
   */
  factors?: 1 | 2;
};

/** `auth.session`: signed-in devices. */
export function sessionMethods(component: ComponentApi, config: AuthSettings) {
  return {
    /** The id of the caller's session, read from the access token, or `null`. */
    async current(ctx: AuthContext): Promise<string | null> {
      return (await readIdentity(ctx))?.sessionId ?? null;
    },

    /**
     * The caller, after a look at the session's row: a session that was ended
     * is refused at once, and a query that uses this runs again when it ends.
     *
     * @throws `NOT_SIGNED_IN`, `SECOND_FACTOR_ENROLLMENT_REQUIRED`
     */
    async require(ctx: AuthContext & QueryContext): Promise<SessionIdentity> {
      const identity = await requireIdentity(ctx);
      if (!(await ctx.runQuery(component.session.live.isValid, identity))) {
        refuse("NOT_SIGNED_IN", "you are not signed in");
      }
      return identity;
    },

    /**
     * The caller, who has proved a moment ago who they are (RFC 9470). Ask for
     * it before what a thief of the session must not do.
     *
     * @throws `NOT_SIGNED_IN`, `SECOND_FACTOR_ENROLLMENT_REQUIRED`,
     *   `STEP_UP_REQUIRED` with `maxAge` (seconds) and `methods`: the second
     *   factors that prove enough; if there are none, the person signs in again.
     *   `INVALID_PARAMETERS`
     */
    async requireFresh(
      ctx: AuthContext & QueryContext,
      freshness: Freshness = {},
    ): Promise<SessionIdentity> {
      checkFields(freshness, "maxAge?: number, factors?: number");
      const { maxAge, factors } = freshness;
      if (factors !== undefined && factors !== 1 && factors !== 2) {
        invalid("`factors` must be 1 or 2");
      }
      const identity = await requireIdentity(ctx);
      accepted(
        await ctx.runQuery(component.sessionFresh.check, {
          ...identity,
          needsTwo: factors === 2,
          secondFactor: secondFactorArguments(config),
          stepUp: maxAge === undefined ? stepUpArguments(config) : { maxAge },
        }),
      );
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
      return await ctx.runQuery(component.session.live.get, { sessionId });
    },

    /** The sessions of a user that go on, newest first. */
    async list(
      ctx: QueryContext,
      { userId, ...options }: PageOptions & { userId: string },
    ): Promise<Page<SessionDocument>> {
      return await ctx.runQuery(component.session.list.list, {
        userId,
        ...pageArguments(options),
      });
    },

    /** Ends one session of a user. One that is over or foreign is left alone. */
    async revoke(
      ctx: MutationContext,
      { userId, sessionId }: SessionIdentity,
    ): Promise<void> {
      await ctx.runMutation(component.session.end.revoke, {
        userId,
        sessionId,
      });
    },

    /** Ends all sessions of a user but those in `except`. */
    async invalidate(
      ctx: MutationContext,
      { userId, except = [] }: { userId: string; except?: string[] },
    ): Promise<void> {
      await ctx.runMutation(component.session.end.invalidate, {
        userId,
        except,
      });
    },
  };
}
