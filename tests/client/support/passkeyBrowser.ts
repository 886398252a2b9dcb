import { vi } from "vitest";
import type { AuthClient } from "../../../client/index.js";
import {
  passkeyClient,
  type PasskeyClient,
} from "../../../client/passkey/passkeyClient.js";
import { ManualClock } from "./clock.js";

/** Options for which the fake authenticator makes or uses a passkey. */
export const OPTIONS = {
  ...{ kind: "passkeyOptions" as const, verifier: "pkv" },
  options: { challenge: "AAAA", user: { id: "AAAA" }, timeout: 300_000 },
};

/** What a browser does when it is asked for a passkey. */
type Ceremony = (options: CredentialRequestOptions) => Promise<unknown>;

/** Waits until its signal ends it, as a browser does in a field. */
export const untilAborted: Ceremony = ({ signal }) =>
  new Promise((_resolve, reject) => {
    const abort = () => reject(new DOMException("aborted", "AbortError"));
    if (signal?.aborted === true) {
      abort();
    }
    signal?.addEventListener("abort", abort);
  });

const BYTES = new ArrayBuffer(1);

/** A passkey that was made or used. */
export const credential = {
  id: "AA",
  response: {
    ...{ clientDataJSON: BYTES, attestationObject: BYTES },
    ...{ authenticatorData: BYTES, signature: BYTES, userHandle: null },
  },
};

/** Passkeys of a client, with a browser, a clock and a server that a test has. */
export class PasskeyWorld {
  readonly clock = new ManualClock();
  /** The flows that were called. */
  readonly flows: string[] = [];
  /** What the server answers, by flow; a function may throw. */
  readonly answers = new Map<
    string,
    (params: Record<string, unknown>) => unknown
  >();
  /** How often the browser was asked to make a passkey. */
  made = 0;
  /** What it does then. */
  create: Ceremony = () => Promise.resolve(credential);
  /** The signals of ceremonies in which one is used. */
  readonly signals: AbortSignal[] = [];
  /** What the browser does in them. */
  get: Ceremony = untilAborted;
  readonly client: PasskeyClient;

  constructor() {
    vi.stubGlobal("PublicKeyCredential", class {});
    vi.stubGlobal("navigator", {
      credentials: {
        get: (options: CredentialRequestOptions) => {
          if (options.signal !== undefined && options.signal !== null) {
            this.signals.push(options.signal);
          }
          return this.get(options);
        },
        create: (options: CredentialRequestOptions) => {
          this.made += 1;
          return this.create(options);
        },
      },
    });
    const signIn: AuthClient["signIn"] = (_provider, params) => {
      const sent = params as { flow: string };
      const { flow } = sent;
      this.flows.push(flow);
      const answer = this.answers.get(flow);
      return Promise.resolve()
        .then(() => answer?.(sent) ?? OPTIONS)
        .then((result) => result as typeof OPTIONS);
    };
    this.client = passkeyClient({
      ...{ signIn, provider: "passkey" },
      environment: { now: this.clock.now, timers: this.clock.timers },
    });
  }
}
