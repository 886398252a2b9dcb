/**
 * Carries out what a way to sign in has decided. Every way to sign in ends
 * here, as every decision ends in `sign_in::mint`.
 */
import type { Infer } from "convex/values";
import type {
  AuditEvent,
  CodeWrite,
  Origin,
  SignInAnswer,
  UserFields,
} from "../pkg/core.js";
import type { sessionConfig } from "../schema/config.js";
import type { signInResult } from "../schema/signInResult.js";
import type { Doc, Id } from "./_generated/dataModel.js";
import type { MutationCtx } from "./_generated/server.js";
import { decide } from "./accountsCore.js";
import { localIssuer } from "./accountRows.js";
import { askApp, askGate, type Callbacks } from "./appCallbacks.js";
import { record } from "./auditRows.js";
import { deleteCodes, findCode } from "./codes.js";
import { withExtend } from "./extend.js";
import { writeLimits } from "./limits.js";
import { insertChallenge } from "./secondFactorChallengeRows.js";
import {
  deleteAllFactors,
  forgetTrustedDevices,
  insertTrustedDevice,
} from "./secondFactorRows.js";
import { deleteSessions, insertSession } from "./sessionRows.js";
import { issueTokens } from "./tokens.js";

/** What a way to sign in answers its caller. */
export type SignInResult = Infer<typeof signInResult>;

/** What was read before the decision, and what the app asks for. */
export type SignInContext = {
  now: number;
  origin: Origin;
  provider: string;
  identifier: string;
  sessionConfig: Infer<typeof sessionConfig>;
  callbacks: Callbacks | undefined;
  /** The app's own data for a new user. */
  extend?: unknown;
  /** Whether the session gets tokens. */
  generateTokens: boolean;
  user: Doc<"User"> | null;
  /** The device that was presented, of the user or of somebody else. */
  device: Doc<"TrustedDevice"> | null;
  account: Doc<"Account"> | null;
  code: Doc<"VerificationCode"> | null;
  /** Stores what a user who is created signs in with, other than an account. */
  afterUserCreated?: (userId: Id<"User">) => Promise<void>;
  /** Stores what becomes valid with the session. */
  afterSessionOpened?: () => Promise<void>;
};

/** Writes the answer and tells the caller what it may know. */
export async function applySignIn(
  ctx: MutationCtx,
  context: SignInContext,
  decided: SignInAnswer,
): Promise<SignInResult> {
  const answer = await admit(ctx, context, decided);
  await writeLimits(ctx, answer.limits);
  await writeCode(ctx, context, answer.code);
  const userId = await writeUser(ctx, context, answer);
  await writeAccount(ctx, context, answer, userId);
  if (answer.user.kind === "create" && userId !== null) {
    await context.afterUserCreated?.(userId);
  }
  await deleteSessions(ctx, answer.removeSessions);
  for (const accountId of answer.removeAccounts) {
    await ctx.db.delete("Account", accountId as Id<"Account">);
  }
  if (userId !== null) {
    await forgetFactors(ctx, answer, userId);
  }
  if (answer.challenge !== undefined) {
    await insertChallenge(ctx, answer.challenge);
  }
  const opened = await openSession(ctx, context, answer, userId);
  await record(
    ctx,
    opened.audit.map((event) => ({
      ...event,
      userId: event.userId ?? userId ?? undefined,
      sessionId: event.sessionId ?? opened.sessionId,
    })),
  );
  return opened.result;
}

/** Asks the app's gate about the person whom the core names, if it names one. */
async function admit(
  ctx: MutationCtx,
  context: SignInContext,
  answer: SignInAnswer,
): Promise<SignInAnswer> {
  if (answer.admission === undefined) {
    return answer;
  }
  const result = await askGate(ctx, context.callbacks, {
    kind: "admit",
    provider: context.provider,
    profile: answer.admission,
    extend: context.extend,
    existingUserId: null,
  });
  if (result.kind !== "refused") {
    return answer;
  }
  return decide("refuseAdmission", {
    limits: answer.limits,
    provider: context.provider,
    message: result.message,
    origin: context.origin,
  });
}

/** Carries out what becomes of the code of an identifier. */
export async function writeCode(
  ctx: MutationCtx,
  {
    provider,
    identifier,
    code,
  }: Pick<SignInContext, "provider" | "identifier" | "code">,
  write: CodeWrite,
): Promise<void> {
  if (write.kind === "replace") {
    const { purpose, row } = write;
    const stored = await findCode(ctx, provider, purpose, identifier);
    if (stored !== null) {
      await ctx.db.delete("VerificationCode", stored._id);
    }
    await ctx.db.insert("VerificationCode", {
      provider,
      purpose,
      identifier,
      ...row,
    });
  } else if (write.kind === "tried" && code !== null) {
    await ctx.db.patch("VerificationCode", code._id, { tries: write.tries });
  } else if (write.kind === "deleteAll") {
    await deleteCodes(ctx, provider, identifier);
  } else if (write.kind === "delete" && code !== null) {
    await ctx.db.delete("VerificationCode", code._id);
  }
}

