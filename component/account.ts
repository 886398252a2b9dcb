import { v, type Infer } from "convex/values";
import type { AccountSecret, Origin } from "../pkg/core.js";
import { accountDocument } from "../schema/account.js";
import { argon2Parameters, passwordPolicy } from "../schema/config.js";
import { pageOf } from "../schema/page.js";
import { doneOrRefused, refusal } from "../schema/result.js";
import { userDocument } from "../schema/user.js";
import { userProfile } from "../schema/userFields.js";
import type { Doc, Id } from "./_generated/dataModel.js";
import {
  mutation,
  query,
  type MutationCtx,
  type QueryCtx,
} from "./_generated/server.js";
import { findAccount, localIssuer, readAccounts } from "./accountRows.js";
import { record } from "./auditRows.js";
import { deleteCodes } from "./codes.js";
import { decide } from "./accountsCore.js";
import { withExtend } from "./extend.js";
import { readLimits, writeLimits } from "./limits.js";
import { readPasskeys } from "./passkeyRows.js";
import { requestOrigin } from "./requestOrigin.js";
import { deleteChallenges } from "./secondFactorChallengeRows.js";
import { forgetTrustedDevices } from "./secondFactorRows.js";
import { deleteSessions, readSessions } from "./sessionRows.js";
import { findUser } from "./userRows.js";

/** The most users with one address or number that are looked at. */
const MAX_CANDIDATES = 100;

/** How the app names an account, and how its provider hashes. */
const named = {
  provider: v.string(),
  accountId: v.string(),
  policy: v.optional(passwordPolicy),
  argon2: v.optional(argon2Parameters),
};

/** A secret as the app gives it. */
const secret = v.union(
  v.object({ kind: v.literal("password"), password: v.string() }),
  v.object({ kind: v.literal("hash"), hash: v.string() }),
  v.object({ kind: v.literal("none") }),
);

const found = v.union(
  v.object({
    kind: v.literal("found"),
    account: accountDocument,
    user: userDocument,
  }),
  v.object({ kind: v.literal("refused"), refusal }),
);

/** Gives a new or, with a proved address, an existing user an account. */
export const create = mutation({
  args: {
    ...named,
    secret,
    profile: userProfile(),
    extend: v.optional(v.any()),
    /** Whether the app vouches for the profile's e-mail address. */
    provesEmail: v.boolean(),
    /** Whether the app vouches for the profile's telephone number. */
    provesPhone: v.boolean(),
  },
  returns: found,
  handler: async (ctx, args) => {
    const prepared = await prepare(ctx, args, args.secret);
    if (prepared.kind === "refused") {
      return prepared;
    }
    const { accountId, secret } = prepared;
    const existing = await findAccount(ctx, args.provider, accountId);
    const profile = decide("checkNewAccount", {
      exists: existing !== null,
      accountId,
      profile: args.profile,
      provesEmail: args.provesEmail,
      provesPhone: args.provesPhone,
      now: Date.now(),
    });
    if (profile.kind === "refused") {
      return profile;
    }
    const userId =
      (await userByEmail(ctx, profile.fields.email, args.provesEmail)) ??
      (await userByPhone(ctx, profile.fields.phone, args.provesPhone)) ??
      (await ctx.db.insert("User", {
        ...profile.fields,
        ...withExtend(args.extend),
      }));
    const id = await ctx.db.insert("Account", {
      ...{ userId, provider: args.provider, accountId, secret },
      verifiedTime: profile.verifiedTime,
      issuer: localIssuer(args.provider),
    });
    await audit(ctx, "accountCreated", userId, args.provider);
    return await present(ctx, await ctx.db.get("Account", id));
  },
});

/** An account, without a check of its secret. */
export const get = query({
  args: { provider: v.string(), accountId: v.string() },
  returns: found,
  handler: async (ctx, args) => {
    const prepared = decide("prepareAccount", {
      ...{ ...args, secret: { kind: "none" }, origin: {} },
    });
    if (prepared.kind === "refused") {
      return prepared;
    }
    const account = await findAccount(ctx, args.provider, prepared.accountId);
    return await present(ctx, account);
  },
});

/** An account whose secret is the presented one. Limited like a sign-in. */
export const check = mutation({
  args: { ...named, password: v.string() },
  returns: found,
  handler: async (ctx, args) => {
    const prepared = await prepare(ctx, args, { kind: "none" });
    if (prepared.kind === "refused") {
      return prepared;
    }
    const { provider, password, argon2 } = args;
    const account = await findAccount(ctx, provider, prepared.accountId);
    const answer = decide("checkAccountSecret", {
      ...{ now: Date.now(), provider, password },
      ...(argon2 === undefined ? {} : { argon2 }),
      origin: await requestOrigin(ctx),
      account: account ?? undefined,
      attempt: await readLimits(ctx, prepared.attempt),
    });
    await writeLimits(ctx, answer.limits);
    await record(ctx, answer.audit);
    if (answer.refusal !== undefined) {
      return { kind: "refused" as const, refusal: answer.refusal };
    }
    if (answer.secret.kind === "set" && account !== null) {
      await ctx.db.patch("Account", account._id, {
        secret: answer.secret.hash,
      });
    }
    return await present(ctx, account);
  },
});

