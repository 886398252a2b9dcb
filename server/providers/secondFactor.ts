import type { SecondFactorFlow } from "../secondFactorFlow.js";
import type { FlowResult } from "../signInFlow.js";
import type { CodeOptions } from "./codes.js";
import type { TotpOptions } from "./totp.js";

/** A second factor, as `totp`, `emailCode` and `phoneCode` make it. */
export type SecondFactorProvider = {
  type: "secondFactor";
  id: string;
  /** What is proved with it. */
  method: "totp" | "emailCode" | "phoneCode";
  options: TotpOptions | CodeOptions;
  /** Runs a flow. It comes with the provider, so that only apps load it that use it. */
  run: (flow: SecondFactorFlow) => Promise<FlowResult>;
};