async function writeUser(
  ctx: MutationCtx,
  context: SignInContext,
  answer: SignInAnswer,
): Promise<Id<"User"> | null> {
  const existing = context.user;
  if (answer.user.kind === "keep") {
    return existing?._id ?? null;
  }
  const existingUserId = existing?._id ?? null;
  const proposal = {
    provider: context.provider,
    profile: answer.user.fields,
    extend: context.extend,
    existingUserId,
  };
  const reply = await askApp(ctx, context.callbacks, {
    kind: "createOrUpdateUser",
    ...proposal,
  });
  const stored: { profile: UserFields; extend?: unknown } =
    reply.kind === "profile" ? reply : proposal;
  const profile = proved(stored.profile, answer.user.fields);
  const fields = { ...profile, ...withExtend(stored.extend) };
  let userId: Id<"User">;
  if (existing === null) {
    userId = await ctx.db.insert("User", fields);
  } else {
    userId = existing._id;
    await ctx.db.patch("User", userId, {
      ...(answer.user.kind === "patch" && answer.user.clearsProfile
        ? NO_PROFILE
        : {}),
      ...fields,
    });
  }
  await askApp(ctx, context.callbacks, {
    kind: "afterUserCreatedOrUpdated",
    userId,
    ...proposal,
    profile,
    extend: stored.extend,
  });
  return userId;
}

/** A profile of which nothing is known. */
const NO_PROFILE = {
  name: undefined,
  image: undefined,
  phone: undefined,
  phoneVerificationTime: undefined,
  extend: undefined,
};

/** What was proved and what was not is the core's word, not the app's. */
function proved(profile: UserFields, decided: UserFields): UserFields {
  const {
    emailVerificationTime: _email,
    phoneVerificationTime: _phone,
    ...rest
  } = profile;
  const { emailVerificationTime, phoneVerificationTime } = decided;
  // Another address, which the app has put in its place, was not proved.
  const isProved =
    emailVerificationTime !== undefined &&
    (decided.email === undefined || rest.email === decided.email);
  return {
    ...rest,
    ...(isProved ? { emailVerificationTime } : {}),
    ...(phoneVerificationTime === undefined ? {} : { phoneVerificationTime }),
  };
}

async function writeAccount(
  ctx: MutationCtx,
  { now, account }: SignInContext,
  answer: SignInAnswer,
  userId: Id<"User"> | null,
): Promise<void> {
  const write = answer.account;
  if (write.kind === "create" && userId !== null) {
    await ctx.db.insert("Account", {
      userId,
      provider: write.provider,
      issuer: localIssuer(write.provider),
      accountId: write.accountId,
      secret: write.secret,
    });
  } else if (write.kind === "patch" && account !== null) {
    const { secret } = write;
    await ctx.db.patch("Account", account._id, {
      ...(secret.kind === "set" ? { secret: secret.hash } : {}),
      ...(secret.kind === "clear" ? { secret: undefined } : {}),
      ...(write.verifiedTime === undefined ? {} : { verifiedTime: now }),
    });
  }
}

/** Removes what somebody else may have set up, or what may be lost. */
async function forgetFactors(
  ctx: MutationCtx,
  answer: SignInAnswer,
  userId: Id<"User">,
): Promise<void> {
  if (answer.removesFactors) {
    await deleteAllFactors(ctx, userId);
    await ctx.db.patch("User", userId, { secondFactorTime: undefined });
  } else if (answer.forgetsTrustedDevices) {
    await forgetTrustedDevices(ctx, userId);
  }
}

async function writeTrustedDevice(
  ctx: MutationCtx,
  { device }: SignInContext,
  { trustedDevice: write }: SignInAnswer,
  userId: Id<"User">,
): Promise<void> {
  if (write.kind === "rotate" && device !== null) {
    await ctx.db.patch("TrustedDevice", device._id, write.patch);
  } else if (write.kind === "insert") {
    if (device !== null && device.userId === userId) {
      await ctx.db.delete("TrustedDevice", device._id);
    }
    await insertTrustedDevice(ctx, userId, write.row);
  }
}

type SignedIn = { kind: "signedIn" };

type Opened = {
  result: SignInResult;
  audit: AuditEvent[];
  sessionId?: Id<"Session">;
};

/** Opens the session of the answer, unless the app's gate refuses. */
async function openSession(
  ctx: MutationCtx,
  context: SignInContext,
  answer: SignInAnswer,
  userId: Id<"User"> | null,
): Promise<Opened> {
  const { outcome, session, audit } = answer;
  if (outcome.kind !== "signedIn" || userId === null) {
    return { result: outcome as Exclude<typeof outcome, SignedIn>, audit };
  }
  if (session === undefined) {
    return { result: { kind: "signedIn", userId, tokens: null }, audit };
  }
  const gate = await askGate(ctx, context.callbacks, {
    kind: "beforeSessionCreation",
    userId,
    provider: context.provider,
  });
  if (gate.kind === "refused") {
    const refused = decide("refuseSession", {
      audit,
      message: gate.message,
    });
    const { refusal } = refused;
    return { result: { kind: "refused", refusal }, audit: refused.audit };
  }
  await deleteSessions(ctx, answer.evictSessions);
  const sessionId = await insertSession(ctx, userId, session);
  await writeTrustedDevice(ctx, context, answer, userId);
  await context.afterSessionOpened?.();
  const tokens = context.generateTokens
    ? await issueTokens(
        ctx,
        context.now,
        { _id: sessionId, userId, ...session },
        context.sessionConfig,
      )
    : null;
  return {
    result: {
      ...{ kind: "signedIn", userId, sessionId, tokens },
      ...shownOnce(answer),
    },
    audit,
    sessionId,
  };
}

/** What the caller is told of the session and what came with it. */
function shownOnce({
  session,
  trustedDeviceToken,
  recoveryCodes,
}: SignInAnswer) {
  return {
    ...(session?.restriction && { restriction: session.restriction }),
    ...(trustedDeviceToken && { trustedDevice: trustedDeviceToken }),
    ...(recoveryCodes && { recoveryCodes }),
  };
}
