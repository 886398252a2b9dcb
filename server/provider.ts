import type { GenericActionCtx, GenericDataModel } from "convex/server";
import type { ComponentApi } from "../component/_generated/component.js";
import { type AuthConfig, findProvider } from "./config.js";
import type { ActionContext } from "./context.js";
import type { FlowResult } from "./flowResult.js";
import type { SessionIdentity } from "./identity.js";
import { accepted } from "./refuse.js";
import { SecondFactorOwed } from "./secondFactorOwed.js";
import { runProvider } from "./signIn.js";
import { flowArguments } from "./signInFlow.js";

/** `auth.provider`: signing in from the app's own functions. */
export function providerMethods(component: ComponentApi, config: AuthConfig) {
  return {
    /**
     * Opens a session through a provider, without tokens for a client: for the
     * `authorize` of a credentials provider, which returns what this returns.
     *
     * With `accountId` and no `params`, the app vouches for the person itself.
     *
     * @param options.verifier What an earlier step of the same sign-in has given.
     * @returns The user and the session; `null` when an e-mail has to be
     *   answered first.
     * @throws What the provider's flow refuses with, `ACCOUNT_NOT_FOUND`,
     *   `PROVIDER_NOT_CONFIGURED`, `SECOND_FACTOR_REQUIRED` with `verifier` and
     *   `methods` when the person has to prove a second factor first. A
     *   credentials provider whose check throws it answers `totpRequired`.
     */
    async signIn<DataModel extends GenericDataModel>(
      ctx: GenericActionCtx<DataModel>,
      provider: string,
      options: {
        accountId?: string;
        params?: Record<string, unknown>;
        verifier?: string;
      },
    ): Promise<SessionIdentity | null> {
      // What the flows do with it does not depend on the app's tables.
      const action = ctx as unknown as ActionContext;
      const flow = { ctx: action, component, config, generateTokens: false };
      const { accountId, params, verifier } = options;
      const result: FlowResult =
        accountId === undefined || params !== undefined
          ? await runProvider(flow, provider, { params, verifier })
          : await vouch(flow, provider, accountId);
      if (result.kind === "secondFactorRequired") {
        throw new SecondFactorOwed(result);
      }
      return result.kind === "signedIn" && result.sessionId !== undefined
        ? { userId: result.userId, sessionId: result.sessionId }
        : null;
    },
  };
}

async function vouch(
  flow: Parameters<typeof runProvider>[0],
  providerId: string,
  accountId: string,
) {
  const provider = findProvider(flow.config, providerId).id;
  const { ctx, component } = flow;
  const found = accepted(
    await ctx.runQuery(component.account.get, { provider, accountId }),
  );
  return accepted(
    await ctx.runMutation(component.appSignIn.complete, {
      ...(await flowArguments(flow)),
      provider,
      identifier: accountId,
      userId: found.user._id,
    }),
  );
}
