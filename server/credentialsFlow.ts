import type { AcceptedSignIn, ComponentSignInResult } from "./flowResult.js";
import type {
  AuthorizedUser,
  CredentialsOptions,
} from "./providers/credentialsOptions.js";
import { accepted } from "./refuse.js";
import { type OwedSecondFactor, SecondFactorOwed } from "./secondFactorOwed.js";
import { flowArguments, type ProviderFlow } from "./signInFlow.js";

type CredentialsFlow = ProviderFlow & Required<CredentialsOptions>;

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
): Promise<AcceptedSignIn> {
  const { id, parameters, ctx, component } = flow;
  const identifier = flow.normalizeIdentifier(parameters);
  const checked = await check(flow);
  const result = await ctx.runMutation(component.appSignIn.complete, {
    ...(await flowArguments(flow)),
    provider: id,
    userId: checked.user?.userId ?? null,
    ...(identifier === undefined ? {} : { identifier }),
    ...(checked.user?.sessionId === undefined
      ? {}
      : { sessionId: checked.user.sessionId }),
  });
  if ("thrown" in checked && isFailedCheck(result)) {
    throw checked.thrown.error;
  }
  const answer = accepted(result);
  // The check has met the challenge that knows how the person came in.
  return "owed" in checked && answer.kind === "secondFactorRequired"
    ? checked.owed
    : answer;
}

/**
 * An error of the check is a failure of the check, and counted like one. But one
 * that `auth.provider.signIn` has thrown because a second factor is owed names
 * who has proved the first: the limiter decides whether that counts, as if the
 * check had returned the user, and the component asks for the second factor.
 */
async function check({
  authorize,
  parameters,
  ctx,
}: CredentialsFlow): Promise<Check> {
  try {
    return { user: await authorize(parameters, ctx) };
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
