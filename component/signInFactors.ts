/** What every way to sign in reads about second factors. */
import type { SecondFactors } from "../pkg/identity.js";
import type { Doc } from "./_generated/dataModel.js";
import type { QueryCtx } from "./_generated/server.js";
import {
  findTrustedDevice,
  readSecondFactors,
  type SecondFactorConfig,
} from "./secondFactorRows.js";
import type { SignInCore } from "./signInCore.js";

/** What every way to sign in is called with besides its own. */
export type SignInArguments = {
  secondFactor?: SecondFactorConfig;
  trustedDevice?: string;
  replaces?: string;
};

/** The device whose token was presented, whoever trusts it. */
export async function findPresentedDevice(
  ctx: QueryCtx,
  core: Pick<SignInCore, "trustedDevicePresent">,
  trustedDevice: string | undefined,
): Promise<Doc<"TrustedDevice"> | null> {
  return trustedDevice === undefined
    ? null
    : await findTrustedDevice(ctx, core.trustedDevicePresent(trustedDevice));
}

/** The second factors of a user, and the device that was presented. */
export async function readSignInFactors(
  ctx: QueryCtx,
  core: Pick<SignInCore, "trustedDevicePresent">,
  user: Doc<"User"> | null,
  { secondFactor, trustedDevice }: SignInArguments,
): Promise<{ factors: SecondFactors; device: Doc<"TrustedDevice"> | null }> {
  const isAsked =
    trustedDevice !== undefined && user?.secondFactorTime !== undefined;
  const device = isAsked
    ? await findPresentedDevice(ctx, core, trustedDevice)
    : null;
  const factors = await readSecondFactors(ctx, user, secondFactor, device);
  return { factors, device };
}
