/** What the flows of all second factors do alike. */
import type { AcceptedSignIn, SecondFactorResult } from "./flowResult.js";
import { readEnrollmentIdentity, type SessionIdentity } from "./identity.js";
import { readFlag } from "./parameters.js";
import { accepted, type Refusal, refuse } from "./refuse.js";
import {
  secondFactorArguments,
  type SecondFactorMethod,
} from "./secondFactorConfig.js";
import { flowArguments, type ProviderFlow } from "./signInFlow.js";
import { stepUpArguments } from "./stepUp.js";

/** What the component calls a verifier of no sign-in that waits. */
const INVALID_VERIFIER = ["INVALID_VERIFIER", "TOTP_INVALID_VERIFIER"];

/**
 * Proves a second factor: with a verifier to finish the sign-in that it came
 * from, without one to make the session of the caller fresh.
 *
 * @param missing Refuses a call with neither.
 */
export async function verify(
  flow: ProviderFlow,
  method: Exclude<SecondFactorMethod, "passkey">,
  code: string,
  missing: () => never,
): Promise<AcceptedSignIn> {
  const { ctx, component, parameters, verifier } = flow;
  const identity =
    verifier === undefined ? await readEnrollmentIdentity(ctx) : null;
  if (verifier === undefined && identity === null) {
    missing();
  }
  const subject = {
    ...(verifier === undefined ? {} : { verifier }),
    ...(identity === null ? {} : { identity }),
  };
  return acceptedProof(
    await ctx.runMutation(component.secondFactor.verify, {
      ...(await flowArguments(flow)),
      ...subject,
      method,
      code,
      trustDevice: readFlag(parameters, "trustDevice"),
    }),
    subject,
  );
}

/**
 * Gives the answer to the proof of a second factor, unless it is a refusal. Who
 * sent no verifier cannot have sent a wrong one: the session that was to be made
 * fresh has ended since its token was made.
 *
 * @param subject For what the factor was proved.
 */
export function acceptedProof<Answer extends { kind: string }>(
  answer: Answer | { kind: "refused"; refusal: Refusal },
  subject: { verifier?: string; identity?: SessionIdentity },
): Exclude<Answer, { kind: "refused" }> {
  const { code = "" } = (answer as { refusal?: Refusal }).refusal ?? {};
  if (subject.verifier === undefined && INVALID_VERIFIER.includes(code)) {
    refuse("NOT_SIGNED_IN", "your session has ended; sign in again");
  }
  return accepted(answer);
}

/** Makes new recovery codes of the caller; the old ones end. */
export async function issueRecoveryCodes(
  flow: ProviderFlow,
  { userId, sessionId }: SessionIdentity,
): Promise<SecondFactorResult> {
  const { ctx, component, config } = flow;
  const { recoveryCodes } = accepted(
    await ctx.runMutation(component.secondFactor.issueRecoveryCodes, {
      userId,
      sessionId,
      secondFactor: secondFactorArguments(config),
      stepUp: stepUpArguments(config, "recoveryCodes"),
    }),
  );
  return { kind: "recoveryCodes", recoveryCodes };
}

/**
 * The caller, also in a session in which only a factor can be set up.
 *
 * @param code What to refuse with when nobody is signed in.
 */
export async function requireSession(
  { ctx }: ProviderFlow,
  code: "NOT_SIGNED_IN" | "TOTP_AUTH_REQUIRED",
): Promise<SessionIdentity> {
  const identity = await readEnrollmentIdentity(ctx);
  if (identity === null) {
    refuse(code, "sign in to set up a second factor");
  }
  return identity;
}
