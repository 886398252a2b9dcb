import type { UserProfile } from "../documents.js";
import type { SignInParameters } from "../parameters.js";
import { runPasswordFlow } from "../passwordFlow.js";
import type { DeliveryAdapter } from "./delivery.js";
import type { AuthProvider } from "./provider.js";

/** Options of `password`. */
export type PasswordOptions = DeliveryAdapter & {
  /** The provider's id: `"password"` by default. */
  id?: string;
  /**
   * Whether an address must be proved before the first session: `true` by
   * default if the provider can send e-mail.
   */
  requireEmailVerification?: boolean;
  /** The shortest new password: 8 characters, which is the minimum. */
  minPasswordLength?: number;
  /** The longest new password: 128 characters; 64 to 256. */
  maxPasswordLength?: number;
  /**
   * The cost of Argon2id: 19,456 KiB, 2 iterations, 1 lane by default. Hashes
   * with other parameters are renewed when their owners sign in.
   */
  argon2?: { memoryKib: number; iterations: number; parallelism: number };
  /** Digits of a generated code: 8; 6 to 12. */
  codeDigits?: number;
  /** Milliseconds a code is valid: one hour; one minute to one day. */
  codeLifetimeMs?: number;
  /**
   * Makes the user's fields from the sign-up form. By default the name is
   * kept. The e-mail address is always the one that signs up.
   */
  profile?: (
    parameters: SignInParameters,
  ) => UserProfile & { extend?: unknown };
};

const DEFAULT_MIN_LENGTH = 8;
const DEFAULT_MAX_LENGTH = 128;

/**
 * Signing in with an e-mail address and a password, with the flows `signUp`,
 * `signIn`, `email-verification`, `reset`, `reset-verification` and `change`.
 */
export function password(options: PasswordOptions = {}): AuthProvider {
  const { id = "password", argon2, codeDigits, codeLifetimeMs } = options;
  const hashing = {
    policy: {
      minLength: options.minPasswordLength ?? DEFAULT_MIN_LENGTH,
      maxLength: options.maxPasswordLength ?? DEFAULT_MAX_LENGTH,
    },
    ...(argon2 === undefined ? {} : { argon2 }),
  };
  const settings = {
    adapter: options,
    profile: options.profile ?? keepName,
    config: {
      provider: id,
      requireEmailVerification:
        options.requireEmailVerification ??
        options.sendVerificationRequest !== undefined,
      ...hashing,
      ...(codeDigits === undefined ? {} : { codeDigits }),
      ...(codeLifetimeMs === undefined ? {} : { codeLifetimeMs }),
    },
  };
  return { id, hashing, run: (flow) => runPasswordFlow({ ...flow, settings }) };
}

function keepName({ name }: SignInParameters): UserProfile {
  return typeof name === "string" && name.trim() !== "" ? { name } : {};
}
