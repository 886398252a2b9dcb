import type { ComponentApi } from "../component/_generated/component.js";
import { type Actor, actorArguments } from "./actor.js";
import type { MutationContext, QueryContext } from "./context.js";
import type { PasskeyDocument } from "./documents.js";
import { accepted } from "./refuse.js";
import { checkFields, checkValue } from "./shape.js";

/** `auth.passkey`: the passkeys of users. */
export function passkeyMethods(component: ComponentApi) {
  return {
    /**
     * The passkeys of a user, oldest first, without their keys.
     *
     * @throws `INVALID_PARAMETERS`
     */
    async list(
      ctx: QueryContext,
      options: { userId: string },
    ): Promise<PasskeyDocument[]> {
      checkFields("the question", options, { userId: "text" });
      return await ctx.runQuery(component.passkey.list, options);
    },

    /**
     * Gives a passkey another name, of up to 64 characters. An actor names
     * their own.
     *
     * @throws `PASSKEY_NOT_FOUND`, `INVALID_PARAMETERS`
     */
    async rename(
      ctx: MutationContext,
      passkeyId: string,
      name: string,
      actor: Actor = {},
    ): Promise<void> {
      checkValue("passkeyId", passkeyId, "text");
      checkValue("name", name, "text");
      const asked = { passkeyId, name, ...actorArguments(actor) };
      accepted(await ctx.runMutation(component.passkey.rename, asked));
    },

    /**
     * Removes a passkey. An actor removes their own.
     *
     * @throws `PASSKEY_NOT_FOUND`, `LAST_SIGN_IN_METHOD` when the user could not
     *   sign in any more, `INVALID_PARAMETERS`
     */
    async remove(
      ctx: MutationContext,
      passkeyId: string,
      actor: Actor = {},
    ): Promise<void> {
      checkValue("passkeyId", passkeyId, "text");
      const asked = { passkeyId, ...actorArguments(actor) };
      accepted(await ctx.runMutation(component.passkey.remove, asked));
    },
  };
}
