import type { FunctionHandle } from "convex/server";
import { ConvexError, type Infer } from "convex/values";
import type { callbackCall, callbackResult } from "../schema/callback.js";
import type { callbacks } from "../schema/callbackConfig.js";
import type { MutationCtx } from "./_generated/server.js";

/** Which callbacks the app has, and the handle of its `store` mutation. */
export type Callbacks = Infer<typeof callbacks>;

/** What a callback is asked. */
type CallbackCall = Infer<ReturnType<typeof callbackCall>>;

type CallbackResult = Infer<ReturnType<typeof callbackResult>>;

/**
 * Asks a callback of the app, in this transaction.
 *
 * @param callbacks What the app has configured, if anything.
 * @returns What it says; `done` when the app has no such callback.
 */
export async function askApp(
  ctx: MutationCtx,
  callbacks: Callbacks | undefined,
  call: CallbackCall,
): Promise<CallbackResult> {
  if (!callbacks?.[call.kind]) {
    return { kind: "done" };
  }
  const handle = callbacks.handle as FunctionHandle<
    "mutation",
    { call: CallbackCall },
    CallbackResult
  >;
  return await ctx.runMutation(handle, { call });
}

/**
 * Asks a gate of the app. A gate may refuse by throwing a `ConvexError`; what
 * the gate wrote is rolled back then, and nothing else.
 */
export async function askGate(
  ctx: MutationCtx,
  callbacks: Callbacks | undefined,
  call: CallbackCall,
): Promise<CallbackResult> {
  try {
    return await askApp(ctx, callbacks, call);
  } catch (error) {
    if (error instanceof ConvexError) {
      return { kind: "refused", message: messageOf(error.data) };
    }
    throw error;
  }
}

function messageOf(data: unknown): string | undefined {
  if (typeof data === "string") {
    return data;
  }
  const { message } = (data ?? {}) as { message?: unknown };
  return typeof message === "string" ? message : undefined;
}
