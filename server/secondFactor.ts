import type { ComponentApi } from "../component/_generated/component.js";
import type { Actor } from "./actor.js";
import type { MutationContext } from "./context.js";
import type { SecondFactorStatus } from "./documents.js";
import { askWith, type Query, type AskWith } from "./methods.js";
import { mutate } from "./refuse.js";
import type { AuthSettings } from "./settings.js";
import { checkFields, checkValue } from "./shape.js";
import { type ActorContext, factorActorArguments } from "./stepUp.js";

/** `auth.secondFactor`: what users prove besides the first factor. */
export function secondFactorMethods(
  component: ComponentApi,
  config: AuthSettings,
) {
  return {
    /**
     * What a user has set up, in one query: since when, authenticator apps,
     * addresses for codes, how many recovery codes are left, and the browsers
     * that are trusted.
     *
     * @throws `INVALID_PARAMETERS`
     */
    get: askWith(
      component.secondFactor.status as Query<
        { userId: string },
        SecondFactorStatus
      >,
      "userId",
    ) as AskWith<{ userId: string }, SecondFactorStatus>,

    /**
     * Removes an address or number to which codes are sent. An actor removes
     * their own, in a session in which they have proved a moment ago who they
     * are.
     *
     * @throws `CODE_FACTOR_NOT_FOUND`, `LAST_SECOND_FACTOR` when the user needs
     *   one, `INVALID_PARAMETERS`; with an actor also `NOT_SIGNED_IN`,
     *   `STEP_UP_REQUIRED`
     */
    async removeCode(
      ctx: MutationContext & ActorContext,
      codeFactorId: string,
      actor: Actor = {},
    ): Promise<void> {
      checkValue("codeFactorId", codeFactorId);
      const asked = await factorActorArguments(ctx, config, actor);
      await mutate(ctx, component.codeFactor.remove, {
        codeFactorId,
        ...asked,
      });
    },

    /**
     * Ends the trust in one browser of a user. One that is not there, or another
     * user's, is left alone.
     *
     * @throws `INVALID_PARAMETERS`
     */
    async removeTrustedDevice(
      ctx: MutationContext,
      options: { userId: string; trustedDeviceId: string },
    ): Promise<void> {
      checkFields(options, "userId, trustedDeviceId");
      await ctx.runMutation(component.trustedDevice.remove, options);
    },

    /**
     * Ends the trust in all browsers of a user: each is asked for the second
     * factor at the next sign-in.
     *
     * @throws `INVALID_PARAMETERS`
     */
    async removeTrustedDevices(
      ctx: MutationContext,
      options: { userId: string },
    ): Promise<void> {
      checkFields(options, "userId");
      await ctx.runMutation(component.trustedDevice.remove, options);
    },
  };
}
