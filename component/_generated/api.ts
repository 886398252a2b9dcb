/* eslint-disable */
/**
 * Generated `api` utility.
 *
 * THIS CODE IS AUTOMATICALLY GENERATED.
 *
 * To regenerate, run `npx convex dev`.
 * @module
 */

import type * as account from "../account.js";
import type * as accountRows from "../accountRows.js";
import type * as appCallbacks from "../appCallbacks.js";
import type * as appSignIn from "../appSignIn.js";
import type * as audit from "../audit.js";
import type * as cleanup from "../cleanup.js";
import type * as codes from "../codes.js";
import type * as core from "../core.js";
import type * as crons from "../crons.js";
import type * as deploymentSecret from "../deploymentSecret.js";
import type * as limits from "../limits.js";
import type * as page from "../page.js";
import type * as password from "../password.js";
import type * as passwordRows from "../passwordRows.js";
import type * as redirect from "../redirect.js";
import type * as removal from "../removal.js";
import type * as requestOrigin from "../requestOrigin.js";
import type * as session from "../session.js";
import type * as sessionRefresh from "../sessionRefresh.js";
import type * as sessionRows from "../sessionRows.js";
import type * as signInAnswer from "../signInAnswer.js";
import type * as signingKey from "../signingKey.js";
import type * as tokens from "../tokens.js";
import type * as user from "../user.js";
import type * as userPatch from "../userPatch.js";

import type {
  ApiFromModules,
  FilterApi,
  FunctionReference,
} from "convex/server";
import { anyApi, componentsGeneric } from "convex/server";

const fullApi: ApiFromModules<{
  account: typeof account;
  accountRows: typeof accountRows;
  appCallbacks: typeof appCallbacks;
  appSignIn: typeof appSignIn;
  audit: typeof audit;
  cleanup: typeof cleanup;
  codes: typeof codes;
  core: typeof core;
  crons: typeof crons;
  deploymentSecret: typeof deploymentSecret;
  limits: typeof limits;
  page: typeof page;
  password: typeof password;
  passwordRows: typeof passwordRows;
  redirect: typeof redirect;
  removal: typeof removal;
  requestOrigin: typeof requestOrigin;
  session: typeof session;
  sessionRefresh: typeof sessionRefresh;
  sessionRows: typeof sessionRows;
  signInAnswer: typeof signInAnswer;
  signingKey: typeof signingKey;
  tokens: typeof tokens;
  user: typeof user;
  userPatch: typeof userPatch;
}> = anyApi as any;

/**
 * A utility for referencing Convex functions in your app's public API.
 *
 * Usage:
 * ```js
 * const myFunctionReference = api.myModule.myFunction;
 * ```
 */
export const api: FilterApi<
  typeof fullApi,
  FunctionReference<any, "public">
> = anyApi as any;

/**
 * A utility for referencing Convex functions in your app's internal API.
 *
 * Usage:
 * ```js
 * const myFunctionReference = internal.myModule.myFunction;
 * ```
 */
export const internal: FilterApi<
  typeof fullApi,
  FunctionReference<any, "internal">
> = anyApi as any;

export const components = componentsGeneric() as unknown as {};
