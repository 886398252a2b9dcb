import type { ComponentApi } from "../component/_generated/component.js";
import type { Actor } from "./actor.js";
import type { MutationContext } from "./context.js";
import type { TotpDocument } from "./documents.js";
import { askWith, type Query, type AskWith } from "./methods.js";
import { mutate } from "./refuse.js";
import type { AuthSettings } from "./settings.js";
import { checkValue } from "./shape.js";
import { type ActorContext, factorActorArguments } from "./stepUp.js";

/** `auth.totp`: the authenticator apps of users. */
export function totpMethods(component: ComponentApi, config: AuthSettings) {
  return {
    /**
     * The authenticator apps of a user, oldest first, without their secrets.
     *
     * @throws `INVALID_PARAMETERS`
     */
    list: askWith(
      component.totp.list as Query<{ userId: string }, TotpDocument[]>,
      "userId",
    ) as AskWith<{ userId: string }, TotpDocument[]>,

    /**
     * Removes an authenticator app. An actor removes their own, in a session in
     * which they have proved a moment ago who they are.
     *
     * @throws `TOTP_NOT_FOUND`, `LAST_SECOND_FACTOR` when the user needs one,
     *   `INVALID_PARAMETERS`; with an actor also `NOT_SIGNED_IN`,
     *   `STEP_UP_REQUIRED`
     */
    async remove(
      this: void,
      ctx: MutationContext & ActorContext,
      totpId: string,
      actor: Actor = {},
    ): Promise<void> {
      checkValue("totpId", totpId);
      const asked = await factorActorArguments(ctx, config, actor);
      await mutate(ctx, component.totp.remove, { totpId, ...asked });
    },
  };
}
