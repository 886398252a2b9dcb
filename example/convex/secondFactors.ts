import { v } from "convex/values";
import { mutation, query } from "./_generated/server";
import { auth } from "./auth";

/** What the signed-in user has set up besides the password. */
export const status = query({
  args: {},
  returns: v.object({
    /** Since when a second factor is asked for; `null` if none is set up. */
    enabledTime: v.union(v.number(), v.null()),
    recoveryCodesLeft: v.number(),
    totps: v.array(
      v.object({
        _id: v.string(),
        name: v.union(v.string(), v.null()),
        verifiedTime: v.number(),
      }),
    ),
    codes: v.array(
      v.object({
        _id: v.string(),
        method: v.union(v.literal("emailCode"), v.literal("phoneCode")),
        to: v.string(),
        verifiedTime: v.number(),
      }),
    ),
    trustedDevices: v.array(
      v.object({
        _id: v.string(),
        _creationTime: v.number(),
        lastUsedTime: v.number(),
        expirationTime: v.number(),
        userAgent: v.union(v.string(), v.null()),
      }),
    ),
  }),
  handler: async (ctx) => {
    const { userId } = await auth.session.require(ctx);
    const { totps, codes, trustedDevices, ...factors } =
      await auth.secondFactor.get(ctx, { userId });
    return {
      enabledTime: factors.enabledTime,
      recoveryCodesLeft: factors.recoveryCodesLeft,
      // Those without a time are still being set up.
      totps: totps.flatMap(({ _id, name = null, verifiedTime }) =>
        verifiedTime === undefined ? [] : [{ _id, name, verifiedTime }],
      ),
      codes: codes.flatMap(({ _id, method, address: to, verifiedTime }) =>
        verifiedTime === undefined ? [] : [{ _id, method, to, verifiedTime }],
      ),
      trustedDevices: trustedDevices.map(
        ({ _id, _creationTime, userAgent = null, ...device }) => ({
          ...{ _id, _creationTime, userAgent },
          lastUsedTime: device.lastUsedTime,
          expirationTime: device.expirationTime,
        }),
      ),
    };
  },
});

/** Removes an authenticator app. */
export const removeTotp = mutation({
  args: { totpId: v.string() },
  returns: v.null(),
  handler: async (ctx, { totpId }) => {
    const { userId } = await auth.session.require(ctx);
    await auth.totp.remove(ctx, totpId, { actorUserId: userId });
    return null;
  },
});

/** Sends no more codes to an address. */
export const removeCode = mutation({
  args: { codeFactorId: v.string() },
  returns: v.null(),
  handler: async (ctx, { codeFactorId }) => {
    const { userId } = await auth.session.require(ctx);
    const actor = { actorUserId: userId };
    await auth.secondFactor.removeCode(ctx, codeFactorId, actor);
    return null;
  },
});

/** Ends the trust in one browser. */
export const removeTrustedDevice = mutation({
  args: { trustedDeviceId: v.string() },
  returns: v.null(),
  handler: async (ctx, { trustedDeviceId }) => {
    const { userId } = await auth.session.require(ctx);
    const device = { userId, trustedDeviceId };
    await auth.secondFactor.removeTrustedDevice(ctx, device);
    return null;
  },
});

/** Ends the trust in all browsers. */
export const removeTrustedDevices = mutation({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const { userId } = await auth.session.require(ctx);
    await auth.secondFactor.removeTrustedDevices(ctx, { userId });
    return null;
  },
});
