/** Rows of second factors. */
import type { WithoutSystemFields } from "convex/server";
import type { Infer } from "convex/values";
import type { SecondFactors } from "../pkg/core.js";
import type { secondFactorConfig } from "../schema/secondFactorConfig.js";
import type { Doc, Id } from "./_generated/dataModel.js";
import type { MutationCtx, QueryCtx } from "./_generated/server.js";
import { readLineage } from "./lineage.js";
import { deletePasskeys, readPasskeys } from "./passkeyRows.js";
import { deleteChallenges } from "./secondFactorChallengeRows.js";

/** The most authenticator apps or addresses of a user that are read. */
const MAX_FACTORS = 16;

/**
 * The most devices that a user trusts. One more takes the place of the oldest,
 * so that all can be forgotten in one transaction.
 */
const MAX_DEVICES = 100;

/** The app's settings for second factors. */
export type SecondFactorConfig = Infer<typeof secondFactorConfig>;

/**
 * What a sign-in of a user is decided by. Nearly all users have no second
 * factor, and their row says so: then nothing else is read.
 */
export async function readSecondFactors(
  ctx: QueryCtx,
  user: Doc<"User"> | null,
  config: SecondFactorConfig = {},
  device: Doc<"TrustedDevice"> | null = null,
): Promise<SecondFactors> {
  return user?.secondFactorTime === undefined
    ? none(config)
    : await readAllSecondFactors(ctx, user, config, device);
}

/** Rows of a user that were read already. */
type KnownFactorRows = {
  recoveryCodes?: Doc<"RecoveryCodes"> | null;
  passkeys?: Doc<"Passkey">[];
};

/**
 * The same with what a user is only setting up.
 *
 * @param known What was read already, and is not read again.
 */
export async function readAllSecondFactors(
  ctx: QueryCtx,
  user: Doc<"User"> | null,
  config: SecondFactorConfig = {},
  device: Doc<"TrustedDevice"> | null = null,
  known: KnownFactorRows = {},
): Promise<SecondFactors> {
  if (user === null) {
    return none(config);
  }
  const [totps, codes, passkeys, recoveryCodes] = await Promise.all([
    readTotps(ctx, user._id),
    readCodeFactors(ctx, user._id),
    known.passkeys ?? readPasskeys(ctx, user._id),
    known.recoveryCodes === undefined
      ? findRecoveryCodes(ctx, user._id)
      : known.recoveryCodes,
  ]);
  return {
    ...{ config, totps, codes, passkeys: passkeys.length },
    groupRequires: await isRequiredByGroup(ctx, user),
    recoveryCodesLeft: recoveryCodes?.codes.length ?? 0,
    ...(device === null ? {} : { trustedDevice: device }),
  };
}

function none(config: SecondFactorConfig): SecondFactors {
  return {
    ...{ config, groupRequires: false, totps: [], codes: [] },
    ...{ passkeys: 0, recoveryCodesLeft: 0 },
  };
}

/** Whether the organization of the selected group asks for a second factor. */
async function isRequiredByGroup(
  ctx: QueryCtx,
  { activeGroupId }: Doc<"User">,
): Promise<boolean> {
  const lineage =
    activeGroupId === undefined ? [] : await readLineage(ctx, activeGroupId);
  return lineage.at(-1)?.settings?.requireSecondFactor === true;
}

/** The authenticator apps of a user, live and pending. */
export async function readTotps(
  ctx: QueryCtx,
  userId: Id<"User">,
): Promise<Doc<"TotpFactor">[]> {
  return await ctx.db
    .query("TotpFactor")
    .withIndex("userId", (q) => q.eq("userId", userId))
    .take(MAX_FACTORS);
}

/** The addresses of a user for codes, live and pending. */
export async function readCodeFactors(
  ctx: QueryCtx,
  userId: Id<"User">,
): Promise<Doc<"CodeFactor">[]> {
  return await ctx.db
    .query("CodeFactor")
    .withIndex("userId", (q) => q.eq("userId", userId))
    .take(MAX_FACTORS);
}

/** The recovery codes of a user. */
export async function findRecoveryCodes(
  ctx: QueryCtx,
  userId: Id<"User">,
): Promise<Doc<"RecoveryCodes"> | null> {
  return await ctx.db
    .query("RecoveryCodes")
    .withIndex("userId", (q) => q.eq("userId", userId))
    .unique();
}

/** The device that a token names, whoever trusts it. */
export async function findTrustedDevice(
  ctx: QueryCtx,
  tokenHash: string | undefined,
): Promise<Doc<"TrustedDevice"> | null> {
  return tokenHash === undefined
    ? null
    : await ctx.db
        .query("TrustedDevice")
        .withIndex("tokenHash", (q) => q.eq("tokenHash", tokenHash))
        .unique();
}

/** The devices that a user trusts. */
export async function readTrustedDevices(
  ctx: QueryCtx,
  userId: Id<"User">,
): Promise<Doc<"TrustedDevice">[]> {
  return await ctx.db
    .query("TrustedDevice")
    .withIndex("userId", (q) => q.eq("userId", userId))
    .take(MAX_DEVICES);
}

/** Trusts a device. */
export async function insertTrustedDevice(
  ctx: MutationCtx,
  userId: Id<"User">,
  row: Omit<WithoutSystemFields<Doc<"TrustedDevice">>, "userId">,
): Promise<void> {
  const devices = await readTrustedDevices(ctx, userId);
  const surplus = Math.max(0, devices.length + 1 - MAX_DEVICES);
  for (const { _id } of devices.slice(0, surplus)) {
    await ctx.db.delete("TrustedDevice", _id);
  }
  await ctx.db.insert("TrustedDevice", { ...row, userId });
}

/**
 * Forgets all devices that a user trusts, and makes sign-ins void that wait for
 * a second factor.
 */
export async function forgetTrustedDevices(
  ctx: MutationCtx,
  userId: Id<"User">,
): Promise<void> {
  for (const device of await readTrustedDevices(ctx, userId)) {
    await ctx.db.delete("TrustedDevice", device._id);
  }
  await deleteChallenges(ctx, userId);
}

/** Deletes the recovery codes of a user. */
export async function deleteRecoveryCodes(
  ctx: MutationCtx,
  userId: Id<"User">,
): Promise<void> {
  const recoveryCodes = await findRecoveryCodes(ctx, userId);
  if (recoveryCodes !== null) {
    await ctx.db.delete("RecoveryCodes", recoveryCodes._id);
  }
}

/** Deletes all passkeys and second factors of a user, and what goes with them. */
export async function deleteAllFactors(
  ctx: MutationCtx,
  userId: Id<"User">,
): Promise<void> {
  await deletePasskeys(ctx, await readPasskeys(ctx, userId));
  for (const { _id } of await readTotps(ctx, userId)) {
    await ctx.db.delete("TotpFactor", _id);
  }
  for (const { _id } of await readCodeFactors(ctx, userId)) {
    await ctx.db.delete("CodeFactor", _id);
  }
  await deleteRecoveryCodes(ctx, userId);
  await forgetTrustedDevices(ctx, userId);
}

/** Notes since when a user has a second factor, for groups that ask for one. */
export async function noteSecondFactor(
  ctx: MutationCtx,
  user: Doc<"User">,
  now: number,
): Promise<void> {
  if (user.secondFactorTime === undefined) {
    await ctx.db.patch("User", user._id, { secondFactorTime: now });
  }
}
