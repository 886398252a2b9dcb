import { deliver, prepareDelivery } from "./delivery.js";
import { environmentVariable } from "./environment.js";
import type {
  AcceptedSignIn,
  FlowResult,
  PasskeyOptionsResult,
} from "./flowResult.js";
import { readEnrollmentIdentity, type SessionIdentity } from "./identity.js";
import { optionalText, readFlag, requireText } from "./parameters.js";
import { assertionResponse, registrationResponse } from "./passkeyResponse.js";
import type { PasskeyOptions } from "./providers/passkeyOptions.js";
import { recoveryFlows } from "./recoveryFlow.js";
import { accepted, refuse } from "./refuse.js";
import { secondFactorArguments } from "./secondFactorConfig.js";
import { acceptedProof } from "./secondFactorFlow.js";
import { flowArguments, type ProviderFlow } from "./signInFlow.js";
import { stepUpArguments } from "./stepUp.js";

type PasskeyFlow = ProviderFlow & {
  /** The provider's id. */
  id: string;
  options: PasskeyOptions;
};

const FLOWS = {
  "register-options": registerOptions,
  register,
  "signIn-options": signInOptions,
  signIn,
  signUp,
  "signUp-options": signUpOptions,
  "signUp-finish": finishSignUp,
  "verify-options": verifyOptions,
  verify,
  ...recoveryFlows<PasskeyFlow>({
    codeOf: ({ parameters }) => requireText(parameters, "code"),
    refuseNobody: () =>
      refuse(
        "PASSKEY_AUTH_REQUIRED",
        "send the verifier that came with `totpRequired`, or sign in first",
      ),
    requireSession: signedIn,
  }),
} as const;

/**
 * Runs a flow of the passkey provider: one mutation, and an e-mail if the flow
 * sends one.
 */
export async function runPasskeyFlow(
  flow: ProviderFlow,
  id: string,
  options: PasskeyOptions,
): Promise<FlowResult> {
  const name = optionalText(flow.parameters, "flow");
  if (name === undefined) {
    refuse("PASSKEY_MISSING_FLOW", "the parameter `flow` is missing");
  }
  if (!Object.hasOwn(FLOWS, name)) {
    refuse(
      "PASSKEY_UNKNOWN_FLOW",
      `there is no flow \`${name.slice(0, 40)}\`; use one of ${Object.keys(FLOWS).join(", ")}`,
    );
  }
  return await FLOWS[name as keyof typeof FLOWS]({ ...flow, id, options });
}

async function registerOptions(
  flow: PasskeyFlow,
): Promise<PasskeyOptionsResult> {
  const name = optionalText(flow.parameters, "name");
  const begun = accepted(
    await flow.ctx.runMutation(flow.component.passkeyRegister.begin, {
      ...(await signedIn(flow)),
      ...(name === undefined ? {} : { name }),
      config: configOf(flow),
      secondFactor: secondFactorArguments(flow.config),
      stepUp: stepUpArguments(flow.config),
    }),
  );
  const { options, verifier } = begun;
  return { kind: "passkeyOptions", options, verifier };
}

async function register(flow: PasskeyFlow): Promise<AcceptedSignIn> {
  const response = registrationResponse(flow.parameters.response);
  const name = optionalText(flow.parameters, "name");
  const identity = await signedIn(flow);
  const { recoveryCodes } = accepted(
    await flow.ctx.runMutation(flow.component.passkeyRegister.finish, {
      ...identity,
      config: configOf(flow),
      response,
      secondFactor: secondFactorArguments(flow.config),
      verifier: requireVerifier(flow),
      ...(name === undefined ? {} : { name }),
    }),
  );
  return {
    kind: "signedIn",
    userId: identity.userId,
    tokens: null,
    ...(recoveryCodes === undefined ? {} : { recoveryCodes }),
  };
}

async function signInOptions(flow: PasskeyFlow): Promise<PasskeyOptionsResult> {
  const typed = optionalText(flow.parameters, "email");
  const email = typed === undefined ? {} : { email: normalized(flow, typed) };
  const begun = accepted(
    await flow.ctx.runMutation(flow.component.passkeySignIn.begin, {
      config: configOf(flow),
      ...email,
    }),
  );
  const { options, verifier } = begun;
  return { kind: "passkeyOptions", options, verifier };
}

async function signIn(flow: PasskeyFlow): Promise<AcceptedSignIn> {
  const response = assertionResponse(flow.parameters.response);
  return accepted(
    await flow.ctx.runMutation(flow.component.passkeySignIn.finish, {
      ...(await flowArguments(flow)),
      config: configOf(flow),
      response,
      verifier: requireVerifier(flow),
    }),
  );
}

