import { defineSchema } from "convex/server";
import { accountTable } from "../schema/accountTable.js";
import { apiKeyTable } from "../schema/apiKeyTable.js";
import { apiKeyCounterTable } from "../schema/apiKeyCounter.js";
import { auditEventTable } from "../schema/auditEvent.js";
import { authVerifierTable } from "../schema/authVerifier.js";
import { codeFactorTable } from "../schema/codeFactorTable.js";
import { deploymentSecretTable } from "../schema/deploymentSecret.js";
import { groupTable } from "../schema/groupTable.js";
import { groupCountTable } from "../schema/groupCountTable.js";
import { groupInviteTable } from "../schema/groupInviteTable.js";
import { groupInviteAcceptanceTable } from "../schema/groupInviteAcceptance.js";
import { groupMemberTable } from "../schema/groupMemberTable.js";
import { groupRoleTable } from "../schema/groupRoleTable.js";
import { groupRoleAssignmentTable } from "../schema/groupRoleAssignment.js";
import { groupSlugTable } from "../schema/groupSlug.js";
import { groupTagTable } from "../schema/groupTag.js";
import { oneTimeTokenTable } from "../schema/oneTimeToken.js";
import { passkeyTable } from "../schema/passkeyTable.js";
import { rateLimitTable } from "../schema/rateLimit.js";
import { recoveryCodesTable } from "../schema/recoveryCodes.js";
import { refreshTokenTable } from "../schema/refreshToken.js";
import { removalJobTable } from "../schema/removalJobTable.js";
import { secondFactorChallengeTable } from "../schema/secondFactorChallenge.js";
import { sessionTable } from "../schema/sessionTable.js";
import { signingKeyTable } from "../schema/signingKeyTable.js";
import { totpFactorTable } from "../schema/totpFactorTable.js";
import { trustedDeviceTable } from "../schema/trustedDeviceTable.js";
import { userTable } from "../schema/userTable.js";
import { verificationCodeTable } from "../schema/verificationCode.js";

export default defineSchema({
  User: userTable,
  Account: accountTable,
  Session: sessionTable,
  RefreshToken: refreshTokenTable,
  VerificationCode: verificationCodeTable,
  AuthVerifier: authVerifierTable,
  RateLimit: rateLimitTable,
  SigningKey: signingKeyTable,
  DeploymentSecret: deploymentSecretTable,
  AuditEvent: auditEventTable,
  Group: groupTable,
  GroupTag: groupTagTable,
  GroupSlug: groupSlugTable,
  GroupCount: groupCountTable,
  GroupMember: groupMemberTable,
  GroupRole: groupRoleTable,
  GroupRoleAssignment: groupRoleAssignmentTable,
  GroupInvite: groupInviteTable,
  GroupInviteAcceptance: groupInviteAcceptanceTable,
  RemovalJob: removalJobTable,
  ApiKey: apiKeyTable,
  ApiKeyCounter: apiKeyCounterTable,
  OneTimeToken: oneTimeTokenTable,
  Passkey: passkeyTable,
  TotpFactor: totpFactorTable,
  CodeFactor: codeFactorTable,
  RecoveryCodes: recoveryCodesTable,
  TrustedDevice: trustedDeviceTable,
  SecondFactorChallenge: secondFactorChallengeTable,
});
