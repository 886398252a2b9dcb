import type { FunctionReturnType } from "convex/server";
import type { ComponentApi } from "../component/_generated/component.js";

/** A user. */
export type UserDocument = NonNullable<
  FunctionReturnType<ComponentApi["user"]["read"]["get"]>
>;

/** A session. */
export type SessionDocument = NonNullable<
  FunctionReturnType<ComponentApi["session"]["live"]["get"]>
>;

/** An account: a way to sign in. Its secret never leaves the component. */
export type AccountDocument = FunctionReturnType<
  ComponentApi["account"]["list"]
>["items"][number];

/** An event of the audit trail. */
export type AuditEventDocument = FunctionReturnType<
  ComponentApi["audit"]["list"]
>["items"][number];

/** A group. */
export type GroupDocument = NonNullable<
  FunctionReturnType<ComponentApi["group"]["read"]["get"]>
>;

/** How many rows a group has. */
export type GroupCounts = NonNullable<
  FunctionReturnType<ComponentApi["group"]["read"]["counts"]>
>;

/** A membership. */
export type MemberDocument = NonNullable<
  FunctionReturnType<ComponentApi["member"]["read"]["get"]>
>;

/** An invitation. What recognises its token never leaves the component. */
export type InviteDocument = NonNullable<
  FunctionReturnType<ComponentApi["invite"]["read"]["get"]>
>;

/** An API key. What recognises its secret never leaves the component. */
export type ApiKeyDocument = NonNullable<
  FunctionReturnType<ComponentApi["key"]["read"]["get"]>
>;

/** How far the removal of a group or a user is. Times are in milliseconds. */
export type RemovalProgress = NonNullable<
  FunctionReturnType<ComponentApi["removalJob"]["status"]>
>;

/** What an app or a form may set of a user. Times are in milliseconds. */
export type UserProfile = {
  name?: string;
  email?: string;
  emailVerificationTime?: number;
  phone?: string;
  phoneVerificationTime?: number;
  image?: string;
  isAnonymous?: boolean;
};

/** An authenticator app, without its secret. */
export type TotpDocument = FunctionReturnType<
  ComponentApi["totp"]["list"]
>[number];

/** What a user has set up as second factors. Times are in milliseconds. */
export type SecondFactorStatus = FunctionReturnType<
  ComponentApi["secondFactor"]["status"]
>;

/** An address or number to which codes are sent. */
export type CodeFactorDocument = SecondFactorStatus["codes"][number];

/** A browser in which a user is not asked for the second factor. */
export type TrustedDeviceDocument =
  SecondFactorStatus["trustedDevices"][number];

/** A passkey, without its key. */
export type PasskeyDocument = FunctionReturnType<
  ComponentApi["passkey"]["list"]
>[number];
