import type {
  IssueAnswer,
  IssueCall,
  RefuseAdmissionCall,
  RefusedSession,
  RefuseSessionCall,
  SignInAnswer,
  SigningKeyCall,
  SigningKeyChoice,
} from "../pkg/identity.js";
import type { PresentedChallenge } from "../pkg/secondFactor.js";

/**
 * The decisions that every way to sign in ends with. Several modules of the core
 * have them, since a function of the component loads one.
 */
export type SignInCore = {
  generatePepper: () => string;
  refuseAdmission: (call: RefuseAdmissionCall) => SignInAnswer;
  refuseSession: (call: RefuseSessionCall) => RefusedSession;
  sessionIssue: (call: IssueCall) => IssueAnswer;
  signingKeyChoose: (call: SigningKeyCall) => SigningKeyChoice;
  trustedDevicePresent: (token: string) => string | undefined;
};

/** The decisions that every proof of a second factor begins with, besides. */
export type SecondFactorCore = SignInCore & {
  secondFactorKey: (userId: string) => string;
  secondFactorPresent: (verifier: string) => PresentedChallenge;
};
