import { isHandedOver } from "./delivery.js";
import type { FlowResult } from "./flowResult.js";
import { readEnrollmentIdentity } from "./identity.js";
import { optionalText, requireText } from "./parameters.js";
import type { CodeMethod, CodeOptions } from "./providers/codeOptions.js";
import { recoveryFlows } from "./recoveryFlow.js";
import { accepted, refuse } from "./refuse.js";
import { secondFactorArguments } from "./secondFactorConfig.js";
import { requireSession, verify } from "./secondFactorFlow.js";
import { flowArguments, type ProviderFlow, refuseFlow } from "./signInFlow.js";
import { stepUpArguments } from "./stepUp.js";

/** What a flow of sent codes works with. */
type CodeFlow = ProviderFlow & {
  method: CodeMethod;
  sendCode: CodeOptions["sendCode"];
};

const FLOWS = {
  setup,
  confirm,
  send,
  verify: async (flow: CodeFlow) => {
    const code = codeOf(flow);
    // A code that was sent answers a challenge, also in a step-up.
    requireVerifier(flow);
    return await verify(flow, flow.method, code, refuseNobody);
  },
  ...recoveryFlows<CodeFlow>({
    codeOf,
    refuseNobody,
    requireSession: signedIn,
  }),
} as const;

/** Runs a flow of codes that are sent: one mutation, and perhaps a message. */
export async function runCodeFlow(
  flow: ProviderFlow,
  method: CodeMethod,
  { sendCode }: CodeOptions,
): Promise<FlowResult> {
  const name = requireText(flow.parameters, "flow");
  if (!Object.hasOwn(FLOWS, name)) {
    refuseFlow(name, Object.keys(FLOWS));
  }
  return await FLOWS[name as keyof typeof FLOWS]({ ...flow, method, sendCode });
}

async function setup(flow: CodeFlow): Promise<FlowResult> {
  const { ctx, component, config, method, parameters } = flow;
  const to = optionalText(parameters, "to");
  const { userId, sessionId } = await signedIn(flow);
  const { delivery, codeFactorId } = accepted(
    await ctx.runMutation(component.codeFactor.enroll, {
      userId,
      sessionId,
      method,
      stepUp: stepUpArguments(config),
      secondFactor: secondFactorArguments(config),
      ...(to === undefined ? {} : { to }),
    }),
  );
  await deliver(flow, delivery);
  return { kind: "codeSent", verifier: codeFactorId };
}

async function confirm(flow: CodeFlow): Promise<FlowResult> {
  const { ctx, component } = flow;
  const code = codeOf(flow);
  const codeFactorId = requireVerifier(flow);
  const { userId, sessionId } = await signedIn(flow);
  return accepted(
    await ctx.runMutation(component.codeFactor.confirm, {
      ...(await flowArguments(flow)),
      userId,
      sessionId,
      codeFactorId,
      code,
    }),
  );
}

async function send(flow: CodeFlow): Promise<FlowResult> {
  const { ctx, component, config, method, verifier } = flow;
  const identity =
    verifier === undefined ? await readEnrollmentIdentity(ctx) : null;
  if (verifier === undefined && identity === null) {
    refuseNobody();
  }
  const sent = accepted(
    await ctx.runMutation(component.secondFactor.sendCode, {
      secondFactor: secondFactorArguments(config),
      method,
      ...(verifier === undefined ? {} : { verifier }),
      ...(identity === null ? {} : { identity }),
    }),
  );
  await deliver(flow, sent.delivery);
  return { kind: "codeSent", verifier: sent.verifier };
}

/**
 * Sends a code.
 *
 * @throws `EMAIL_SEND_FAILED` when the app could not hand it over. The cause is
 *   logged, without the code.
 */
async function deliver(
  { ctx, sendCode }: CodeFlow,
  message: { to: string; code: string; expirationTime: number },
): Promise<void> {
  const { to, code, expirationTime } = message;
  const send = () => sendCode({ to, code, expirationTime }, ctx);
  if (!(await isHandedOver(send, code))) {
    refuse("EMAIL_SEND_FAILED", "the code could not be sent; try again");
  }
}

function codeOf({ parameters }: CodeFlow): string {
  return requireText(parameters, "code");
}

function signedIn(flow: CodeFlow) {
  return requireSession(flow, "NOT_SIGNED_IN");
}

function requireVerifier({ verifier }: CodeFlow): string {
  if (verifier === undefined) {
    refuse(
      "INVALID_VERIFIER",
      "the verifier that came with the code is missing",
    );
  }
  return verifier;
}

function refuseNobody(): never {
  refuse(
    "NOT_SIGNED_IN",
    "send the verifier that came with `totpRequired`, or sign in first",
  );
}
