import {
  type GenericDataModel,
  type GenericMutationCtx,
  internalMutationGeneric,
  type RegisteredMutation,
} from "convex/server";
import type { Infer } from "convex/values";
import { callbackCall, callbackResult } from "../schema/callback.js";
import type {
  Admission,
  AuthCallbacks,
  StoredUser,
  UserChange,
} from "./callbacks.js";
import type { UserProfile } from "./documents.js";
import type { AuthSettings } from "./settings.js";

type Call = Infer<ReturnType<typeof callbackCall>>;
type Result = Infer<ReturnType<typeof callbackResult>>;

type CallbackContext = GenericMutationCtx<GenericDataModel>;

const DONE: Result = { kind: "done" };

/** What the component asks the `store` mutation. */
type StoreArguments = {
  call:
    | ({ kind: "admit" | "createOrUpdateUser" } & UserChange)
    | ({ kind: "afterUserCreatedOrUpdated"; userId: string } & UserChange)
    | { kind: "beforeSessionCreation"; userId: string; provider: string };
};

/** What the `store` mutation answers. */
type StoreResult =
  | { kind: "done" }
  | { kind: "refused"; message?: string }
  | { kind: "profile"; profile: UserProfile; extend?: unknown };

/**
 * The app's `store` mutation: where the component calls the app's callbacks,
 * inside the transaction of the sign-in.
 */
export function storeMutation(
  config: AuthSettings,
): RegisteredMutation<"internal", StoreArguments, Promise<StoreResult>> {
  return internalMutationGeneric({
    get args() {
      return { call: callbackCall() };
    },
    get returns() {
      return callbackResult();
    },
    async handler(ctx: CallbackContext, { call }): Promise<Result> {
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
    extend,
  };
}
