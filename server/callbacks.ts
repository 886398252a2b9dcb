import type { GenericDataModel, GenericMutationCtx } from "convex/server";
import type { UserProfile } from "./documents.js";

/** What a callback is told about a user who is created or changed. */
export type UserChange = {
  /** The provider through which it happens. */
  provider: string;
  /** The fields that are about to be stored. */
  profile: UserProfile;
  /** The app's own data that are about to be stored. */
  extend?: unknown;
  /** The user's id, or `null` when the user is new. */
  existingUserId: string | null;
};

/**
 * What an app may decide or do when people sign in. All callbacks run in the
 * transaction of the sign-in: what they write is kept or lost with it.
 *
 * @typeParam DataModel The app's data model, for `ctx.db`.
 */
export type AuthCallbacks<
  DataModel extends GenericDataModel = GenericDataModel,
> = {
  /**
   * Decides whether a new user may be created. `false`, an object with
   * `admitted: false`, or a thrown `ConvexError` refuses with
   * `SIGN_UP_REFUSED`; the attempt is counted and recorded all the same.
   */
  admit?: (
    ctx: GenericMutationCtx<DataModel>,
    change: UserChange,
  ) => Promise<Admission> | Admission;
  /**
   * Says what is stored of a user who is created or changed. It returns the
   * fields, or nothing to keep them as they are. What was proved
   * (`emailVerificationTime`) is not the app's to say here.
   */
  createOrUpdateUser?: (
    ctx: GenericMutationCtx<DataModel>,
    change: UserChange,
  ) => Promise<StoredUser | void> | StoredUser | void;
  /** Runs after the user was stored, for rows of the app's own. */
  afterUserCreatedOrUpdated?: (
    ctx: GenericMutationCtx<DataModel>,
    change: UserChange & { userId: string },
  ) => Promise<void> | void;
  /**
   * Runs before a session is opened. A thrown `ConvexError` refuses with
   * `SIGN_IN_REFUSED`.
   */
  beforeSessionCreation?: (
    ctx: GenericMutationCtx<DataModel>,
    session: { userId: string; provider: string },
  ) => Promise<void> | void;
  /**
   * Says where a link in an e-mail leads to. Without it, `redirectTo` has to
   * be inside `SITE_URL` or one of `allowedRedirectOrigins`.
   *
   * @returns An absolute URL.
   */
  redirect?: (parameters: { redirectTo: string }) => Promise<string> | string;
};

/** What `admit` may answer. */
export type Admission =
  | boolean
  | { admitted: boolean; /** What the person is told. */ message?: string };

/** What `createOrUpdateUser` may answer. */
export type StoredUser = UserProfile & {
  /** The app's own data about the user. */
  extend?: unknown;
};
