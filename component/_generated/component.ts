/* eslint-disable */
/**
 * Generated `ComponentApi` utility.
 *
 * THIS CODE IS AUTOMATICALLY GENERATED.
 *
 * To regenerate, run `npx convex dev`.
 * @module
 */

import type { FunctionReference } from "convex/server";

/**
 * A utility for referencing a Convex component's exposed API.
 *
 * Useful when expecting a parameter like `components.myComponent`.
 * Usage:
 * ```ts
 * async function myFunction(ctx: QueryCtx, component: ComponentApi) {
 *   return ctx.runQuery(component.someFile.someQuery, { ...args });
 * }
 * ```
 */
export type ComponentApi<Name extends string | undefined = string | undefined> =
  {
    account: {
      check: FunctionReference<
        "mutation",
        "internal",
        {
          accountId: string;
          argon2?: {
            iterations: number;
            memoryKib: number;
            parallelism: number;
          };
          password: string;
          policy?: { maxLength: number; minLength: number };
          provider: string;
        },
        | {
            account: {
              _creationTime: number;
              _id: string;
              accountId: string;
              issuer: string;
              provider: string;
              userId: string;
              verifiedTime?: number;
            };
            kind: "found";
            user: {
              _creationTime: number;
              _id: string;
              banExpirationTime?: number;
              bannedTime?: number;
              email?: string;
              emailVerificationTime?: number;
              extend?: any;
              image?: string;
              isAnonymous?: boolean;
              name?: string;
              phone?: string;
              phoneVerificationTime?: number;
            };
          }
        | {
            kind: "refused";
            refusal: { code: string; message: string; retryAfterMs?: number };
          },
        Name
      >;
      create: FunctionReference<
        "mutation",
        "internal",
        {
          accountId: string;
          argon2?: {
            iterations: number;
            memoryKib: number;
            parallelism: number;
          };
          extend?: any;
          policy?: { maxLength: number; minLength: number };
          profile: {
            email?: string;
            emailVerificationTime?: number;
            image?: string;
            isAnonymous?: boolean;
            name?: string;
            phone?: string;
            phoneVerificationTime?: number;
          };
          provesEmail: boolean;
          provesPhone: boolean;
          provider: string;
          secret:
            | { kind: "password"; password: string }
            | { hash: string; kind: "hash" }
            | { kind: "none" };
        },
        | {
            account: {
              _creationTime: number;
              _id: string;
              accountId: string;
              issuer: string;
              provider: string;
              userId: string;
              verifiedTime?: number;
            };
            kind: "found";
            user: {
              _creationTime: number;
              _id: string;
              banExpirationTime?: number;
              bannedTime?: number;
              email?: string;
              emailVerificationTime?: number;
              extend?: any;
              image?: string;
              isAnonymous?: boolean;
              name?: string;
              phone?: string;
              phoneVerificationTime?: number;
            };
          }
        | {
            kind: "refused";
            refusal: { code: string; message: string; retryAfterMs?: number };
          },
        Name
      >;
      get: FunctionReference<
        "query",
        "internal",
        { accountId: string; provider: string },
        | {
            account: {
              _creationTime: number;
              _id: string;
              accountId: string;
              issuer: string;
              provider: string;
              userId: string;
              verifiedTime?: number;
            };
            kind: "found";
            user: {
              _creationTime: number;
              _id: string;
              banExpirationTime?: number;
              bannedTime?: number;
              email?: string;
              emailVerificationTime?: number;
              extend?: any;
              image?: string;
              isAnonymous?: boolean;
              name?: string;
              phone?: string;
              phoneVerificationTime?: number;
            };
          }
        | {
            kind: "refused";
            refusal: { code: string; message: string; retryAfterMs?: number };
          },
        Name
      >;
      list: FunctionReference<
        "query",
        "internal",
        { userId: string },
        {
          items: Array<{
            _creationTime: number;
            _id: string;
            accountId: string;
            issuer: string;
            provider: string;
            userId: string;
            verifiedTime?: number;
          }>;
          nextCursor: string | null;
        },
        Name
      >;
      remove: FunctionReference<
        "mutation",
        "internal",
        { accountId: string },
        | { kind: "done" }
        | {
            kind: "refused";
            refusal: { code: string; message: string; retryAfterMs?: number };
          },
        Name
      >;
      update: FunctionReference<
        "mutation",
        "internal",
        {
          accountId: string;
          argon2?: {
            iterations: number;
            memoryKib: number;
            parallelism: number;
          };
          except: Array<string>;
          policy?: { maxLength: number; minLength: number };
          provider: string;
          secret:
            | { kind: "password"; password: string }
            | { hash: string; kind: "hash" }
            | { kind: "none" };
        },
        | { kind: "done" }
        | {
            kind: "refused";
            refusal: { code: string; message: string; retryAfterMs?: number };
          },
        Name
      >;
    };
    appSignIn: {
      complete: FunctionReference<
        "mutation",
        "internal",
        {
          callbacks?: {
            admit: boolean;
            afterUserCreatedOrUpdated: boolean;
            beforeSessionCreation: boolean;
            createOrUpdateUser: boolean;
            handle: string;
          };
          generateTokens: boolean;
          identifier?: string;
          provider: string;
          sessionConfig: {
            accessTokenLifetimeMs?: number;
            audience?: string;
            idleLifetimeMs?: number;
            issuer: string;
            maxSessions?: number;
            refreshGraceMs?: number;
            totalLifetimeMs?: number;
          };
          sessionId?: string;
          userId: string | null;
        },
        | {
            kind: "refused";
            refusal: { code: string; message: string; retryAfterMs?: number };
          }
        | {
            kind: "signedIn";
            sessionId?: string;
            tokens: { refreshToken: string; token: string } | null;
            userId: string;
          }
        | {
            delivery: {
              code?: string;
              expirationTime?: number;
              identifier: string;
              purpose:
                | "email-verification"
                | "password-reset"
                | "account-exists"
                | "account-missing";
            };
            kind: "started";
            verifier?: string;
          },
        Name
      >;
    };
    audit: {
      list: FunctionReference<
        "query",
        "internal",
        {
          cursor: string | null;
          limit: number;
          order?: "asc" | "desc";
          userId: string;
        },
        {
          items: Array<{
            _creationTime: number;
            _id: string;
            code?: string;
            event:
              | "signUp"
              | "signIn"
              | "signOut"
              | "accountLocked"
              | "emailVerificationRequested"
              | "emailVerified"
              | "passwordResetRequested"
              | "passwordReset"
              | "passwordChanged"
              | "sessionRevoked"
              | "sessionEvicted"
              | "refreshTokenReused"
              | "unprovenAccessRevoked"
              | "accountCreated"
              | "accountUpdated"
              | "accountRemoved"
              | "userUpdated"
              | "userRemoved";
            ipAddress?: string;
            outcome: "success" | "refused";
            provider?: string;
            sessionId?: string;
            userAgent?: string;
            userId?: string;
          }>;
          nextCursor: string | null;
        },
        Name
      >;
    };
    password: {
      change: FunctionReference<
        "mutation",
        "internal",
        {
          config: {
            argon2?: {
              iterations: number;
              memoryKib: number;
              parallelism: number;
            };
            codeDigits?: number;
            codeLifetimeMs?: number;
            policy?: { maxLength: number; minLength: number };
            provider: string;
            requireEmailVerification: boolean;
          };
          currentPassword: string;
          newPassword: string;
          sessionConfig: {
            accessTokenLifetimeMs?: number;
            audience?: string;
            idleLifetimeMs?: number;
            issuer: string;
            maxSessions?: number;
            refreshGraceMs?: number;
            totalLifetimeMs?: number;
          };
          sessionId: string;
          userId: string;
        },
        | {
            kind: "refused";
            refusal: { code: string; message: string; retryAfterMs?: number };
          }
        | {
            kind: "signedIn";
            sessionId?: string;
            tokens: { refreshToken: string; token: string } | null;
            userId: string;
          }
        | {
            delivery: {
              code?: string;
              expirationTime?: number;
              identifier: string;
              purpose:
                | "email-verification"
                | "password-reset"
                | "account-exists"
                | "account-missing";
            };
            kind: "started";
            verifier?: string;
          },
        Name
      >;
      requestReset: FunctionReference<
        "mutation",
        "internal",
        {
          callbacks?: {
            admit: boolean;
            afterUserCreatedOrUpdated: boolean;
            beforeSessionCreation: boolean;
            createOrUpdateUser: boolean;
            handle: string;
          };
          config: {
            argon2?: {
              iterations: number;
              memoryKib: number;
              parallelism: number;
            };
            codeDigits?: number;
            codeLifetimeMs?: number;
            policy?: { maxLength: number; minLength: number };
            provider: string;
            requireEmailVerification: boolean;
          };
          customCode?: string;
          email: string;
          generateTokens: boolean;
          sessionConfig: {
            accessTokenLifetimeMs?: number;
            audience?: string;
            idleLifetimeMs?: number;
            issuer: string;
            maxSessions?: number;
            refreshGraceMs?: number;
            totalLifetimeMs?: number;
          };
        },
        | {
            kind: "refused";
            refusal: { code: string; message: string; retryAfterMs?: number };
          }
        | {
            kind: "signedIn";
            sessionId?: string;
            tokens: { refreshToken: string; token: string } | null;
            userId: string;
          }
        | {
            delivery: {
              code?: string;
              expirationTime?: number;
              identifier: string;
              purpose:
                | "email-verification"
                | "password-reset"
                | "account-exists"
                | "account-missing";
            };
            kind: "started";
            verifier?: string;
          },
        Name
      >;
      reset: FunctionReference<
        "mutation",
        "internal",
        {
          callbacks?: {
            admit: boolean;
            afterUserCreatedOrUpdated: boolean;
            beforeSessionCreation: boolean;
            createOrUpdateUser: boolean;
            handle: string;
          };
          code: string;
          config: {
            argon2?: {
              iterations: number;
              memoryKib: number;
              parallelism: number;
            };
            codeDigits?: number;
            codeLifetimeMs?: number;
            policy?: { maxLength: number; minLength: number };
            provider: string;
            requireEmailVerification: boolean;
          };
          customCode?: string;
          email: string;
          generateTokens: boolean;
          newPassword: string;
          sessionConfig: {
            accessTokenLifetimeMs?: number;
            audience?: string;
            idleLifetimeMs?: number;
            issuer: string;
            maxSessions?: number;
            refreshGraceMs?: number;
            totalLifetimeMs?: number;
          };
        },
        | {
            kind: "refused";
            refusal: { code: string; message: string; retryAfterMs?: number };
          }
        | {
            kind: "signedIn";
            sessionId?: string;
            tokens: { refreshToken: string; token: string } | null;
            userId: string;
          }
        | {
            delivery: {
              code?: string;
              expirationTime?: number;
              identifier: string;
              purpose:
                | "email-verification"
                | "password-reset"
                | "account-exists"
                | "account-missing";
            };
            kind: "started";
            verifier?: string;
          },
        Name
      >;
      signIn: FunctionReference<
        "mutation",
        "internal",
        {
          callbacks?: {
            admit: boolean;
            afterUserCreatedOrUpdated: boolean;
            beforeSessionCreation: boolean;
            createOrUpdateUser: boolean;
            handle: string;
          };
          config: {
            argon2?: {
              iterations: number;
              memoryKib: number;
              parallelism: number;
            };
            codeDigits?: number;
            codeLifetimeMs?: number;
            policy?: { maxLength: number; minLength: number };
            provider: string;
            requireEmailVerification: boolean;
          };
          customCode?: string;
          email: string;
          generateTokens: boolean;
          password: string;
          sessionConfig: {
            accessTokenLifetimeMs?: number;
            audience?: string;
            idleLifetimeMs?: number;
            issuer: string;
            maxSessions?: number;
            refreshGraceMs?: number;
            totalLifetimeMs?: number;
          };
        },
        | {
            kind: "refused";
            refusal: { code: string; message: string; retryAfterMs?: number };
          }
        | {
            kind: "signedIn";
            sessionId?: string;
            tokens: { refreshToken: string; token: string } | null;
            userId: string;
          }
        | {
            delivery: {
              code?: string;
              expirationTime?: number;
              identifier: string;
              purpose:
                | "email-verification"
                | "password-reset"
                | "account-exists"
                | "account-missing";
            };
            kind: "started";
            verifier?: string;
          },
        Name
      >;
      signUp: FunctionReference<
        "mutation",
        "internal",
        {
          callbacks?: {
            admit: boolean;
            afterUserCreatedOrUpdated: boolean;
            beforeSessionCreation: boolean;
            createOrUpdateUser: boolean;
            handle: string;
          };
          config: {
            argon2?: {
              iterations: number;
              memoryKib: number;
              parallelism: number;
            };
            codeDigits?: number;
            codeLifetimeMs?: number;
            policy?: { maxLength: number; minLength: number };
            provider: string;
            requireEmailVerification: boolean;
          };
          customCode?: string;
          email: string;
          extend?: any;
          generateTokens: boolean;
          password: string;
          profile: {
            email?: string;
            emailVerificationTime?: number;
            image?: string;
            isAnonymous?: boolean;
            name?: string;
            phone?: string;
            phoneVerificationTime?: number;
          };
          sessionConfig: {
            accessTokenLifetimeMs?: number;
            audience?: string;
            idleLifetimeMs?: number;
            issuer: string;
            maxSessions?: number;
            refreshGraceMs?: number;
            totalLifetimeMs?: number;
          };
        },
        | {
            kind: "refused";
            refusal: { code: string; message: string; retryAfterMs?: number };
          }
        | {
            kind: "signedIn";
            sessionId?: string;
            tokens: { refreshToken: string; token: string } | null;
            userId: string;
          }
        | {
            delivery: {
              code?: string;
              expirationTime?: number;
              identifier: string;
              purpose:
                | "email-verification"
                | "password-reset"
                | "account-exists"
                | "account-missing";
            };
            kind: "started";
            verifier?: string;
          },
        Name
      >;
      verifyEmail: FunctionReference<
        "mutation",
        "internal",
        {
          callbacks?: {
            admit: boolean;
            afterUserCreatedOrUpdated: boolean;
            beforeSessionCreation: boolean;
            createOrUpdateUser: boolean;
            handle: string;
          };
          code: string;
          config: {
            argon2?: {
              iterations: number;
              memoryKib: number;
              parallelism: number;
            };
            codeDigits?: number;
            codeLifetimeMs?: number;
            policy?: { maxLength: number; minLength: number };
            provider: string;
            requireEmailVerification: boolean;
          };
          customCode?: string;
          email: string;
          generateTokens: boolean;
          sessionConfig: {
            accessTokenLifetimeMs?: number;
            audience?: string;
            idleLifetimeMs?: number;
            issuer: string;
            maxSessions?: number;
            refreshGraceMs?: number;
            totalLifetimeMs?: number;
          };
          verifier?: string;
        },
        | {
            kind: "refused";
            refusal: { code: string; message: string; retryAfterMs?: number };
          }
        | {
            kind: "signedIn";
            sessionId?: string;
            tokens: { refreshToken: string; token: string } | null;
            userId: string;
          }
        | {
            delivery: {
              code?: string;
              expirationTime?: number;
              identifier: string;
              purpose:
                | "email-verification"
                | "password-reset"
                | "account-exists"
                | "account-missing";
            };
            kind: "started";
            verifier?: string;
          },
        Name
      >;
    };
    redirect: {
      resolve: FunctionReference<
        "query",
        "internal",
        { allowedOrigins: Array<string>; siteUrl: string; target: string },
        | { kind: "allowed"; url: string }
        | {
            kind: "refused";
            refusal: { code: string; message: string; retryAfterMs?: number };
          },
        Name
      >;
    };
    removal: {
      removeUser: FunctionReference<
        "mutation",
        "internal",
        { cascade: boolean; userId: string },
        | { kind: "done" }
        | {
            kind: "refused";
            refusal: { code: string; message: string; retryAfterMs?: number };
          },
        Name
      >;
    };
    session: {
      get: FunctionReference<
        "query",
        "internal",
        { sessionId: string },
        {
          _creationTime: number;
          _id: string;
          authenticationMethods: Array<"pwd" | "otp" | "app">;
          authenticationTime: number;
          expirationTime: number;
          ipAddress?: string;
          lastActiveTime: number;
          provider: string;
          userAgent?: string;
          userId: string;
        } | null,
        Name
      >;
      invalidate: FunctionReference<
        "mutation",
        "internal",
        { except: Array<string>; userId: string },
        null,
        Name
      >;
      isValid: FunctionReference<
        "query",
        "internal",
        { sessionId: string; userId: string },
        boolean,
        Name
      >;
      list: FunctionReference<
        "query",
        "internal",
        {
          cursor: string | null;
          limit: number;
          order?: "asc" | "desc";
          userId: string;
        },
        {
          items: Array<{
            _creationTime: number;
            _id: string;
            authenticationMethods: Array<"pwd" | "otp" | "app">;
            authenticationTime: number;
            expirationTime: number;
            ipAddress?: string;
            lastActiveTime: number;
            provider: string;
            userAgent?: string;
            userId: string;
          }>;
          nextCursor: string | null;
        },
        Name
      >;
      revoke: FunctionReference<
        "mutation",
        "internal",
        { sessionId: string; userId: string },
        null,
        Name
      >;
      signOut: FunctionReference<
        "mutation",
        "internal",
        { sessionId: string; userId: string },
        null,
        Name
      >;
    };
    sessionRefresh: {
      exchange: FunctionReference<
        "mutation",
        "internal",
        {
          config: {
            accessTokenLifetimeMs?: number;
            audience?: string;
            idleLifetimeMs?: number;
            issuer: string;
            maxSessions?: number;
            refreshGraceMs?: number;
            totalLifetimeMs?: number;
          };
          refreshToken: string;
        },
        | { kind: "refreshed"; tokens: { refreshToken: string; token: string } }
        | {
            kind: "refused";
            refusal: { code: string; message: string; retryAfterMs?: number };
          },
        Name
      >;
    };
    signingKey: {
      publicKeys: FunctionReference<
        "query",
        "internal",
        {},
        {
          keys: Array<{
            alg: string;
            crv: string;
            kid: string;
            kty: string;
            use: string;
            x: string;
            y: string;
          }>;
        },
        Name
      >;
    };
    user: {
      get: FunctionReference<
        "query",
        "internal",
        { userId: string },
        {
          _creationTime: number;
          _id: string;
          banExpirationTime?: number;
          bannedTime?: number;
          email?: string;
          emailVerificationTime?: number;
          extend?: any;
          image?: string;
          isAnonymous?: boolean;
          name?: string;
          phone?: string;
          phoneVerificationTime?: number;
        } | null,
        Name
      >;
      list: FunctionReference<
        "query",
        "internal",
        {
          cursor: string | null;
          limit: number;
          order?: "asc" | "desc";
          orderBy: "_creationTime" | "name" | "email" | "phone";
          where: {
            email?: string;
            isAnonymous?: boolean;
            name?: string;
            phone?: string;
          };
        },
        {
          items: Array<{
            _creationTime: number;
            _id: string;
            banExpirationTime?: number;
            bannedTime?: number;
            email?: string;
            emailVerificationTime?: number;
            extend?: any;
            image?: string;
            isAnonymous?: boolean;
            name?: string;
            phone?: string;
            phoneVerificationTime?: number;
          }>;
          nextCursor: string | null;
        },
        Name
      >;
      viewer: FunctionReference<
        "query",
        "internal",
        { sessionId: string; userId: string },
        {
          _creationTime: number;
          _id: string;
          banExpirationTime?: number;
          bannedTime?: number;
          email?: string;
          emailVerificationTime?: number;
          extend?: any;
          image?: string;
          isAnonymous?: boolean;
          name?: string;
          phone?: string;
          phoneVerificationTime?: number;
        } | null,
        Name
      >;
    };
    userPatch: {
      apply: FunctionReference<
        "mutation",
        "internal",
        {
          data: {
            email?: string;
            emailVerificationTime?: number;
            extend?: any;
            image?: string;
            isAnonymous?: boolean;
            name?: string;
            phone?: string;
            phoneVerificationTime?: number;
          };
          userId: string;
        },
        | { kind: "done" }
        | {
            kind: "refused";
            refusal: { code: string; message: string; retryAfterMs?: number };
          },
        Name
      >;
    };
  };
