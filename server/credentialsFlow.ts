import type {
  AuthorizedUser,
  CredentialsProvider,
} from "./providers/credentials.js";
import type { SignInParameters } from "./providers/password.js";
import { accepted } from "./refuse.js";
import {
  type ComponentSignInResult,
  flowArguments,
  type SignInFlow,
} from "./signInFlow.js";

type Accepted = Exclude<ComponentSignInResult, { kind: "refused" }>;

type CredentialsFlow = SignInFlow & {
  provider: CredentialsProvider;
  parameters: SignInParameters;
};

type Check =
  { user: AuthorizedUser | null } | { user: null; thrown: { error: unknown } };

/**
 * Runs the app's own check, and lets the limiter and the session's rules
 * decide in one mutation whether its result counts.
 */
export async function runCredentialsFlow(
  flow: CredentialsFlow,
): Promise<Accepted> {
  const { provider, parameters, ctx, component } = flow;
  const identifier = provider.normalizeIdentifier(parameters);
  const check = await authorize(flow);
  const result = await ctx.runMutation(component.appSignIn.complete, {
    ...(await flowArguments(flow)),
    provider: provider.id,
    userId: check.user?.userId ?? null,
    ...(identifier === undefined ? {} : { identifier }),
    ...(check.user?.sessionId === undefined
      ? {}
      : { sessionId: check.user.sessionId }),
  });
  if ("thrown" in check && isFailedCheck(result)) {
    throw check.thrown.error;
  }
  return accepted(result);
}

/** An error of the check is a failure of the check, and counted like one. */
async function authorize({
  provider,
  parameters,
  ctx,
}: CredentialsFlow): Promise<Check> {
  try {
    return { user: await provider.authorize(parameters, ctx) };
  } catch (error) {
    return { user: null, thrown: { error } };
  }
}

/** While the limiter refuses, what the check would have said stays unsaid. */
function isFailedCheck(result: ComponentSignInResult): boolean {
  return (
    result.kind === "refused" && result.refusal.code === "INVALID_CREDENTIALS"
  );
}