async function signUp(flow: PasskeyFlow): Promise<AcceptedSignIn> {
  const { options } = flow;
  const email = requireText(flow.parameters, "email");
  const name = optionalText(flow.parameters, "name");
  const delivery = await prepareDelivery(flow, options, undefined);
  const customCode = await options.generateVerificationToken?.();
  const answer = accepted(
    await flow.ctx.runMutation(flow.component.passkeySignUp.request, {
      ...(await flowArguments(flow)),
      config: configOf(flow),
      email: normalized(flow, email),
      // A form that is sent without a name has an empty one.
      ...(name === undefined || name.trim() === "" ? {} : { name }),
      ...(customCode === undefined ? {} : { customCode }),
    }),
  );
  if (answer.kind === "started") {
    await deliver(flow.ctx, delivery, answer.delivery);
  }
  return answer;
}

async function signUpOptions(flow: PasskeyFlow): Promise<PasskeyOptionsResult> {
  const email = requireText(flow.parameters, "email");
  const code = requireText(flow.parameters, "code");
  const begun = accepted(
    await flow.ctx.runMutation(flow.component.passkeySignUp.begin, {
      config: configOf(flow),
      email: normalized(flow, email),
      code,
      verifier: requireVerifier(flow),
    }),
  );
  const { options, verifier } = begun;
  return { kind: "passkeyOptions", options, verifier };
}

async function finishSignUp(flow: PasskeyFlow): Promise<AcceptedSignIn> {
  const response = registrationResponse(flow.parameters.response);
  return accepted(
    await flow.ctx.runMutation(flow.component.passkeySignUp.finish, {
      ...(await flowArguments(flow)),
      config: configOf(flow),
      response,
      verifier: requireVerifier(flow),
    }),
  );
}

async function verifyOptions(flow: PasskeyFlow): Promise<PasskeyOptionsResult> {
  const subject = await provedFor(flow);
  const begun = acceptedProof(
    await flow.ctx.runMutation(flow.component.passkeySecondFactor.begin, {
      ...subject,
      config: configOf(flow),
      secondFactor: secondFactorArguments(flow.config),
    }),
    subject,
  );
  const { options, verifier } = begun;
  return { kind: "passkeyOptions", options, verifier };
}

async function verify(flow: PasskeyFlow): Promise<AcceptedSignIn> {
  const response = assertionResponse(flow.parameters.response);
  const subject = await provedFor(flow);
  return acceptedProof(
    await flow.ctx.runMutation(flow.component.passkeySecondFactor.finish, {
      ...(await flowArguments(flow)),
      ...subject,
      config: configOf(flow),
      response,
      ceremony: requireVerifier(flow),
      trustDevice: readFlag(flow.parameters, "trustDevice"),
    }),
    subject,
  );
}

/**
 * For what a second factor is proved: the sign-in that `challenge` names, or
 * else the session of the caller.
 */
async function provedFor(flow: PasskeyFlow) {
  const challenge = optionalText(flow.parameters, "challenge");
  return challenge === undefined
    ? { identity: await signedIn(flow) }
    : { verifier: challenge };
}

/** What a person typed, as the app wants addresses to be. */
function normalized({ options }: PasskeyFlow, email: string): string {
  return options.normalizeIdentifier?.(email) ?? email;
}

/** The caller, also in a session in which only a factor can be set up. */
async function signedIn({ ctx }: PasskeyFlow): Promise<SessionIdentity> {
  const identity = await readEnrollmentIdentity(ctx);
  if (identity === null) {
    refuse("PASSKEY_AUTH_REQUIRED", "sign in to add or to prove a passkey");
  }
  return identity;
}

function requireVerifier({ verifier }: PasskeyFlow): string {
  if (verifier === undefined) {
    refuse(
      "PASSKEY_MISSING_VERIFIER",
      "the verifier that came with the options is missing",
    );
  }
  return verifier;
}

/** The settings, in the form in which the component takes them. */
function configOf({ id, options }: PasskeyFlow) {
  const { id: _id, origins, rpId, rpName, ...others } = options;
  const { topOrigins, acceptedAttestation, ...more } = others;
  const { allowedModels, refusedModels, ...rest } = more;
  // The functions are the app's, and stay in it.
  const {
    sendVerificationRequest: _send,
    generateVerificationToken: _generate,
    normalizeIdentifier: _normalize,
    ...settings
  } = rest;
  const allowed = (origins ?? [environmentVariable("SITE_URL")]).map(originOf);
  const relyingParty = rpId ?? hostOf(allowed[0] ?? "");
  return {
    ...settings,
    provider: id,
    rpId: relyingParty,
    rpName: rpName ?? relyingParty,
    origins: [...allowed],
    ...(topOrigins && { topOrigins: [...topOrigins] }),
    ...(acceptedAttestation && {
      acceptedAttestation: [...acceptedAttestation],
    }),
    ...(allowedModels && { allowedModels: [...allowedModels] }),
    ...(refusedModels && { refusedModels: [...refusedModels] }),
  };
}

/** An address as browsers name its origin; other texts are left to the core. */
function originOf(address: string): string {
  const origin = URL.canParse(address) ? new URL(address).origin : "null";
  return origin === "null" ? address : origin;
}

function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).hostname : "";
}
