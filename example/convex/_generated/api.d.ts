/* eslint-disable */
/**
 * Generated `api` utility.
 *
 * THIS CODE IS AUTOMATICALLY GENERATED.
 *
 * To regenerate, run `npx convex dev`.
 * @module
 */

import type * as auditEvents from "../auditEvents.js";
import type * as auth from "../auth.js";
import type * as deletions from "../deletions.js";
import type * as demoPeople from "../demoPeople.js";
import type * as email from "../email.js";
import type * as functions from "../functions.js";
import type * as groups from "../groups.js";
import type * as http from "../http.js";
import type * as invitations from "../invitations.js";
import type * as keyList from "../keyList.js";
import type * as keyScopes from "../keyScopes.js";
import type * as keyTerms from "../keyTerms.js";
import type * as keys from "../keys.js";
import type * as members from "../members.js";
import type * as organizationEvents from "../organizationEvents.js";
import type * as organizationKeys from "../organizationKeys.js";
import type * as organizations from "../organizations.js";
import type * as outbox from "../outbox.js";
import type * as passkeys from "../passkeys.js";
import type * as permissions from "../permissions.js";
import type * as personName from "../personName.js";
import type * as reports from "../reports.js";
import type * as roles from "../roles.js";
import type * as secondFactors from "../secondFactors.js";
import type * as sessions from "../sessions.js";
import type * as users from "../users.js";

import type {
  ApiFromModules,
  FilterApi,
  FunctionReference,
} from "convex/server";

declare const fullApi: ApiFromModules<{
  auditEvents: typeof auditEvents;
  auth: typeof auth;
  deletions: typeof deletions;
  demoPeople: typeof demoPeople;
  email: typeof email;
  functions: typeof functions;
  groups: typeof groups;
  http: typeof http;
  invitations: typeof invitations;
  keyList: typeof keyList;
  keyScopes: typeof keyScopes;
  keyTerms: typeof keyTerms;
  keys: typeof keys;
  members: typeof members;
  organizationEvents: typeof organizationEvents;
  organizationKeys: typeof organizationKeys;
  organizations: typeof organizations;
  outbox: typeof outbox;
  passkeys: typeof passkeys;
  permissions: typeof permissions;
  personName: typeof personName;
  reports: typeof reports;
  roles: typeof roles;
  secondFactors: typeof secondFactors;
  sessions: typeof sessions;
  users: typeof users;
}>;

/**
 * A utility for referencing Convex functions in your app's public API.
 *
 * Usage:
 * ```js
 * const myFunctionReference = api.myModule.myFunction;
 * ```
 */
export declare const api: FilterApi<
  typeof fullApi,
  FunctionReference<any, "public">
>;

/**
 * A utility for referencing Convex functions in your app's internal API.
 *
 * Usage:
 * ```js
 * const myFunctionReference = internal.myModule.myFunction;
 * ```
 */
export declare const internal: FilterApi<
  typeof fullApi,
  FunctionReference<any, "internal">
>;

export declare const components: {
  auth: import("convex-gatehouse/_generated/component.js").ComponentApi<"auth">;
};
