import {
  type GenericDataModel,
  type GenericMutationCtx,
  internalMutationGeneric,
} from "convex/server";
import type { Infer } from "convex/values";
import { callbackCall, callbackResult } from "../schema/callback.js";
import type { Admission, AuthCallbacks, StoredUser } from "./callbacks.js";
import type { AuthConfig } from "./config.js";

type Call = Infer<typeof callbackCall>;
type Result = Infer<typeof callbackResult>;

type CallbackContext = GenericMutationCtx<GenericDataModel>;

const DONE: Result = { kind: "done" };

/**
 * The app's `store` mutation: where the component calls the app's callbacks,
 * inside the transaction of the sign-in.
 */
export function storeMutation(config: AuthConfig) {
  return internalMutationGeneric({
    args: { call: callbackCall },
    returns: callbackResult,
    handler: async (ctx: CallbackContext, { call }): Promise<Result> => {
      const callbacks = config.callbacks ?? {};
      return await answer(ctx, callbacks, call);
    },
  });
}

async function answer(
  ctx: CallbackContext,
  callbacks: AuthCallbacks,
  call: Call,
): Promise<Result> {
  switch (call.kind) {
    case "admit":
      return admission(await callbacks.admit?.(ctx, call));
    case "createOrUpdateUser": {
      const stored = await callbacks.createOrUpdateUser?.(ctx, call);
      return stored === undefined ? DONE : profileOf(stored);
    }
    case "afterUserCreatedOrUpdated":
      await callbacks.afterUserCreatedOrUpdated?.(ctx, call);
      return DONE;
    case "beforeSessionCreation":
      await callbacks.beforeSessionCreation?.(ctx, call);
      return DONE;
  }
}

function admission(answer: Admission | undefined): Result {
  if (answer === undefined || answer === true) {
    return DONE;
  }
  if (answer === false) {
    return { kind: "refused" };
  }
  return answer.admitted ? DONE : { kind: "refused", message: answer.message };
}

function profileOf({ extend, ...profile }: StoredUser): Result {
  return {
    kind: "profile",
    profile,
    ...(extend === undefined ? {} : { extend }),
  };
}
