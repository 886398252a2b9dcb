import type {
  AuthorizedUser,
  CredentialsProvider,
} from "./providers/credentials.js";
import type { SignInParameters } from "./providers/password.js";
import { accepted } from "./refuse.js";
import { type OwedSecondFactor, SecondFactorOwed } from "./secondFactorOwed.js";
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
  | { user: AuthorizedUser | null }
  | { user: AuthorizedUser; owed: OwedSecondFactor }
  | { user: null; thrown: { error: unknown } };

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
  const answer = accepted(result);
  // The check has met the challenge that knows how the person came in.
  return "owed" in check && answer.kind === "secondFactorRequired"
    ? check.owed
    : answer;
}

/**
 * An error of the check is a failure of the check, and counted like one. But one
 * that `auth.provider.signIn` has thrown because a second factor is owed names
 * who has proved the first: the limiter decides whether that counts, as if the
 * check had returned the user, and the component asks for the second factor.
 */
async function authorize({
  provider,
  parameters,
  ctx,
}: CredentialsFlow): Promise<Check> {
  try {
    return { user: await provider.authorize(parameters, ctx) };
  } catch (error) {
    if (error instanceof SecondFactorOwed) {
      const { owed } = error;
      return { user: { userId: owed.userId }, owed };
    }
    return { user: null, thrown: { error } };
  }
}

/** While the limiter refuses, what the check would have said stays unsaid. */
function isFailedCheck(result: ComponentSignInResult): boolean {
  return (
    result.kind === "refused" && result.refusal.code === "INVALID_CREDENTIALS"
  );
}
