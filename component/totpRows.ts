import type { Infer } from "convex/values";
import type { totpFactorDocument } from "../schema/totpFactor.js";
import type { Doc } from "./_generated/dataModel.js";

/** An authenticator app without its secret. */
export function totpDocumentOf({
  secret: _secret,
  secretId: _secretId,
  lastUsedStep: _lastUsedStep,
  creationTime: _creationTime,
  ...totp
}: Doc<"TotpFactor">): Infer<typeof totpFactorDocument> {
  return totp;
}
