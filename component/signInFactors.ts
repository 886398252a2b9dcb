/** What every way to sign in reads about second factors. */
import type { SecondFactors } from "../pkg/core.js";
import type { Doc } from "./_generated/dataModel.js";
import type { QueryCtx } from "./_generated/server.js";
import { decide } from "./accountsCore.js";
import {
  findTrustedDevice,
  readSecondFactors,
  type SecondFactorConfig,
} from "./secondFactorRows.js";

/** What every way to sign in is called with besides its own. */
export type SignInArguments = {
  secondFactor?: SecondFactorConfig;
  trustedDevice?: string;
  replaces?: string;
};

/** The device whose token was presented, of any user. */
export async function findPresentedDevice(
  ctx: QueryCtx,
  trustedDevice: string | undefined,
): Promise<Doc<"TrustedDevice"> | null> {
  return trustedDevice === undefined
    ? null
    : await findTrustedDevice(
        ctx,
        decide("trustedDevicePresent", trustedDevice).tokenHash,
      );
}

/** The second factors of a user, and the device that was presented. */
export async function readSignInFactors(
  ctx: QueryCtx,
  user: Doc<"User"> | null,
  { secondFactor, trustedDevice }: SignInArguments,
): Promise<{ factors: SecondFactors; device: Doc<"TrustedDevice"> | null }> {
  const isAsked =
    trustedDevice !== undefined && user?.secondFactorTime !== undefined;
  const device = isAsked ? await findPresentedDevice(ctx, trustedDevice) : null;
  const factors = await readSecondFactors(ctx, user, secondFactor, device);
  return { factors, device };
}
