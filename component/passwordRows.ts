import type { Infer } from "convex/values";
import type { PasswordCall, PasswordLookup, Refusal } from "../pkg/core.js";
import type { codePurpose } from "../schema/verificationCode.js";
import type { passwordConfig, sessionConfig } from "../schema/config.js";
import type { Id } from "./_generated/dataModel.js";
import type { MutationCtx } from "./_generated/server.js";
import { findAccount, readAccounts } from "./accountRows.js";
import type { Callbacks } from "./appCallbacks.js";
import { findCode } from "./codes.js";
import { decide } from "./accountsCore.js";
import { readPepper } from "./deploymentSecret.js";
import { readLimits } from "./limits.js";
import { findOwner } from "./ownerRows.js";
import { requestOrigin } from "./requestOrigin.js";
import { readSessions } from "./sessionRows.js";
import type { SignInContext } from "./signInAnswer.js";
import { readSignInFactors, type SignInArguments } from "./signInFactors.js";

/** What every flow of the password provider is called with. */
type PasswordArguments = {
  config: Infer<typeof passwordConfig>;
  sessionConfig: Infer<typeof sessionConfig>;
  callbacks?: Callbacks;
  email: string;
  customCode?: string;
  generateTokens: boolean;
  extend?: unknown;
} & SignInArguments;

type Read =
  | { kind: "refused"; refusal: Refusal }
  | { kind: "ready"; call: PasswordCall; context: SignInContext };

/**
 * Reads what a flow of the password provider decides on.
 *
 * @param purpose The purpose of the code that the flow redeems, if it redeems
 *   one; then the limits are those of codes.
 * @param claims Whether the address may become somebody's: then it is looked
 *   whose it is. A flow that redeems a code always claims it.
 */
export async function readPasswordRows(
  ctx: MutationCtx,
  args: PasswordArguments,
  purpose?: Infer<typeof codePurpose>,
  claims = purpose !== undefined,
): Promise<Read> {
  const now = Date.now();
  const { config, sessionConfig } = args;
  const origin = await requestOrigin(ctx);
  const found = decide("passwordLookup", {
    provider: config.provider,
    email: args.email,
    origin,
  });
  if (found.kind === "refused") {
    return found;
  }
  const rows = await readRows(ctx, config.provider, found, purpose);
  const { account, user, code } = rows;
  const isProved = account?.verifiedTime !== undefined;
  const owner =
    claims && !isProved ? await findOwner(ctx, found.identifier) : null;
  const { factors, device } = await readSignInFactors(ctx, user, args);
  return {
    kind: "ready",
    call: {
      now,
      config,
      sessionConfig,
      origin,
      identifier: found.identifier,
      pepper: await readPepper(ctx),
      customCode: args.customCode,
      replaces: args.replaces,
      rows: {
        ...rows,
        factors,
        account: account ?? undefined,
        user: user ?? undefined,
        owner: owner ?? undefined,
        code: code ?? undefined,
      },
    },
    context: {
      now,
      origin,
      provider: config.provider,
      identifier: found.identifier,
      sessionConfig,
      callbacks: args.callbacks,
      extend: args.extend,
      generateTokens: args.generateTokens,
      user,
      device,
      account,
      code,
    },
  };
}

async function readRows(
  ctx: MutationCtx,
  provider: string,
  found: Extract<PasswordLookup, { kind: "found" }>,
  purpose: Infer<typeof codePurpose> | undefined,
) {
  const account = await findAccount(ctx, provider, found.identifier);
  const user =
    account === null ? null : await ctx.db.get("User", account.userId);
  const sessions = user === null ? [] : await readSessions(ctx, user._id);
  const request = await readLimits(ctx, found.request);
  if (purpose === undefined) {
    return {
      ...{ account, user, sessions, request },
      attempt: await readLimits(ctx, found.attempt),
      otherAccounts: [],
      code: null,
    };
  }
  const code = await findCode(ctx, provider, purpose, found.identifier);
  return {
    ...{ account, user, sessions, request, code },
    attempt: await readLimits(ctx, found.codeAttempt),
    otherAccounts:
      user === null ? [] : await otherAccounts(ctx, user._id, account?._id),
  };
}

async function otherAccounts(
  ctx: MutationCtx,
  userId: Id<"User">,
  accountId: string | undefined,
) {
  const accounts = await readAccounts(ctx, userId);
  return accounts.filter((account) => account._id !== accountId);
}
