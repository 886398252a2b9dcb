import { createFunctionHandle, makeFunctionReference } from "convex/server";
import type { ComponentApi } from "../component/_generated/component.js";
import type { ActionContext } from "./context.js";
import { readEnrollmentIdentity } from "./identity.js";
import type { SignInParameters } from "./parameters.js";
import { invalid } from "./refuse.js";
import { secondFactorArguments } from "./secondFactorConfig.js";
import { type AuthSettings, sessionArguments } from "./settings.js";

/** What every flow works with. */
export type SignInFlow = {
  ctx: ActionContext;
  component: ComponentApi;
  config: AuthSettings;
  /** Whether a new session gets tokens; not when only the app asks. */
  generateTokens: boolean;
  /** The token of the browser, if a person has said to trust it. */
  trustedDevice?: string;
};

/** What a provider's flow works with. */
export type ProviderFlow = SignInFlow & {
  /** What the client sent. */
  parameters: SignInParameters;
  /** What an earlier step of the same sign-in has returned. */
  verifier: string | undefined;
};

/** Where the app exports `store` unless it says otherwise. */
const DEFAULT_STORE = "auth:store";

/**
 * What every flow tells the component: the settings of sessions and of second
 * factors, whether the browser is trusted, and how to reach the callbacks that
 * the app has, if it has any.
 *
 * Who is signed in and signs in again gets another session in the place of the
 * present one (`replaces`), if it is the same person. A session without tokens
 * is one that the app opens; it is in addition.
 */
export async function flowArguments({
  ctx,
  config,
  generateTokens,
  trustedDevice,
}: SignInFlow) {
  const present = generateTokens ? await readEnrollmentIdentity(ctx) : null;
  return {
    sessionConfig: sessionArguments(config),
    generateTokens,
    secondFactor: secondFactorArguments(config),
    trustedDevice,
    replaces: present?.sessionId,
    callbacks: await callbackArguments(config),
  };
}

/** Which callbacks the app has, if any, and how they are reached. */
async function callbackArguments({
  callbacks = {},
  store = DEFAULT_STORE,
}: AuthSettings) {
  const configured = {
    admit: !!callbacks.admit,
    createOrUpdateUser: !!callbacks.createOrUpdateUser,
    afterUserCreatedOrUpdated: !!callbacks.afterUserCreatedOrUpdated,
    beforeSessionCreation: !!callbacks.beforeSessionCreation,
  };
  if (!Object.values(configured).includes(true)) {
    return undefined;
  }
  const reference = makeFunctionReference<"mutation">(store);
  const handle: string = await createFunctionHandle(reference);
  return { handle, ...configured };
}

/** Refuses a flow that a provider does not have. */
export function refuseFlow(flow: string, known: readonly string[]): never {
  invalid(
    `there is no flow \`${flow.slice(0, 40)}\`; use one of ${known.join(", ")}`,
  );
}
