import type { Infer } from "convex/values";
import type { trustedDeviceDocument } from "../schema/trustedDevice.js";
import type { Doc } from "./_generated/dataModel.js";

/** A trusted device without what recognises it. */
export function trustedDeviceDocumentOf({
  tokenHash: _tokenHash,
  ...device
}: Doc<"TrustedDevice">): Infer<typeof trustedDeviceDocument> {
  return device;
}
