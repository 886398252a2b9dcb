import type { ComponentApi } from "../component/_generated/component.js";
import type { MutationContext } from "./context.js";
import { mutate } from "./refuse.js";
import { checkFields } from "./shape.js";

/** `auth.oneTimeToken`: proof for one purpose, once. */
export function oneTimeTokenMethods(component: ComponentApi) {
  return {
    /**
     * Makes a token.
     *
     * @param options.purpose What it is for, up to 256 bytes.
     * @param options.audience Where it can be used, such as an origin; anywhere
     *   without one.
     * @param options.userId The user whom it is about.
     * @param options.lifetimeMs Milliseconds it can be used: three minutes, a
     *   second to a day.
     * @param options.data What it carries, up to 4 KiB.
     * @returns The token, this once, and until when it can be used
     *   (milliseconds since 1970).
     * @throws `USER_NOT_FOUND`, `USER_BANNED`, `INVALID_PARAMETERS`
     */
    async create(
      ctx: MutationContext,
      options: {
        purpose: string;
        audience?: string;
        userId?: string;
        lifetimeMs?: number;
        data?: unknown;
      },
    ): Promise<{ token: string; expirationTime: number }> {
      checkFields(
        options,
        "purpose, audience?, userId?, lifetimeMs?: number, data?: small",
      );
      const { token, expirationTime } = await mutate(
        ctx,
        component.oneTimeToken.create,
        options,
      );
      return { token, expirationTime };
    },

    /**
     * Uses a token up.
     *
     * @param options.purpose What it has to be for.
     * @param options.audience Where it is used.
     * @returns Whom it is about, and what it carries.
     * @throws `INVALID_ONE_TIME_TOKEN` if it is wrong, was used, has expired, is
     *   for something or somewhere else, or about a user who is banned or gone
     */
    async verify(
      ctx: MutationContext,
      options: { token: string; purpose: string; audience?: string },
    ): Promise<{ userId?: string; data?: unknown }> {
      checkFields(options, "token, purpose, audience?");
      const { kind: _kind, ...proof } = await mutate(
        ctx,
        component.oneTimeToken.verify,
        options,
      );
      return proof;
    },
  };
}
