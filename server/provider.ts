import type { GenericActionCtx, GenericDataModel } from "convex/server";
import type { ComponentApi } from "../component/_generated/component.js";
import { type AuthConfig, findProvider } from "./config.js";
import type { ActionContext } from "./context.js";
import type { SessionIdentity } from "./identity.js";
import { accepted } from "./refuse.js";
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
     * @returns The user and the session; `null` when an e-mail has to be
     *   answered first.
     * @throws What the provider's flow refuses with, `ACCOUNT_NOT_FOUND`,
     *   `PROVIDER_NOT_CONFIGURED`
     */
    async signIn<DataModel extends GenericDataModel>(
      ctx: GenericActionCtx<DataModel>,
      provider: string,
      options: { accountId?: string; params?: Record<string, unknown> },
    ): Promise<SessionIdentity | null> {
      // What the flows do with it does not depend on the app's tables.
      const action = ctx as unknown as ActionContext;
      const flow = { ctx: action, component, config, generateTokens: false };
      const { accountId, params } = options;
      const result =
        accountId === undefined || params !== undefined
          ? await runProvider(flow, provider, { params })
          : await vouch(flow, provider, accountId);
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
