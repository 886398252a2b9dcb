/** Signing up with a passkey, which may take more than one try. */

import type { SignInResult } from "../signInResult.js";
import { parseAuthError } from "../../server/authError.js";
import {
  begin,
  make,
  timeoutOf,
  type Begun,
  type PasskeyDependencies,
} from "./ceremony.js";

/** What a person has typed. */
interface ProvedAddress {
  /** The address that signs up. */
  email: string;
  /** The code that was sent to it. */
  code: string;
}

/** A sign-up whose code is used up: everything but it is kept for another try. */
interface Proved extends ProvedAddress {
  begun: Begun;
  /** Until when the challenge can be answered, by the local clock. */
  until: number;
  /** The passkey, once it is made. */
  response?: Awaited<ReturnType<typeof make>>;
}

/** Finishes sign-ups. */
export class PasskeySignUp {
  private readonly dependencies: PasskeyDependencies;
  private proved: Proved | null = null;

  /** @param dependencies - What it works with. */
  constructor(dependencies: PasskeyDependencies) {
    this.dependencies = dependencies;
  }

  /**
   * Makes the passkey and creates the user. The code is good for one challenge,
   * so the challenge is kept when the browser's dialog was closed, and the
   * passkey when the server could not be reached. When the challenge is over, the
   * server refuses the code, and no passkey is made that would be of no use.
   *
   * @param address - What the person has typed.
   * @throws PasskeyError when the browser has not made one; `AuthNetworkError`
   *   when the deployment could not be reached; ConvexError as the server threw
   *   it.
   */
  async finish(address: ProvedAddress): Promise<SignInResult> {
    const { signIn, provider } = this.dependencies;
    const proved = await this.prove(address);
    proved.response ??= await make(this.dependencies, proved.begun.options);
    const { response, begun } = proved;
    try {
      const params = { flow: "signUp-finish", response };
      const { verifier } = begun;
      const result = await signIn(provider, params, { verifier });
      this.proved = null;
      return result;
    } catch (error) {
      const code = parseAuthError(error)?.code;
      // What the server has refused, it refuses again.
      if (code !== undefined && code !== "RATE_LIMITED") {
        this.proved = null;
      }
      throw error;
    }
  }

  private async prove({ email, code }: ProvedAddress): Promise<Proved> {
    const { now } = this.dependencies.environment;
    const { proved } = this;
    if (
      proved?.email === email &&
      proved.code === code &&
      (now() < proved.until || proved.response !== undefined)
    ) {
      return proved;
    }
    this.proved = null;
    const begun = await begin(this.dependencies, "signUp-options", {
      ...{ email, code },
    });
    const until = now() + timeoutOf(begun.options);
    this.proved = { email, code, begun, until };
    return this.proved;
  }
}
