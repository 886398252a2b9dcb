/** Recovery codes stand in for any second factor: every provider of one has them. */
import type { SessionIdentity } from "./identity.js";
import { issueRecoveryCodes, verify } from "./secondFactorFlow.js";
import type { ProviderFlow } from "./signInFlow.js";

/** What a provider refuses in its own words. */
type Refusals<Flow> = {
  /** Reads the code that was typed. */
  codeOf: (flow: Flow) => string;
  /** Refuses a code of nobody: there is no verifier, and nobody is signed in. */
  refuseNobody: () => never;
  /** The caller, also in a session in which only a factor can be set up. */
  requireSession: (flow: Flow) => Promise<SessionIdentity>;
};

/**
 * The flows `recover` and `recovery-codes` of a provider. A recovery code
 * finishes the sign-in that the verifier names, or makes the session of the
 * caller fresh, as the provider's own factor does.
 */
export function recoveryFlows<Flow extends ProviderFlow>({
  codeOf,
  refuseNobody,
  requireSession,
}: Refusals<Flow>) {
  return {
    recover: async (flow: Flow) =>
      await verify(flow, "recoveryCode", codeOf(flow), refuseNobody),
    "recovery-codes": async (flow: Flow) =>
      await issueRecoveryCodes(flow, await requireSession(flow)),
  };
}
