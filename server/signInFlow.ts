import { createFunctionHandle, makeFunctionReference } from "convex/server";
import type { ComponentApi } from "../component/_generated/component.js";
import type { ActionContext } from "./context.js";
import { readEnrollmentIdentity } from "./identity.js";
import type { SignInParameters } from "./parameters.js";
import { refuse } from "./refuse.js";
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
  const { admit, createOrUpdateUser, ...others } = config.callbacks ?? {};
  const { afterUserCreatedOrUpdated, beforeSessionCreation } = others;
  const configured = {
    admit: admit !== undefined,
    createOrUpdateUser: createOrUpdateUser !== undefined,
    afterUserCreatedOrUpdated: afterUserCreatedOrUpdated !== undefined,
    beforeSessionCreation: beforeSessionCreation !== undefined,
  };
  const base = {
    ...{ sessionConfig: sessionArguments(config), generateTokens },
    secondFactor: secondFactorArguments(config),
    ...(trustedDevice === undefined ? {} : { trustedDevice }),
    ...(present === null ? {} : { replaces: present.sessionId }),
  };
  if (!Object.values(configured).includes(true)) {
    return base;
  }
  const store = makeFunctionReference<"mutation">(
    config.store ?? DEFAULT_STORE,
  );
  const handle: string = await createFunctionHandle(store);
  return { ...base, callbacks: { handle, ...configured } };
}

/** Refuses a flow that a provider does not have. */
export function refuseFlow(flow: string, known: readonly string[]): never {
  refuse(
    "INVALID_PARAMETERS",
    `there is no flow \`${flow.slice(0, 40)}\`; use one of ${known.join(", ")}`,
  );
}
