import { createFunctionHandle, makeFunctionReference } from "convex/server";
import type { FunctionReturnType } from "convex/server";
import type { ComponentApi } from "../component/_generated/component.js";
import { type AuthConfig, sessionArguments } from "./config.js";
import type { ActionContext } from "./context.js";
import { refuse } from "./refuse.js";

/** What a way to sign in answers, before it is made fit for a client. */
export type ComponentSignInResult = FunctionReturnType<
  ComponentApi["password"]["signIn"]
>;

/** What every flow works with. */
export type SignInFlow = {
  ctx: ActionContext;
  component: ComponentApi;
  config: AuthConfig;
  /** Whether a new session gets tokens; not when only the app asks. */
  generateTokens: boolean;
};

/** Where the app exports `store` unless it says otherwise. */
const DEFAULT_STORE = "auth:store";

/**
 * What every flow tells the component: the settings of sessions, and how to
 * reach the callbacks that the app has, if it has any.
 */
export async function flowArguments({ config, generateTokens }: SignInFlow) {
  const { admit, createOrUpdateUser, ...others } = config.callbacks ?? {};
  const { afterUserCreatedOrUpdated, beforeSessionCreation } = others;
  const configured = {
    admit: admit !== undefined,
    createOrUpdateUser: createOrUpdateUser !== undefined,
    afterUserCreatedOrUpdated: afterUserCreatedOrUpdated !== undefined,
    beforeSessionCreation: beforeSessionCreation !== undefined,
  };
  const base = { sessionConfig: sessionArguments(config), generateTokens };
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
