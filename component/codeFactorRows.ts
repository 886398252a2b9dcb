import type { Infer } from "convex/values";
import type { codeFactorDocument } from "../schema/codeFactor.js";
import type { Doc } from "./_generated/dataModel.js";

/** An address for codes without the hash of its code. */
export function codeFactorDocumentOf({
  codeHash: _codeHash,
  creationTime: _creationTime,
  ...codeFactor
}: Doc<"CodeFactor">): Infer<typeof codeFactorDocument> {
  return codeFactor;
}
