import { ConvexError, type Value } from "convex/values";
import type { SecondFactorMethod } from "./secondFactorConfig.js";

/** A sign-in that waits for a second factor. */
export type OwedSecondFactor = {
  kind: "secondFactorRequired";
  userId: string;
  verifier: string;
  methods: SecondFactorMethod[];
};

/**
 * What `auth.provider.signIn` throws when the sign-in waits for a second factor:
 * `SECOND_FACTOR_REQUIRED` with the `verifier` and the `methods`.
 */
export class SecondFactorOwed extends ConvexError<Record<string, Value>> {
  /** The answer, with who proved the first factor. It does not travel. */
  readonly owed: OwedSecondFactor;

  /** @param owed What the component has answered. */
  constructor(owed: OwedSecondFactor) {
    const { verifier, methods } = owed;
    super({
      code: "SECOND_FACTOR_REQUIRED",
      verifier,
      methods,
      message: "a second factor is needed to finish the sign-in",
    });
    this.owed = owed;
  }
}
