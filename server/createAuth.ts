import type { GenericDataModel } from "convex/server";
import type { ComponentApi } from "../component/_generated/component.js";
import { accountMethods } from "./account.js";
import { auditMethods } from "./audit.js";
import type { AuthConfig } from "./config.js";
import type { PermissionDefinition } from "./definePermissions.js";
import { groupMethods } from "./group.js";
import { httpMethods } from "./http/routes.js";
import { inviteMethods } from "./invite.js";
import { isAuthenticatedQuery } from "./isAuthenticated.js";
import { keyMethods } from "./key.js";
import { memberMethods } from "./member.js";
import { oneTimeTokenMethods } from "./oneTimeToken.js";
import { passkeyMethods } from "./passkey.js";
import { permissionMethods } from "./permission.js";
import { providerMethods } from "./provider.js";
import { roleMethods } from "./role.js";
import { secondFactorMethods } from "./secondFactor.js";
import { sessionMethods } from "./session.js";
import { signInAction, signOutAction } from "./signIn.js";
import { storeMutation } from "./store.js";
import { totpMethods } from "./totp.js";
import { userMethods } from "./user.js";

/**
 * What `createAuth` returns.
 *
 * @typeParam P What the app has defined with `definePermissions`.
 */
export interface Auth<P extends PermissionDefinition = PermissionDefinition> {
  /** People. */
  readonly user: ReturnType<typeof userMethods>;
  /** Signed-in devices. */
  readonly session: ReturnType<typeof sessionMethods>;
  /** Ways to sign in. */
  readonly account: ReturnType<typeof accountMethods>;
  /** Signing in from the app's own functions. */
  readonly provider: ReturnType<typeof providerMethods>;
  /** Organizations, and the groups below them. */
  readonly group: ReturnType<typeof groupMethods>;
  /** Who belongs to which group. */
  readonly member: ReturnType<typeof memberMethods<P>>;
  /** Roles that organizations make themselves. */
  readonly role: ReturnType<typeof roleMethods<P>>;
  /** What users may do in groups. */
  readonly permission: ReturnType<typeof permissionMethods<P>>;
  /** Invitations, to groups and to the app. */
  readonly invite: ReturnType<typeof inviteMethods<P>>;
  /** API keys. */
  readonly key: ReturnType<typeof keyMethods>;
  /** One-time tokens. */
  readonly oneTimeToken: ReturnType<typeof oneTimeTokenMethods>;
  /** Passkeys. */
  readonly passkey: ReturnType<typeof passkeyMethods>;
  /** Authenticator apps. */
  readonly totp: ReturnType<typeof totpMethods>;
  /** What people have set up as second factors. */
  readonly secondFactor: ReturnType<typeof secondFactorMethods>;
  /** What happened. */
  readonly audit: ReturnType<typeof auditMethods>;
  /** The routes of the library. */
  readonly http: ReturnType<typeof httpMethods>;
  /** The public action that signs in and refreshes. */
  readonly signIn: ReturnType<typeof signInAction>;
  /** The public action that signs out. */
  readonly signOut: ReturnType<typeof signOutAction>;
  /** The internal mutation through which the component calls callbacks. */
  readonly store: ReturnType<typeof storeMutation>;
  /** The public query that tells whether the caller's session goes on. */
  readonly isAuthenticated: ReturnType<typeof isAuthenticatedQuery>;
  /** The same object, for `export const { auth, signIn } = createAuth(…)`. */
  readonly auth: Auth<P>;
}

/** What makes the methods of each namespace. */
const NAMESPACES: Record<
  string,
  (component: ComponentApi, settings: AuthConfig, auth: Auth) => object
> = {
  user: userMethods,
  session: sessionMethods,
  account: accountMethods,
  provider: providerMethods,
  group: groupMethods,
  member: memberMethods,
  role: roleMethods,
  permission: permissionMethods,
  invite: inviteMethods,
  key: keyMethods,
  oneTimeToken: oneTimeTokenMethods,
  passkey: passkeyMethods,
  totp: totpMethods,
  secondFactor: secondFactorMethods,
  audit: auditMethods,
  http: httpMethods,
  auth: (_component, _settings, auth) => auth,
};

/**
 * Sets up authentication for an app.
 *
 * ```ts
 * export const auth = createAuth(components.auth, { providers: [password()] });
 * export const { signIn, signOut, store, isAuthenticated } = auth;
 * ```
 *
 * @param component `components.auth` of the app.
 * @param config The ways to sign in, settings of sessions and groups, and
 *   callbacks.
 * @typeParam DataModel The app's data model, for callbacks.
 * @typeParam P What `groups.permissions` defines. TypeScript finds it out,
 *   unless the data model is named: then name it, too
 *   (`createAuth<DataModel, typeof permissions>`).
 * @returns The methods `auth.user.*`, `auth.session.*` …, and the functions
 *   that the app exports from the module that `config.store` names.
 * @throws An `Error` when two providers have one id, when `groups.settings` has
 *   `requireSecondFactor`, which is no default, or when `keys.headers` has what
 *   can be no header.
 */
export function createAuth<
  DataModel extends GenericDataModel = GenericDataModel,
  const P extends PermissionDefinition = PermissionDefinition,
>(component: ComponentApi, config: AuthConfig<DataModel, P>): Auth<P> {
  const settings = config as unknown as AuthConfig;
  refuseMistakes(settings);
  const auth = {
    signIn: signInAction(component, settings),
    signOut: signOutAction(component),
    store: storeMutation(settings),
    isAuthenticated: isAuthenticatedQuery(component),
  } as Auth<P>;
  // Convex evaluates an app's module on every call, and each call needs few of
  // the methods: they are made when they are first asked for.
  for (const [name, make] of Object.entries(NAMESPACES)) {
    let made: object | undefined;
    Object.defineProperty(auth, name, {
      get: () => (made ??= make(component, settings, auth as Auth)),
      enumerable: true,
    });
  }
  return auth;
}

/** Refuses settings that cannot be meant. */
function refuseMistakes({ providers, groups, keys }: AuthConfig): void {
  const ids = new Set<string>();
  for (const { id } of providers) {
    if (ids.has(id)) {
      throw new Error(
        `createAuth: two providers have the id "${id}"; give one of them another \`id\``,
      );
    }
    ids.add(id);
  }
  // A default that nothing enforces must not look like one that is in force.
  const settings: object = groups?.settings ?? {};
  if ("requireSecondFactor" in settings) {
    throw new Error(
      "createAuth: `requireSecondFactor` is no default; set it with `auth.group.update` for each organization",
    );
  }
  for (const name of keys?.headers ?? []) {
    // A name that no header can have (RFC 9110, section 5.6.2: a token) would
    // make every request fail.
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) {
      throw new Error(`createAuth: "${name}" in \`keys.headers\` is no header`);
    }
  }
}