/** Sets the secret of an account and ends the user's sessions. */
export const update = mutation({
  args: { ...named, secret, except: v.array(v.string()) },
  returns: doneOrRefused,
  handler: async (ctx, args) => {
    const prepared = await prepare(ctx, args, args.secret);
    if (prepared.kind === "refused") {
      return prepared;
    }
    const account = await findAccount(ctx, args.provider, prepared.accountId);
    if (account === null) {
      return missing();
    }
    await ctx.db.patch("Account", account._id, { secret: prepared.secret });
    const sessions = await readSessions(ctx, account.userId);
    const ended = sessions.filter(({ _id }) => !args.except.includes(_id));
    await deleteSessions(
      ctx,
      ended.map((session) => session._id),
    );
    await deleteCodes(ctx, account.provider, account.accountId);
    await forgetTrustedDevices(ctx, account.userId);
    await audit(ctx, "accountUpdated", account.userId, account.provider);
    return { kind: "done" as const };
  },
});

/** Removes an account, unless it is the user's last way to sign in. */
export const remove = mutation({
  args: { accountId: v.string() },
  returns: doneOrRefused,
  handler: async (ctx, args) => {
    const id = ctx.db.normalizeId("Account", args.accountId);
    const account = id === null ? null : await ctx.db.get("Account", id);
    const accounts =
      account === null ? [] : await readAccounts(ctx, account.userId);
    const passkeys =
      account === null ? [] : await readPasskeys(ctx, account.userId);
    const decision = decide("checkAccountRemoval", {
      ways: accounts.length + passkeys.length,
    });
    if (decision.kind === "refused" || account === null) {
      return decision;
    }
    await ctx.db.delete("Account", account._id);
    await deleteChallenges(ctx, account.userId);
    await audit(ctx, "accountRemoved", account.userId, account.provider);
    return decision;
  },
});

/** The accounts of a user. */
export const list = query({
  args: { userId: v.string() },
  returns: pageOf(accountDocument),
  handler: async (ctx, args) => {
    const user = await findUser(ctx, args.userId);
    const accounts = user === null ? [] : await readAccounts(ctx, user._id);
    return { items: accounts.map(withoutSecret), nextCursor: null };
  },
});

async function prepare(
  ctx: MutationCtx,
  args: {
    provider: string;
    accountId: string;
    policy?: Infer<typeof passwordPolicy>;
    argon2?: Infer<typeof argon2Parameters>;
  },
  secret: AccountSecret,
) {
  const { provider, accountId, policy, argon2 } = args;
  const origin: Origin = await requestOrigin(ctx);
  return decide("prepareAccount", {
    ...{ provider, accountId, secret, origin },
    ...(policy === undefined ? {} : { policy }),
    ...(argon2 === undefined ? {} : { argon2 }),
  });
}

async function userByEmail(
  ctx: MutationCtx,
  email: string | undefined,
  isProved: boolean,
): Promise<Id<"User"> | null> {
  if (email === undefined) {
    return null;
  }
  const candidates = await ctx.db
    .query("User")
    .withIndex("email", (q) => q.eq("email", email))
    .take(MAX_CANDIDATES);
  const { userId } = decide("linkUser", { by: "email", isProved, candidates });
  return (userId as Id<"User"> | undefined) ?? null;
}

async function userByPhone(
  ctx: MutationCtx,
  phone: string | undefined,
  isProved: boolean,
): Promise<Id<"User"> | null> {
  if (phone === undefined) {
    return null;
  }
  const candidates = await ctx.db
    .query("User")
    .withIndex("phone", (q) => q.eq("phone", phone))
    .take(MAX_CANDIDATES);
  const { userId } = decide("linkUser", { by: "phone", isProved, candidates });
  return (userId as Id<"User"> | undefined) ?? null;
}

async function present(ctx: QueryCtx, account: Doc<"Account"> | null) {
  const user =
    account === null ? null : await ctx.db.get("User", account.userId);
  return account === null || user === null
    ? missing()
    : { kind: "found" as const, account: withoutSecret(account), user };
}

function withoutSecret({ secret: _secret, ...account }: Doc<"Account">) {
  return account;
}

function missing() {
  return { kind: "refused" as const, refusal: decide("missingAccount", null) };
}

async function audit(
  ctx: MutationCtx,
  event: "accountCreated" | "accountUpdated" | "accountRemoved",
  userId: string,
  provider: string,
): Promise<void> {
  const origin = await requestOrigin(ctx);
  await record(ctx, [
    { event, outcome: "success", userId, provider, ...origin },
  ]);
}
