import { actionGeneric, type RegisteredAction } from "convex/server";
import { v } from "convex/values";
import type { ComponentApi } from "../component/_generated/component.js";
import { type AuthConfig, findProvider } from "./config.js";
import type { ActionContext } from "./context.js";
import type { FlowResult } from "./flowResult.js";
import { readEnrollmentIdentity } from "./identity.js";
import { optionalText, readParameters } from "./parameters.js";
import { mutate, refuse } from "./refuse.js";
import { type AuthSettings, sessionArguments } from "./settings.js";
import type { SignInFlow } from "./signInFlow.js";
import {
  type FurtherResults,
  type SignInActionResult,
  signInActionResult,
} from "./signInResult.js";

/** What the `signIn` action takes. */
type SignInArguments = {
  /** The id of the provider to sign in with. */
  provider?: string;
  /** What the provider's flow needs, with the name of the flow. */
  params?: unknown;
  /** What an earlier step of the same sign-in has returned. */
  verifier?: string;
  /** The refresh token, to go on with a session; then nothing else counts. */
  refreshToken?: string;
  /** Who calls, for the log. */
  calledBy?: string;
};

/** The public `signIn` action: signs in, and refreshes a session. */
export function signInAction(
  component: ComponentApi,
  config: AuthConfig,
): RegisteredAction<"public", SignInArguments, Promise<SignInActionResult>> {
  return actionGeneric({
    // Convex asks for validators when the app is deployed, not on a call.
    get args() {
      return {
        provider: v.optional(v.string()),
        // A form of any shape: what a flow needs of it is checked there, so
        // that a wrong shape gets a code and no validation error.
        params: v.optional(v.any()),
        verifier: v.optional(v.string()),
        refreshToken: v.optional(v.string()),
        calledBy: v.optional(v.string()),
      };
    },
    get returns() {
      return signInActionResult(furtherResults(config));
    },
    async handler(ctx: ActionContext, args): Promise<SignInActionResult> {
      if (args.refreshToken !== undefined) {
        return await refresh(ctx, component, config, args.refreshToken);
      }
      if (args.provider === undefined) {
        refuse("SIGN_IN_MISSING_PARAMS", "`provider` is missing");
      }
      const flow = { ctx, component, config, generateTokens: true };
      return forClient(await runProvider(flow, args.provider, args));
    },
  });
}

/** What the providers of an app answer besides what each may. */
function furtherResults({ providers }: AuthConfig): FurtherResults {
  const results: FurtherResults = {};
  for (const provider of providers) {
    Object.assign(results, provider.results?.());
  }
  return results;
}

/** What of a result a client is told. */
function forClient(result: FlowResult): SignInActionResult {
  switch (result.kind) {
    case "started":
    case "codeSent":
      return { kind: "started", verifier: result.verifier };
    case "secondFactorRequired": {
      const { verifier, methods } = result;
      return { kind: "totpRequired", verifier, methods };
    }
    case "signedIn": {
      const { kind, userId: _user, sessionId: _session, ...told } = result;
      return { kind, ...told };
    }
    case "passkeyOptions":
    case "totpSetup":
    case "recoveryCodes":
      return result;
  }
}

/** The public `signOut` action: ends the caller's session, if there is one. */
export function signOutAction(
  component: ComponentApi,
): RegisteredAction<"public", Record<string, never>, Promise<null>> {
  return actionGeneric({
    args: {},
    returns: v.null(),
    async handler(ctx) {
      const identity = await readEnrollmentIdentity(ctx);
      if (identity !== null) {
        await ctx.runMutation(component.session.end.signOut, identity);
      }
      return null;
    },
  });
}

/**
 * Runs the flow that the parameters name at a provider. The token of a trusted
 * browser (`trustedDevice`) may be among the parameters of any.
 */
export async function runProvider(
  flow: SignInFlow & { config: AuthConfig },
  providerId: string,
  { params, verifier }: { params?: unknown; verifier?: string | undefined },
): Promise<FlowResult> {
  const provider = findProvider(flow.config, providerId);
  const sent = readParameters(params);
  const trustedDevice = optionalText(sent, "trustedDevice");
  const { trustedDevice: _token, ...parameters } = sent;
  return await provider.run({
    ...flow,
    parameters,
    verifier,
    trustedDevice,
  });
}

async function refresh(
  ctx: ActionContext,
  component: ComponentApi,
  config: AuthSettings,
  refreshToken: string,
): Promise<SignInActionResult> {
  const { tokens } = await mutate(ctx, component.sessionRefresh.exchange, {
    refreshToken,
    config: sessionArguments(config),
  });
  return { kind: "signedIn", tokens };
}
