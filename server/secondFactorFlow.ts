/** What the flows of all second factors do alike. */
import { readEnrollmentIdentity, type SessionIdentity } from "./identity.js";
import { readFlag } from "./parameters.js";
import type { SignInParameters } from "./providers/password.js";
import { accepted, type Refusal, refuse } from "./refuse.js";
import {
  secondFactorArguments,
  type SecondFactorMethod,
} from "./secondFactorConfig.js";
import {
  type ComponentSignInResult,
  flowArguments,
  type SignInFlow,
} from "./signInFlow.js";
import { stepUpArguments } from "./stepUp.js";

/** What a flow of a second factor answers besides what every sign-in answers. */
export type SecondFactorResult =
  | {
      kind: "totpSetup";
      /** What an authenticator app is set up with. */
      totpSetup: { uri: string; secret: string; totpId: string };
      /** The id of the app that is being set up. */
      verifier: string;
    }
  | {
      kind: "recoveryCodes";
      /** The new codes, this once. */
      recoveryCodes: string[];
    }
  | {
      kind: "codeSent";
      /** To be sent back with the code. */
      verifier: string;
    };

/** What a flow of a second factor works with. */
export type SecondFactorFlow = SignInFlow & {
  parameters: SignInParameters;
  verifier: string | undefined;
};

/** What the component calls a verifier of no sign-in that waits. */
const INVALID_VERIFIER = ["INVALID_VERIFIER", "TOTP_INVALID_VERIFIER"];

type Accepted = Exclude<ComponentSignInResult, { kind: "refused" }>;

/**
 * Proves a second factor: with a verifier to finish the sign-in that it came
 * from, without one to make the session of the caller fresh.
 *
 * @param missing Refuses a call with neither.
 */
export async function verify(
  flow: SecondFactorFlow,
  method: Exclude<SecondFactorMethod, "passkey">,
  code: string,
  missing: () => never,
): Promise<Accepted> {
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
      ...{ ...(await flowArguments(flow)), ...subject },
      ...{ method, code, trustDevice: readFlag(parameters, "trustDevice") },
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
  flow: SecondFactorFlow,
  { userId, sessionId }: SessionIdentity,
): Promise<SecondFactorResult> {
  const { ctx, component, config } = flow;
  const { recoveryCodes } = accepted(
    await ctx.runMutation(component.secondFactor.issueRecoveryCodes, {
      ...{ userId, sessionId },
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
  { ctx }: SecondFactorFlow,
  code: "NOT_SIGNED_IN" | "TOTP_AUTH_REQUIRED",
): Promise<SessionIdentity> {
  const identity = await readEnrollmentIdentity(ctx);
  if (identity === null) {
    refuse(code, "sign in to set up a second factor");
  }
  return identity;
}
