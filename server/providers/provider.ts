import type { FlowResult } from "../flowResult.js";
import type { ProviderFlow } from "../signInFlow.js";
import type { FurtherResults } from "../signInResult.js";

/** How the component checks and hashes the passwords of a provider. */
export type PasswordHashing = {
  /** What a new password must be like. */
  policy: { minLength: number; maxLength: number };
  /** The cost of Argon2id, if it is not the default. */
  argon2?: { memoryKib: number; iterations: number; parallelism: number };
};

/**
 * A way to sign in, or a second factor, as a function of
 * `convex-gatehouse/providers` makes it. It brings its own flows, so that apps
 * load those alone that they use.
 */
export type AuthProvider = {
  /** The name of the provider in calls of clients and in accounts. */
  readonly id: string;
  /** How it hashes; missing where it has no passwords. */
  readonly hashing?: PasswordHashing;
  /**
   * Runs the flow that the parameters name.
   *
   * @throws What the flow refuses with.
   */
  readonly run: (flow: ProviderFlow) => Promise<FlowResult>;
  /** Validators of what `signIn` returns of its flows alone. */
  readonly results?: () => FurtherResults;
};
