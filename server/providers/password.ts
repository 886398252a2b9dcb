import type { UserProfile } from "../documents.js";
import type { DeliveryAdapter } from "./delivery.js";

/** What a person typed into a form, as the client sent it. */
export type SignInParameters = Record<string, unknown>;

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

/** Signing in with an e-mail address and a password. */
export type PasswordProvider = DeliveryAdapter & {
  type: "password";
  id: string;
  profile: (parameters: SignInParameters) => UserProfile & { extend?: unknown };
  /** What the component is told. */
  config: {
    provider: string;
    requireEmailVerification: boolean;
    policy: { minLength: number; maxLength: number };
    argon2?: { memoryKib: number; iterations: number; parallelism: number };
    codeDigits?: number;
    codeLifetimeMs?: number;
  };
};

const DEFAULT_MIN_LENGTH = 8;
const DEFAULT_MAX_LENGTH = 128;

/**
 * Signing in with an e-mail address and a password, with the flows `signUp`,
 * `signIn`, `email-verification`, `reset`, `reset-verification` and `change`.
 */
export function password(options: PasswordOptions = {}): PasswordProvider {
  const { id = "password", argon2, codeDigits, codeLifetimeMs } = options;
  return {
    type: "password",
    id,
    profile: options.profile ?? keepName,
    config: {
      provider: id,
      requireEmailVerification:
        options.requireEmailVerification ??
        options.sendVerificationRequest !== undefined,
      policy: {
        minLength: options.minPasswordLength ?? DEFAULT_MIN_LENGTH,
        maxLength: options.maxPasswordLength ?? DEFAULT_MAX_LENGTH,
      },
      ...(argon2 === undefined ? {} : { argon2 }),
      ...(codeDigits === undefined ? {} : { codeDigits }),
      ...(codeLifetimeMs === undefined ? {} : { codeLifetimeMs }),
    },
    sendVerificationRequest: options.sendVerificationRequest,
    generateVerificationToken: options.generateVerificationToken,
    normalizeIdentifier: options.normalizeIdentifier,
  };
}

function keepName({ name }: SignInParameters): UserProfile {
  return typeof name === "string" && name.trim() !== "" ? { name } : {};
}
