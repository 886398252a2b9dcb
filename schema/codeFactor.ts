import { v } from "convex/values";
import { codeFactorKind } from "./secondFactorConfig.js";

/** The columns of an enrolled address that leave the component. */
export const codeFactorFields = {
  /** Whose address it is. */
  userId: v.id("User"),
  /** By which way codes are sent. */
  method: codeFactorKind,
  /** The address or the number, normalised. */
  address: v.string(),
  /** When the first code was right; until then the address counts for nothing. */
  verifiedTime: v.optional(v.number()),
};

/** An address for codes as it leaves the component. */
export const codeFactorDocument = v.object({
  _id: v.id("CodeFactor"),
  _creationTime: v.number(),
  ...codeFactorFields,
});
