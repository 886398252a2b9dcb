/** How many ceremonies with passkeys a network has begun. */
import type { Origin } from "../pkg/passkeyOptions.js";
import type { MutationCtx } from "./_generated/server.js";
import { readLimits } from "./limits.js";
import { decide } from "./passkeyOptionsCore.js";

/** The counter of ceremonies that the network of a request has begun. */
export async function readBegun(ctx: MutationCtx, origin: Origin) {
  return await readLimits(ctx, { begun: decide("passkeyBegunKey", origin) });
}
