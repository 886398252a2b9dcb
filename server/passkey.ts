import type { ComponentApi } from "../component/_generated/component.js";
import { type Actor, actorArguments } from "./actor.js";
import type { MutationContext } from "./context.js";
import type { PasskeyDocument } from "./documents.js";
import { askWith, type Query, type AskWith } from "./methods.js";
import { mutate } from "./refuse.js";
import type { AuthSettings } from "./settings.js";
import { checkValue } from "./shape.js";
import { type ActorContext, factorActorArguments } from "./stepUp.js";

/** `auth.passkey`: the passkeys of users. */
export function passkeyMethods(
  component: ComponentApi,
  settings: AuthSettings,
) {
  return {
    /**
     * The passkeys of a user, oldest first, without their keys.
     *
     * @throws `INVALID_PARAMETERS`
     */
    list: askWith(
      component.passkey.list as Query<{ userId: string }, PasskeyDocument[]>,
      "userId",
    ) as AskWith<{ userId: string }, PasskeyDocument[]>,

    /**
     * Gives a passkey another name, of up to 64 characters. An actor names
     * their own.
     *
     * @throws `PASSKEY_NOT_FOUND`, `INVALID_PARAMETERS`
     */
    async rename(
      this: void,
      ctx: MutationContext,
      passkeyId: string,
      name: string,
      actor: Actor = {},
    ): Promise<void> {
      checkValue("passkeyId", passkeyId);
      checkValue("name", name);
      await mutate(ctx, component.passkey.rename, {
        passkeyId,
        name,
        ...actorArguments(actor),
      });
    },

    /**
     * Removes a passkey. An actor removes their own, in a session that has to be
     * fresh.
     *
     * @throws `PASSKEY_NOT_FOUND`, `LAST_SIGN_IN_METHOD` when the user could not
     *   sign in any more, `LAST_SECOND_FACTOR` while the app asks for one,
     *   `STEP_UP_REQUIRED`, `NOT_SIGNED_IN`, `INVALID_PARAMETERS`
     */
    async remove(
      this: void,
      ctx: MutationContext & ActorContext,
      passkeyId: string,
      actor: Actor = {},
    ): Promise<void> {
      checkValue("passkeyId", passkeyId);
      const asked = await factorActorArguments(ctx, settings, actor);
      await mutate(ctx, component.passkey.remove, { passkeyId, ...asked });
    },
  };
}
