import { defineSchema } from "convex/server";
import { accountTable } from "../schema/account.js";
import { apiKeyTable } from "../schema/apiKey.js";
import { apiKeyCounterTable } from "../schema/apiKeyCounter.js";
import { auditEventTable } from "../schema/auditEvent.js";
import { authVerifierTable } from "../schema/authVerifier.js";
import { codeFactorTable } from "../schema/codeFactor.js";
import { deploymentSecretTable } from "../schema/deploymentSecret.js";
import { groupTable } from "../schema/group.js";
import { groupCountTable } from "../schema/groupCount.js";
import { groupInviteTable } from "../schema/groupInvite.js";
import { groupInviteAcceptanceTable } from "../schema/groupInviteAcceptance.js";
import { groupMemberTable } from "../schema/groupMember.js";
import { groupRoleTable } from "../schema/groupRole.js";
import { groupRoleAssignmentTable } from "../schema/groupRoleAssignment.js";
import { groupSlugTable } from "../schema/groupSlug.js";
import { groupTagTable } from "../schema/groupTag.js";
import { oneTimeTokenTable } from "../schema/oneTimeToken.js";
import { passkeyTable } from "../schema/passkey.js";
import { rateLimitTable } from "../schema/rateLimit.js";
import { recoveryCodesTable } from "../schema/recoveryCodes.js";
import { refreshTokenTable } from "../schema/refreshToken.js";
import { removalJobTable } from "../schema/removalJob.js";
import { secondFactorChallengeTable } from "../schema/secondFactorChallenge.js";
import { sessionTable } from "../schema/session.js";
import { signingKeyTable } from "../schema/signingKey.js";
import { totpFactorTable } from "../schema/totpFactor.js";
import { trustedDeviceTable } from "../schema/trustedDevice.js";
import { userTable } from "../schema/user.js";
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
