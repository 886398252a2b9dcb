import type { GenericDataModel } from "convex/server";
import type { AuthCallbacks } from "./callbacks.js";
import type { PermissionDefinition } from "./definePermissions.js";
import { environmentVariable } from "./environment.js";
import type { GroupsConfig } from "./groupsConfig.js";
import type { KeysConfig } from "./keysConfig.js";
import type { SecondFactorConfig, StepUpConfig } from "./secondFactorConfig.js";

/** Settings of sessions. Values out of range are moved to the nearest bound. */
export type SessionSettings = {
  /** Milliseconds an access token is valid: 15 minutes, up to one hour. */
  accessTokenLifetimeMs?: number;
  /** Milliseconds until a session ends even when it is used: 30 days. */
  totalLifetimeMs?: number;
  /** Milliseconds until a session ends when it is not used: 14 days. */
  idleLifetimeMs?: number;
  /**
   * Milliseconds during which a refresh token that was just used is accepted
   * again: 10 seconds, up to one minute.
   */
  refreshGraceMs?: number;
  /** The most sessions of a user, the oldest ending first: 25, up to 100. */
  maxSessions?: number;
};

/** The settings of an app, without its providers, which work with them. */
export type AuthSettings<
  DataModel extends GenericDataModel = GenericDataModel,
  P extends PermissionDefinition = PermissionDefinition,
> = {
  /** Settings of second factors. */
  secondFactor?: SecondFactorConfig;
  /** Settings of proving again who one is. */
  stepUp?: StepUpConfig;
  /** Settings of sessions. */
  session?: SessionSettings;
  /** What the app decides or does when people sign in. */
  callbacks?: AuthCallbacks<DataModel>;
  /** Settings of groups, and the permissions in them. */
  groups?: GroupsConfig<P>;
  /** Settings of API keys. */
  keys?: KeysConfig;
  /**
   * Where `store` is exported, `"<module>:<export>"`: `"auth:store"` by
   * default, which is `convex/auth.ts`.
   */
  store?: string;
  /** Origins besides `SITE_URL` to which links in e-mails may lead. */
  allowedRedirectOrigins?: string[];
};

/** The settings of sessions in the form in which the component takes them. */
export function sessionArguments({ session }: AuthSettings) {
  return { ...session, issuer: environmentVariable("CONVEX_SITE_URL") };
}
