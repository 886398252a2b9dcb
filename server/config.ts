import type { GenericDataModel } from "convex/server";
import type { AuthCallbacks } from "./callbacks.js";
import type { PermissionDefinition } from "./definePermissions.js";
import type { GroupsConfig } from "./groupsConfig.js";
import type { KeysConfig } from "./keysConfig.js";
import type { CredentialsProvider } from "./providers/credentials.js";
import type { PasskeyProvider } from "./providers/passkey.js";
import type { PasswordProvider } from "./providers/password.js";
import type { SecondFactorProvider } from "./providers/secondFactor.js";
import { refuse } from "./refuse.js";
import type { SecondFactorConfig, StepUpConfig } from "./secondFactorConfig.js";

/**
 * A way to sign in, or a second factor, as a function of
 * `convex-gatehouse/providers` makes it.
 */
export type AuthProvider =
  | PasswordProvider
  | CredentialsProvider
  | PasskeyProvider
  | SecondFactorProvider;

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

/** What `createAuth` is configured with. */
export type AuthConfig<
  DataModel extends GenericDataModel = GenericDataModel,
  P extends PermissionDefinition = PermissionDefinition,
> = {
  /** The ways to sign in, and second factors. Their ids must differ. */
  providers: AuthProvider[];
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
export function sessionArguments(config: AuthConfig) {
  return {
    ...config.session,
    issuer: environmentVariable("CONVEX_SITE_URL"),
  };
}

/** What Convex gives functions of the environment. */
declare const process: { env: Record<string, string | undefined> };

/**
 * Reads an environment variable of the deployment.
 *
 * @throws `MISSING_ENV_VAR` when it is not set.
 */
export function environmentVariable(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === "") {
    refuse(
      "MISSING_ENV_VAR",
      `the environment variable \`${name}\` is missing`,
    );
  }
  return value;
}

/**
 * Finds a provider.
 *
 * @throws `PROVIDER_NOT_CONFIGURED` when there is none with this id.
 */
export function findProvider(config: AuthConfig, id: string): AuthProvider {
  const provider = config.providers.find((candidate) => candidate.id === id);
  if (provider === undefined) {
    refuse(
      "PROVIDER_NOT_CONFIGURED",
      "there is no sign-in method with this name; configure it in `createAuth`",
    );
  }
  return provider;
}
