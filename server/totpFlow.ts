import { environmentVariable } from "./environment.js";
import type { FlowResult } from "./flowResult.js";
import { optionalText } from "./parameters.js";
import type { TotpOptions } from "./providers/totpOptions.js";
import { recoveryFlows } from "./recoveryFlow.js";
import { accepted, refuse } from "./refuse.js";
import { secondFactorArguments } from "./secondFactorConfig.js";
import { requireSession, verify } from "./secondFactorFlow.js";
import { flowArguments, type ProviderFlow } from "./signInFlow.js";
import { stepUpArguments } from "./stepUp.js";

const FLOWS = {
  setup,
  confirm,
  verify: (flow: ProviderFlow) =>
    verify(flow, "totp", codeOf(flow), refuseNobody),
  ...recoveryFlows({ codeOf, refuseNobody, requireSession: signedIn }),
} as const;

/** Runs a flow of authenticator apps: one mutation. */
export async function runTotpFlow(
  flow: ProviderFlow,
  options: TotpOptions,
): Promise<FlowResult> {
  const name = optionalText(flow.parameters, "flow");
  if (name === undefined) {
    refuse("TOTP_MISSING_FLOW", "the parameter `flow` is missing");
  }
  if (!Object.hasOwn(FLOWS, name)) {
    refuse(
      "TOTP_UNKNOWN_FLOW",
      `there is no flow \`${name.slice(0, 40)}\`; use one of ${Object.keys(FLOWS).join(", ")}`,
    );
  }
  return await FLOWS[name as keyof typeof FLOWS](flow, options);
}

async function setup(
  flow: ProviderFlow,
  options: TotpOptions,
): Promise<FlowResult> {
  const { ctx, component, config, parameters } = flow;
  const name = optionalText(parameters, "name");
  const { issuer, algorithm, digits, period } = options;
  const { userId, sessionId } = await signedIn(flow);
  const { uri, secret, totpId } = accepted(
    await ctx.runMutation(component.totp.enroll, {
      config: {
        issuer: issuer ?? defaultIssuer(),
        ...(algorithm === undefined ? {} : { algorithm }),
        ...(digits === undefined ? {} : { digits }),
        ...(period === undefined ? {} : { period }),
      },
      secondFactor: secondFactorArguments(config),
      userId,
      sessionId,
      stepUp: stepUpArguments(config),
      ...(name === undefined ? {} : { name }),
    }),
  );
  return {
    kind: "totpSetup",
    verifier: totpId,
    totpSetup: { uri, secret, totpId },
  };
}

async function confirm(flow: ProviderFlow): Promise<FlowResult> {
  const { ctx, component, parameters, verifier } = flow;
  const totpId = optionalText(parameters, "totpId") ?? verifier;
  if (totpId === undefined) {
    refuse(
      "TOTP_MISSING_ID",
      "`totpId`, which came with the secret, is missing",
    );
  }
  const code = codeOf(flow);
  const { userId, sessionId } = await signedIn(flow);
  return accepted(
    await ctx.runMutation(component.totp.confirm, {
      ...(await flowArguments(flow)),
      userId,
      sessionId,
      totpId,
      code,
    }),
  );
}

function codeOf({ parameters }: ProviderFlow): string {
  const code = optionalText(parameters, "code");
  if (code === undefined || code === "") {
    refuse("TOTP_MISSING_CODE", "`code` is missing");
  }
  return code;
}

function signedIn(flow: ProviderFlow) {
  return requireSession(flow, "TOTP_AUTH_REQUIRED");
}

function refuseNobody(): never {
  refuse(
    "TOTP_MISSING_VERIFIER",
    "send the verifier that came with `totpRequired`, or sign in first",
  );
}

/** What an authenticator app calls the app: where it is. */
function defaultIssuer(): string {
  const site = environmentVariable("SITE_URL");
  return URL.canParse(site) ? new URL(site).hostname : site;
}
