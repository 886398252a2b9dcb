import type { ComponentApi } from "../component/_generated/component.js";
import type { Actor } from "./actor.js";
import type { MutationContext, QueryContext } from "./context.js";
import type { TotpDocument } from "./documents.js";
import { accepted } from "./refuse.js";
import type { AuthSettings } from "./settings.js";
import { checkFields, checkValue } from "./shape.js";
import { type ActorContext, factorActorArguments } from "./stepUp.js";

/** `auth.totp`: the authenticator apps of users. */
export function totpMethods(component: ComponentApi, config: AuthSettings) {
  return {
    /**
     * The authenticator apps of a user, oldest first, without their secrets.
     *
     * @throws `INVALID_PARAMETERS`
     */
    async list(
      ctx: QueryContext,
      options: { userId: string },
    ): Promise<TotpDocument[]> {
      checkFields("the question", options, { userId: "text" });
      return await ctx.runQuery(component.totp.list, options);
    },

    /**
     * Removes an authenticator app. An actor removes their own, in a session in
     * which they have proved a moment ago who they are.
     *
     * @throws `TOTP_NOT_FOUND`, `LAST_SECOND_FACTOR` when the user needs one,
     *   `INVALID_PARAMETERS`; with an actor also `NOT_SIGNED_IN`,
     *   `STEP_UP_REQUIRED`
     */
    async remove(
      ctx: MutationContext & ActorContext,
      totpId: string,
      actor: Actor = {},
    ): Promise<void> {
      checkValue("totpId", totpId, "text");
      const asked = await factorActorArguments(ctx, config, actor);
      accepted(
        await ctx.runMutation(component.totp.remove, { totpId, ...asked }),
      );
    },
  };
}
