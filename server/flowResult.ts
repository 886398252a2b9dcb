import type { FunctionReturnType } from "convex/server";
import type { ComponentApi } from "../component/_generated/component.js";
import type { PasskeyOptionsJson } from "./signInResult.js";

/** What the component answers at the end of a sign-in, refusals included. */
export type ComponentSignInResult = FunctionReturnType<
  ComponentApi["password"]["signIn"]
>;

/** What the component answers at the end of a sign-in, unless it refuses. */
export type AcceptedSignIn = Exclude<
  ComponentSignInResult,
  { kind: "refused" }
>;

/** The options of the next WebAuthn call of the browser. */
export type PasskeyOptionsResult = {
  kind: "passkeyOptions";
  /** What `navigator.credentials` is called with, in its JSON form. */
  options: PasskeyOptionsJson;
  /** Names the ceremony; the client sends it back with the browser's answer. */
  verifier: string;
};

/** What a flow of a second factor answers besides what every sign-in answers. */
export type SecondFactorResult =
  | {
      kind: "totpSetup";
      /** What an authenticator app is set up with. */
      totpSetup: { uri: string; secret: string; totpId: string };
      /** The id of the app that is being set up. */
      verifier: string;
    }
  | {
      kind: "recoveryCodes";
      /** The new codes, this once. */
      recoveryCodes: string[];
    }
  | {
      kind: "codeSent";
      /** To be sent back with the code. */
      verifier: string;
    };

/** What a flow of any provider answers, before it is made fit for a client. */
export type FlowResult =
  AcceptedSignIn | PasskeyOptionsResult | SecondFactorResult;
