import { defineSchema } from "convex/server";
import { accountTable } from "../schema/account.js";
import { auditEventTable } from "../schema/auditEvent.js";
import { authVerifierTable } from "../schema/authVerifier.js";
import { deploymentSecretTable } from "../schema/deploymentSecret.js";
import { rateLimitTable } from "../schema/rateLimit.js";
import { refreshTokenTable } from "../schema/refreshToken.js";
import { sessionTable } from "../schema/session.js";
import { signingKeyTable } from "../schema/signingKey.js";
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
});
