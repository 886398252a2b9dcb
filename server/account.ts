import type { ComponentApi } from "../component/_generated/component.js";
import type { AuthConfig } from "./config.js";
import type { MutationContext, QueryContext } from "./context.js";
import type {
  AccountDocument,
  UserDocument,
  UserProfile,
} from "./documents.js";
import type { Page } from "./page.js";
import type { passkeyMethods } from "./passkey.js";
import { checkProfile } from "./profile.js";
import { accepted, mutate, refuse } from "./refuse.js";
import type { totpMethods } from "./totp.js";

/** An account and its user. */
type AccountAndUser = { account: AccountDocument; user: UserDocument };

/** A password, or a hash that another system has made of one. */
type NewSecret = {
  /** The password; it is hashed. */
  secret?: string;
  /**
   * A hash to import: Argon2 or bcrypt as PHC or crypt strings, scrypt as
   * Convex Auth and Better Auth store it. It is renewed at the next sign-in.
   */
  secretHash?: string;
};

type Passkeys = ReturnType<typeof passkeyMethods>;
type Totps = ReturnType<typeof totpMethods>;

/** `auth.account`: ways to sign in, made and checked by the app itself. */
export function accountMethods(
  component: ComponentApi,
  config: AuthConfig,
  { passkey, totp }: { readonly passkey: Passkeys; readonly totp: Totps },
) {
  /** An account's name, and how the provider hashes, if it is the app's. */
  const named = (provider: string, accountId: string) => ({
    provider,
    accountId,
    ...config.providers.find(({ id }) => id === provider)?.hashing,
  });
  return {
    /** The same as `auth.passkey.list`. */
    listPasskeys: passkey.list,

    /** The same as `auth.passkey.rename`. */
    renamePasskey: passkey.rename,

    /** The same as `auth.passkey.remove`. */
    removePasskey: passkey.remove,

    /** The same as `auth.totp.list`. */
    listTotps: totp.list,

    /** The same as `auth.totp.remove`. */
    removeTotp: totp.remove,

    /**
     * Gives a new user an account, or an existing one, if the app vouches for
     * the address or number and exactly one user has proved the same.
     *
     * @throws `ACCOUNT_ALREADY_EXISTS`, `INVALID_EMAIL`,
     *   `INVALID_PARAMETERS`, `PASSWORD_TOO_SHORT` and its like,
     *   `UNSUPPORTED_PASSWORD_HASH`
     */
    async create(
      ctx: MutationContext,
      options: {
        provider: string;
        account: { id: string } & NewSecret;
        profile: UserProfile & { extend?: unknown };
        /** The app vouches for `profile.email`. */
        shouldLinkViaEmail?: boolean;
        /** The app vouches for `profile.phone`. */
        shouldLinkViaPhone?: boolean;
      },
    ): Promise<AccountAndUser> {
      checkProfile(options.profile);
      const { extend, ...profile } = options.profile;
      return pair(
        await mutate(ctx, component.account.create, {
          ...named(options.provider, options.account.id),
          secret: secretOf(options.account),
          profile,
          extend,
          provesEmail: options.shouldLinkViaEmail ?? false,
          provesPhone: options.shouldLinkViaPhone ?? false,
        }),
      );
    },

    /**
     * An account. With a `secret`, only if it is the account's; that is
     * limited like a sign-in and needs a context that can run mutations.
     *
     * @throws `ACCOUNT_NOT_FOUND`, `RATE_LIMITED`, `MISSING_ACTION_CONTEXT`
     *   when a query asks to check a secret
     */
    async get(
      ctx: QueryContext | (QueryContext & MutationContext),
      options: { provider: string; account: { id: string; secret?: string } },
    ): Promise<AccountAndUser> {
      const { id, secret } = options.account;
      if (secret === undefined) {
        const args = { provider: options.provider, accountId: id };
        return pair(accepted(await ctx.runQuery(component.account.get, args)));
      }
      if (!("runMutation" in ctx)) {
        refuse(
          "MISSING_ACTION_CONTEXT",
          "a secret can be checked in actions and mutations only",
        );
      }
      return pair(
        await mutate(ctx, component.account.check, {
          ...named(options.provider, id),
          password: secret,
        }),
      );
    },

    /**
     * Sets the secret of an account and ends the user's sessions, but those
     * in `exceptSessions`.
     *
     * @throws `ACCOUNT_NOT_FOUND`, `PASSWORD_TOO_SHORT` and its like
     */
    async update(
      ctx: MutationContext,
      options: {
        provider: string;
        account: { id: string } & NewSecret;
        exceptSessions?: string[];
      },
    ): Promise<void> {
      await mutate(ctx, component.account.update, {
        ...named(options.provider, options.account.id),
        secret: secretOf(options.account),
        except: options.exceptSessions ?? [],
      });
    },

    /** The accounts of a user. */
    async list(
      ctx: QueryContext,
      { userId }: { userId: string },
    ): Promise<Page<AccountDocument>> {
      return await ctx.runQuery(component.account.list, { userId });
    },

    /**
     * Removes an account from its user.
     *
     * @throws `ACCOUNT_NOT_FOUND`, `LAST_SIGN_IN_METHOD`
     */
    async remove(ctx: MutationContext, accountId: string): Promise<void> {
      await mutate(ctx, component.account.remove, { accountId });
    },
  };
}

function pair({ account, user }: AccountAndUser): AccountAndUser {
  return { account, user };
}

function secretOf({ secret, secretHash }: NewSecret) {
  if (secret !== undefined) {
    return { kind: "password" as const, password: secret };
  }
  return secretHash === undefined
    ? { kind: "none" as const }
    : { kind: "hash" as const, hash: secretHash };
}
