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
              activeGroupId?: string;
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
              role?: string;
              secondFactorTime?: number;
            };
          }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
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
              activeGroupId?: string;
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
              role?: string;
              secondFactorTime?: number;
            };
          }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
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
              activeGroupId?: string;
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
              role?: string;
              secondFactorTime?: number;
            };
          }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
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
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
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
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
    };
    activeGroup: {
      get: FunctionReference<
        "query",
        "internal",
        { userId: string },
        string | null,
        Name
      >;
      set: FunctionReference<
        "mutation",
        "internal",
        { groupId: string | null; userId: string },
        | { kind: "done" }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
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
          replaces?: string;
          secondFactor?: {
            policy?: "off" | "optional" | "required";
            trustedDeviceDays?: number;
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
          sessionId?: string;
          trustedDevice?: string;
          userId: string | null;
        },
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          }
        | {
            kind: "signedIn";
            recoveryCodes?: Array<string>;
            restriction?: "secondFactorEnrollment";
            sessionId?: string;
            tokens: { refreshToken: string; token: string } | null;
            trustedDevice?: string;
            userId: string;
          }
        | {
            kind: "secondFactorRequired";
            methods: Array<
              "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
            >;
            userId: string;
            verifier: string;
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
          groupId?: string;
          limit: number;
          order?: "asc" | "desc";
          userId?: string;
        },
        {
          items: Array<{
            _creationTime: number;
            _id: string;
            actorUserId?: string;
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
              | "userRemoved"
              | "groupCreated"
              | "groupUpdated"
              | "groupDeleted"
              | "groupRestored"
              | "memberAdded"
              | "memberUpdated"
              | "memberRemoved"
              | "roleCreated"
              | "roleUpdated"
              | "roleDeleted"
              | "inviteCreated"
              | "inviteRenewed"
              | "inviteAccepted"
              | "inviteRevoked"
              | "userRoleChanged"
              | "passkeyRegistered"
              | "passkeyRenamed"
              | "passkeyRemoved"
              | "passkeyCounterRegressed"
              | "apiKeyCreated"
              | "apiKeyUpdated"
              | "apiKeyRotated"
              | "apiKeyRevoked"
              | "apiKeyRemoved"
              | "apiKeyExpired"
              | "apiKeyExhausted"
              | "secondFactorRequested"
              | "secondFactorEnrolled"
              | "secondFactorRemoved"
              | "secondFactorVerified"
              | "secondFactorLocked"
              | "recoveryCodesIssued"
              | "recoveryCodeUsed"
              | "sessionSteppedUp"
              | "deviceTrusted"
              | "deviceForgotten";
            groupId?: string;
            ipAddress?: string;
            keyId?: string;
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
    codeFactor: {
      confirm: FunctionReference<
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
          codeFactorId: string;
          generateTokens: boolean;
          replaces?: string;
          secondFactor?: {
            policy?: "off" | "optional" | "required";
            trustedDeviceDays?: number;
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
          sessionId: string;
          trustedDevice?: string;
          userId: string;
        },
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          }
        | {
            kind: "signedIn";
            recoveryCodes?: Array<string>;
            restriction?: "secondFactorEnrollment";
            sessionId?: string;
            tokens: { refreshToken: string; token: string } | null;
            trustedDevice?: string;
            userId: string;
          }
        | {
            kind: "secondFactorRequired";
            methods: Array<
              "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
            >;
            userId: string;
            verifier: string;
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
      enroll: FunctionReference<
        "mutation",
        "internal",
        {
          method: "emailCode" | "phoneCode";
          secondFactor?: {
            policy?: "off" | "optional" | "required";
            trustedDeviceDays?: number;
          };
          sessionId: string;
          stepUp?: { maxAge?: number };
          to?: string;
          userId: string;
        },
        | {
            codeFactorId: string;
            delivery: { code: string; expirationTime: number; to: string };
            kind: "sent";
          }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
      remove: FunctionReference<
        "mutation",
        "internal",
        {
          actor?: { sessionId: string; userId: string };
          codeFactorId: string;
          secondFactor?: {
            policy?: "off" | "optional" | "required";
            trustedDeviceDays?: number;
          };
          stepUp?: { maxAge?: number };
        },
        | { kind: "done" }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
    };
    group: {
      list: {
        list: FunctionReference<
          "query",
          "internal",
          {
            cursor: string | null;
            limit: number;
            order?: "asc" | "desc";
            orderBy: "_creationTime" | "name" | "slug" | "type";
            where: {
              isRoot?: boolean;
              name?: string;
              parentGroupId?: string;
              slug?: string;
              tagsAll?: Array<{ key: string; value: string }>;
              tagsAny?: Array<{ key: string; value: string }>;
              type?: string;
            };
          },
          {
            items: Array<{
              _creationTime: number;
              _id: string;
              createdByUserId?: string;
              deletedTime?: number;
              extend?: any;
              height: number;
              isRoot: boolean;
              name: string;
              parentGroupId?: string;
              settings?: {
                deletionGraceMs?: number;
                deletionProtection?: boolean;
                inviteLifetimeMs?: number;
                keepsLastTeam?: boolean;
                memberLimit?: number;
                pendingInviteLimit?: number;
                requireSecondFactor?: boolean;
                roleLimit?: number;
                slugLocked?: boolean;
                teamLimit?: number;
                teamMemberLimit?: number;
              };
              slug?: string;
              tags: Array<{ key: string; value: string }>;
              type?: string;
            }>;
            nextCursor: string | null;
          },
          Name
        >;
      };
      read: {
        counts: FunctionReference<
          "query",
          "internal",
          { groupId: string },
          {
            members: number;
            pendingInvites: number;
            roles: number;
            teams: number;
          } | null,
          Name
        >;
        get: FunctionReference<
          "query",
          "internal",
          { groupId: string },
          {
            _creationTime: number;
            _id: string;
            createdByUserId?: string;
            deletedTime?: number;
            extend?: any;
            height: number;
            isRoot: boolean;
            name: string;
            parentGroupId?: string;
            settings?: {
              deletionGraceMs?: number;
              deletionProtection?: boolean;
              inviteLifetimeMs?: number;
              keepsLastTeam?: boolean;
              memberLimit?: number;
              pendingInviteLimit?: number;
              requireSecondFactor?: boolean;
              roleLimit?: number;
              slugLocked?: boolean;
              teamLimit?: number;
              teamMemberLimit?: number;
            };
            slug?: string;
            tags: Array<{ key: string; value: string }>;
            type?: string;
          } | null,
          Name
        >;
      };
    };
    groupAncestors: {
      list: FunctionReference<
        "query",
        "internal",
        { groupId: string; includeSelf?: boolean; maxDepth?: number },
        {
          ancestors: Array<{
            _creationTime: number;
            _id: string;
            createdByUserId?: string;
            deletedTime?: number;
            extend?: any;
            height: number;
            isRoot: boolean;
            name: string;
            parentGroupId?: string;
            settings?: {
              deletionGraceMs?: number;
              deletionProtection?: boolean;
              inviteLifetimeMs?: number;
              keepsLastTeam?: boolean;
              memberLimit?: number;
              pendingInviteLimit?: number;
              requireSecondFactor?: boolean;
              roleLimit?: number;
              slugLocked?: boolean;
              teamLimit?: number;
              teamMemberLimit?: number;
            };
            slug?: string;
            tags: Array<{ key: string; value: string }>;
            type?: string;
          }>;
          cycleDetected: boolean;
          maxDepthReached: boolean;
        },
        Name
      >;
    };
    groupDeletion: {
      remove: FunctionReference<
        "mutation",
        "internal",
        {
          actorUserId?: string;
          config: {
            creation?: "everyone" | "verified" | "nobody";
            groupsPerUser?: number;
            permissions?: {
              resources: Array<{ actions: Array<string>; resource: string }>;
              roles: Array<{
                permissions: Array<{
                  actions: Array<string>;
                  resource: string;
                }>;
                role: string;
              }>;
            };
            settings?: {
              deletionGraceMs?: number;
              deletionProtection?: boolean;
              inviteLifetimeMs?: number;
              keepsLastTeam?: boolean;
              memberLimit?: number;
              pendingInviteLimit?: number;
              requireSecondFactor?: boolean;
              roleLimit?: number;
              slugLocked?: boolean;
              teamLimit?: number;
              teamMemberLimit?: number;
            };
          };
          groupId: string;
        },
        | { kind: "done" }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
      restore: FunctionReference<
        "mutation",
        "internal",
        {
          actorUserId?: string;
          config: {
            creation?: "everyone" | "verified" | "nobody";
            groupsPerUser?: number;
            permissions?: {
              resources: Array<{ actions: Array<string>; resource: string }>;
              roles: Array<{
                permissions: Array<{
                  actions: Array<string>;
                  resource: string;
                }>;
                role: string;
              }>;
            };
            settings?: {
              deletionGraceMs?: number;
              deletionProtection?: boolean;
              inviteLifetimeMs?: number;
              keepsLastTeam?: boolean;
              memberLimit?: number;
              pendingInviteLimit?: number;
              requireSecondFactor?: boolean;
              roleLimit?: number;
              slugLocked?: boolean;
              teamLimit?: number;
              teamMemberLimit?: number;
            };
          };
          groupId: string;
        },
        | { kind: "done" }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
    };
    groupWrite: {
      create: FunctionReference<
        "mutation",
        "internal",
        {
          actorUserId?: string;
          config: {
            creation?: "everyone" | "verified" | "nobody";
            groupsPerUser?: number;
            permissions?: {
              resources: Array<{ actions: Array<string>; resource: string }>;
              roles: Array<{
                permissions: Array<{
                  actions: Array<string>;
                  resource: string;
                }>;
                role: string;
              }>;
            };
            settings?: {
              deletionGraceMs?: number;
              deletionProtection?: boolean;
              inviteLifetimeMs?: number;
              keepsLastTeam?: boolean;
              memberLimit?: number;
              pendingInviteLimit?: number;
              requireSecondFactor?: boolean;
              roleLimit?: number;
              slugLocked?: boolean;
              teamLimit?: number;
              teamMemberLimit?: number;
            };
          };
          extend?: any;
          name: string;
          parentGroupId?: string;
          settings?: {
            deletionGraceMs?: number;
            deletionProtection?: boolean;
            inviteLifetimeMs?: number;
            keepsLastTeam?: boolean;
            memberLimit?: number;
            pendingInviteLimit?: number;
            requireSecondFactor?: boolean;
            roleLimit?: number;
            slugLocked?: boolean;
            teamLimit?: number;
            teamMemberLimit?: number;
          };
          slug?: string;
          tags?: Array<{ key: string; value: string }>;
          type?: string;
        },
        | { groupId: string; kind: "done" }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
      update: FunctionReference<
        "mutation",
        "internal",
        {
          actorUserId?: string;
          config: {
            creation?: "everyone" | "verified" | "nobody";
            groupsPerUser?: number;
            permissions?: {
              resources: Array<{ actions: Array<string>; resource: string }>;
              roles: Array<{
                permissions: Array<{
                  actions: Array<string>;
                  resource: string;
                }>;
                role: string;
              }>;
            };
            settings?: {
              deletionGraceMs?: number;
              deletionProtection?: boolean;
              inviteLifetimeMs?: number;
              keepsLastTeam?: boolean;
              memberLimit?: number;
              pendingInviteLimit?: number;
              requireSecondFactor?: boolean;
              roleLimit?: number;
              slugLocked?: boolean;
              teamLimit?: number;
              teamMemberLimit?: number;
            };
          };
          data: {
            extend?: any;
            name?: string;
            parentGroupId?: string | null;
            settings?: {
              deletionGraceMs?: number;
              deletionProtection?: boolean;
              inviteLifetimeMs?: number;
              keepsLastTeam?: boolean;
              memberLimit?: number;
              pendingInviteLimit?: number;
              requireSecondFactor?: boolean;
              roleLimit?: number;
              slugLocked?: boolean;
              teamLimit?: number;
              teamMemberLimit?: number;
            };
            slug?: string | null;
            tags?: Array<{ key: string; value: string }>;
            type?: string | null;
          };
          groupId: string;
        },
        | { kind: "done" }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
    };
    invite: {
      list: {
        list: FunctionReference<
          "query",
          "internal",
          {
            cursor: string | null;
            limit: number;
            order?: "asc" | "desc";
            orderBy:
              | "_creationTime"
              | "status"
              | "email"
              | "expiresTime"
              | "acceptedTime";
            where: {
              acceptedByUserId?: string;
              email?: string;
              groupId?: string;
              invitedByUserId?: string;
              role?: string;
              status?: "pending" | "accepted" | "revoked" | "expired";
              tokenHash?: string;
            };
          },
          {
            items: Array<{
              _creationTime: number;
              _id: string;
              acceptedByUserId?: string;
              acceptedTime?: number;
              email?: string;
              expiresTime: number;
              extend?: any;
              groupId?: string;
              invitedByUserId?: string;
              maxUses: number;
              role: string;
              roles: Array<string>;
              sentTime?: number;
              status: "pending" | "accepted" | "revoked" | "expired";
              uses: number;
            }>;
            nextCursor: string | null;
          },
          Name
        >;
      };
      read: {
        get: FunctionReference<
          "query",
          "internal",
          { inviteId: string },
          {
            _creationTime: number;
            _id: string;
            acceptedByUserId?: string;
            acceptedTime?: number;
            email?: string;
            expiresTime: number;
            extend?: any;
            groupId?: string;
            invitedByUserId?: string;
            maxUses: number;
            role: string;
            roles: Array<string>;
            sentTime?: number;
            status: "pending" | "accepted" | "revoked" | "expired";
            uses: number;
          } | null,
          Name
        >;
      };
    };
    inviteAccept: {
      accept: FunctionReference<
        "mutation",
        "internal",
        {
          acceptedByUserId: string;
          config: {
            creation?: "everyone" | "verified" | "nobody";
            groupsPerUser?: number;
            permissions?: {
              resources: Array<{ actions: Array<string>; resource: string }>;
              roles: Array<{
                permissions: Array<{
                  actions: Array<string>;
                  resource: string;
                }>;
                role: string;
              }>;
            };
            settings?: {
              deletionGraceMs?: number;
              deletionProtection?: boolean;
              inviteLifetimeMs?: number;
              keepsLastTeam?: boolean;
              memberLimit?: number;
              pendingInviteLimit?: number;
              requireSecondFactor?: boolean;
              roleLimit?: number;
              slugLocked?: boolean;
              teamLimit?: number;
              teamMemberLimit?: number;
            };
          };
          token: string;
        },
        | {
            groupId?: string;
            inviteId: string;
            kind: "done" | "repeated";
            memberId?: string;
          }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
      acceptById: FunctionReference<
        "mutation",
        "internal",
        {
          acceptedByUserId?: string;
          config: {
            creation?: "everyone" | "verified" | "nobody";
            groupsPerUser?: number;
            permissions?: {
              resources: Array<{ actions: Array<string>; resource: string }>;
              roles: Array<{
                permissions: Array<{
                  actions: Array<string>;
                  resource: string;
                }>;
                role: string;
              }>;
            };
            settings?: {
              deletionGraceMs?: number;
              deletionProtection?: boolean;
              inviteLifetimeMs?: number;
              keepsLastTeam?: boolean;
              memberLimit?: number;
              pendingInviteLimit?: number;
              requireSecondFactor?: boolean;
              roleLimit?: number;
              slugLocked?: boolean;
              teamLimit?: number;
              teamMemberLimit?: number;
            };
          };
          inviteId: string;
        },
        | {
            groupId?: string;
            inviteId: string;
            kind: "done" | "repeated";
            memberId?: string;
          }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
      getByToken: FunctionReference<
        "query",
        "internal",
        { token: string },
        {
          _creationTime: number;
          _id: string;
          acceptedByUserId?: string;
          acceptedTime?: number;
          email?: string;
          expiresTime: number;
          extend?: any;
          groupId?: string;
          invitedByUserId?: string;
          maxUses: number;
          role: string;
          roles: Array<string>;
          sentTime?: number;
          status: "pending" | "accepted" | "revoked" | "expired";
          uses: number;
        } | null,
        Name
      >;
    };
    inviteWrite: {
      create: FunctionReference<
        "mutation",
        "internal",
        {
          config: {
            creation?: "everyone" | "verified" | "nobody";
            groupsPerUser?: number;
            permissions?: {
              resources: Array<{ actions: Array<string>; resource: string }>;
              roles: Array<{
                permissions: Array<{
                  actions: Array<string>;
                  resource: string;
                }>;
                role: string;
              }>;
            };
            settings?: {
              deletionGraceMs?: number;
              deletionProtection?: boolean;
              inviteLifetimeMs?: number;
              keepsLastTeam?: boolean;
              memberLimit?: number;
              pendingInviteLimit?: number;
              requireSecondFactor?: boolean;
              roleLimit?: number;
              slugLocked?: boolean;
              teamLimit?: number;
              teamMemberLimit?: number;
            };
          };
          email?: string;
          expiresTime?: number;
          extend?: any;
          groupId?: string;
          invitedByUserId?: string;
          isSent: boolean;
          maxUses?: number;
          roles?: Array<string>;
        },
        | {
            email?: string;
            expiresTime: number;
            groupName?: string;
            inviteId: string;
            kind: "done";
            roles: Array<string>;
            token: string;
          }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
      renew: FunctionReference<
        "mutation",
        "internal",
        {
          actorUserId?: string;
          config: {
            creation?: "everyone" | "verified" | "nobody";
            groupsPerUser?: number;
            permissions?: {
              resources: Array<{ actions: Array<string>; resource: string }>;
              roles: Array<{
                permissions: Array<{
                  actions: Array<string>;
                  resource: string;
                }>;
                role: string;
              }>;
            };
            settings?: {
              deletionGraceMs?: number;
              deletionProtection?: boolean;
              inviteLifetimeMs?: number;
              keepsLastTeam?: boolean;
              memberLimit?: number;
              pendingInviteLimit?: number;
              requireSecondFactor?: boolean;
              roleLimit?: number;
              slugLocked?: boolean;
              teamLimit?: number;
              teamMemberLimit?: number;
            };
          };
          inviteId: string;
          isSent: boolean;
        },
        | {
            email?: string;
            expiresTime: number;
            groupId?: string;
            groupName?: string;
            invitedByUserId?: string;
            kind: "done";
            roles: Array<string>;
            token: string;
          }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
      revoke: FunctionReference<
        "mutation",
        "internal",
        {
          actorUserId?: string;
          config: {
            creation?: "everyone" | "verified" | "nobody";
            groupsPerUser?: number;
            permissions?: {
              resources: Array<{ actions: Array<string>; resource: string }>;
              roles: Array<{
                permissions: Array<{
                  actions: Array<string>;
                  resource: string;
                }>;
                role: string;
              }>;
            };
            settings?: {
              deletionGraceMs?: number;
              deletionProtection?: boolean;
              inviteLifetimeMs?: number;
              keepsLastTeam?: boolean;
              memberLimit?: number;
              pendingInviteLimit?: number;
              requireSecondFactor?: boolean;
              roleLimit?: number;
              slugLocked?: boolean;
              teamLimit?: number;
              teamMemberLimit?: number;
            };
          };
          inviteId: string;
        },
        | { kind: "done" }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
    };
    key: {
      list: {
        list: FunctionReference<
          "query",
          "internal",
          {
            cursor: string | null;
            limit: number;
            order?: "asc" | "desc";
            orderBy:
              "_creationTime" | "name" | "lastUsedAt" | "expiresAt" | "revoked";
            where: {
              groupId?: string;
              name?: string;
              prefix?: string;
              revoked?: boolean;
              userId?: string;
            };
          },
          {
            items: Array<{
              _creationTime: number;
              _id: string;
              configId: string;
              createdByUserId?: string;
              enabled: boolean;
              exhaustedTime?: number;
              expiredTime?: number;
              expiresAt?: number;
              groupId?: string;
              lastUsedAt?: number;
              metadata?: any;
              name: string;
              prefix: string;
              quota?: {
                refillAmount?: number;
                refillInterval?: number;
                remaining: number;
              };
              rateLimit?: {
                kind?: "fixedWindow" | "tokenBucket";
                maxRequests: number;
                windowMs: number;
              };
              revokeOnLeave: boolean;
              revoked: boolean;
              revokedTime?: number;
              scopes: Array<{ actions: Array<string>; resource: string }>;
              start: string;
              successorKeyId?: string;
              userId?: string;
            }>;
            nextCursor: string | null;
          },
          Name
        >;
      };
      read: {
        get: FunctionReference<
          "query",
          "internal",
          { keyId: string },
          {
            _creationTime: number;
            _id: string;
            configId: string;
            createdByUserId?: string;
            enabled: boolean;
            exhaustedTime?: number;
            expiredTime?: number;
            expiresAt?: number;
            groupId?: string;
            lastUsedAt?: number;
            metadata?: any;
            name: string;
            prefix: string;
            quota?: {
              refillAmount?: number;
              refillInterval?: number;
              remaining: number;
            };
            rateLimit?: {
              kind?: "fixedWindow" | "tokenBucket";
              maxRequests: number;
              windowMs: number;
            };
            revokeOnLeave: boolean;
            revoked: boolean;
            revokedTime?: number;
            scopes: Array<{ actions: Array<string>; resource: string }>;
            start: string;
            successorKeyId?: string;
            userId?: string;
          } | null,
          Name
        >;
      };
    };
    keyExchange: {
      exchange: FunctionReference<
        "mutation",
        "internal",
        {
          audience?: string;
          config: {
            configurations: Array<{
              configId: string;
              defaultLifetimeMs?: number;
              keysPerOwner?: number;
              maxLifetimeMs?: number;
              minLifetimeMs?: number;
              prefix?: string;
              retentionMs?: number;
              scopes?: Array<{ actions: Array<string>; resource: string }>;
            }>;
          };
          configId?: string;
          issuer: string;
          lifetimeMs?: number;
          permissions?: {
            resources: Array<{ actions: Array<string>; resource: string }>;
            roles: Array<{
              permissions: Array<{ actions: Array<string>; resource: string }>;
              role: string;
            }>;
          };
          raw: string;
          request?: {
            connector?: "AND" | "OR";
            resources: Array<{
              actions: Array<string>;
              connector?: "AND" | "OR";
              resource: string;
            }>;
          };
        },
        | {
            identity: {
              configId: string;
              groupId?: string;
              keyId: string;
              name: string;
              scopes: Array<{ actions: Array<string>; resource: string }>;
              userId?: string;
            };
            kind: "issued";
            lifetimeMs: number;
            token: string;
          }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
    };
    keyUse: {
      authorize: FunctionReference<
        "query",
        "internal",
        {
          config: {
            configurations: Array<{
              configId: string;
              defaultLifetimeMs?: number;
              keysPerOwner?: number;
              maxLifetimeMs?: number;
              minLifetimeMs?: number;
              prefix?: string;
              retentionMs?: number;
              scopes?: Array<{ actions: Array<string>; resource: string }>;
            }>;
          };
          group?: {
            groupId: string | null;
            request?: {
              connector?: "AND" | "OR";
              resources: Array<{
                actions: Array<string>;
                connector?: "AND" | "OR";
                resource: string;
              }>;
            };
          };
          keyId: string;
          permissions?: {
            resources: Array<{ actions: Array<string>; resource: string }>;
            roles: Array<{
              permissions: Array<{ actions: Array<string>; resource: string }>;
              role: string;
            }>;
          };
          scope?: {
            connector?: "AND" | "OR";
            resources: Array<{
              actions: Array<string>;
              connector?: "AND" | "OR";
              resource: string;
            }>;
          };
          tokenScope: string;
        },
        | {
            groupId?: string;
            identity: {
              configId: string;
              groupId?: string;
              keyId: string;
              name: string;
              scopes: Array<{ actions: Array<string>; resource: string }>;
              userId?: string;
            };
            kind: "allowed";
            roles: Array<string>;
          }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
      check: FunctionReference<
        "query",
        "internal",
        {
          config: {
            configurations: Array<{
              configId: string;
              defaultLifetimeMs?: number;
              keysPerOwner?: number;
              maxLifetimeMs?: number;
              minLifetimeMs?: number;
              prefix?: string;
              retentionMs?: number;
              scopes?: Array<{ actions: Array<string>; resource: string }>;
            }>;
          };
          configId?: string;
          permissions?: {
            resources: Array<{ actions: Array<string>; resource: string }>;
            roles: Array<{
              permissions: Array<{ actions: Array<string>; resource: string }>;
              role: string;
            }>;
          };
          raw: string;
          request?: {
            connector?: "AND" | "OR";
            resources: Array<{
              actions: Array<string>;
              connector?: "AND" | "OR";
              resource: string;
            }>;
          };
        },
        | {
            identity: {
              configId: string;
              groupId?: string;
              keyId: string;
              name: string;
              scopes: Array<{ actions: Array<string>; resource: string }>;
              userId?: string;
            };
            kind: "verified";
          }
        | { kind: "limited" }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
      usage: FunctionReference<
        "query",
        "internal",
        { keyId: string },
        {
          quota?: { remaining: number; resetTime?: number };
          rateLimit?: { remaining: number; resetTime?: number };
        } | null,
        Name
      >;
      verify: FunctionReference<
        "mutation",
        "internal",
        {
          config: {
            configurations: Array<{
              configId: string;
              defaultLifetimeMs?: number;
              keysPerOwner?: number;
              maxLifetimeMs?: number;
              minLifetimeMs?: number;
              prefix?: string;
              retentionMs?: number;
              scopes?: Array<{ actions: Array<string>; resource: string }>;
            }>;
          };
          configId?: string;
          permissions?: {
            resources: Array<{ actions: Array<string>; resource: string }>;
            roles: Array<{
              permissions: Array<{ actions: Array<string>; resource: string }>;
              role: string;
            }>;
          };
          raw: string;
          request?: {
            connector?: "AND" | "OR";
            resources: Array<{
              actions: Array<string>;
              connector?: "AND" | "OR";
              resource: string;
            }>;
          };
        },
        | {
            identity: {
              configId: string;
              groupId?: string;
              keyId: string;
              name: string;
              scopes: Array<{ actions: Array<string>; resource: string }>;
              userId?: string;
            };
            kind: "verified";
          }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
    };
    keyWrite: {
      create: FunctionReference<
        "mutation",
        "internal",
        {
          actorUserId?: string;
          config: {
            configurations: Array<{
              configId: string;
              defaultLifetimeMs?: number;
              keysPerOwner?: number;
              maxLifetimeMs?: number;
              minLifetimeMs?: number;
              prefix?: string;
              retentionMs?: number;
              scopes?: Array<{ actions: Array<string>; resource: string }>;
            }>;
          };
          configId?: string;
          expiresAt?: number;
          freshness?: {
            secondFactor?: {
              policy?: "off" | "optional" | "required";
              trustedDeviceDays?: number;
            };
            sessionId: string;
            stepUp?: { maxAge?: number };
            userId: string;
          };
          metadata?: any;
          name: string;
          owner: { userId: string } | { groupId: string };
          permissions?: {
            resources: Array<{ actions: Array<string>; resource: string }>;
            roles: Array<{
              permissions: Array<{ actions: Array<string>; resource: string }>;
              role: string;
            }>;
          };
          quota?: {
            refillAmount?: number;
            refillInterval?: number;
            remaining: number;
          };
          rateLimit?: {
            kind?: "fixedWindow" | "tokenBucket";
            maxRequests: number;
            windowMs: number;
          };
          revokeOnLeave: boolean;
          scopes: Array<{ actions: Array<string>; resource: string }>;
        },
        | { keyId: string; kind: "done"; raw: string }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
      remove: FunctionReference<
        "mutation",
        "internal",
        {
          actorUserId?: string;
          config: {
            configurations: Array<{
              configId: string;
              defaultLifetimeMs?: number;
              keysPerOwner?: number;
              maxLifetimeMs?: number;
              minLifetimeMs?: number;
              prefix?: string;
              retentionMs?: number;
              scopes?: Array<{ actions: Array<string>; resource: string }>;
            }>;
          };
          keyId: string;
          permissions?: {
            resources: Array<{ actions: Array<string>; resource: string }>;
            roles: Array<{
              permissions: Array<{ actions: Array<string>; resource: string }>;
              role: string;
            }>;
          };
        },
        | { kind: "done" }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
      revoke: FunctionReference<
        "mutation",
        "internal",
        {
          actorUserId?: string;
          config: {
            configurations: Array<{
              configId: string;
              defaultLifetimeMs?: number;
              keysPerOwner?: number;
              maxLifetimeMs?: number;
              minLifetimeMs?: number;
              prefix?: string;
              retentionMs?: number;
              scopes?: Array<{ actions: Array<string>; resource: string }>;
            }>;
          };
          keyId: string;
          permissions?: {
            resources: Array<{ actions: Array<string>; resource: string }>;
            roles: Array<{
              permissions: Array<{ actions: Array<string>; resource: string }>;
              role: string;
            }>;
          };
        },
        | { kind: "done" }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
      rotate: FunctionReference<
        "mutation",
        "internal",
        {
          actorUserId?: string;
          config: {
            configurations: Array<{
              configId: string;
              defaultLifetimeMs?: number;
              keysPerOwner?: number;
              maxLifetimeMs?: number;
              minLifetimeMs?: number;
              prefix?: string;
              retentionMs?: number;
              scopes?: Array<{ actions: Array<string>; resource: string }>;
            }>;
          };
          expiresAt?: number;
          freshness?: {
            secondFactor?: {
              policy?: "off" | "optional" | "required";
              trustedDeviceDays?: number;
            };
            sessionId: string;
            stepUp?: { maxAge?: number };
            userId: string;
          };
          keyId: string;
          name?: string;
          permissions?: {
            resources: Array<{ actions: Array<string>; resource: string }>;
            roles: Array<{
              permissions: Array<{ actions: Array<string>; resource: string }>;
              role: string;
            }>;
          };
        },
        | { keyId: string; kind: "done"; raw: string }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
      update: FunctionReference<
        "mutation",
        "internal",
        {
          actorUserId?: string;
          config: {
            configurations: Array<{
              configId: string;
              defaultLifetimeMs?: number;
              keysPerOwner?: number;
              maxLifetimeMs?: number;
              minLifetimeMs?: number;
              prefix?: string;
              retentionMs?: number;
              scopes?: Array<{ actions: Array<string>; resource: string }>;
            }>;
          };
          data: {
            enabled?: boolean;
            expiresAt?: number;
            metadata?: any;
            name?: string;
            quota?: {
              refillAmount?: number;
              refillInterval?: number;
              remaining: number;
            };
            rateLimit?: {
              kind?: "fixedWindow" | "tokenBucket";
              maxRequests: number;
              windowMs: number;
            };
            scopes?: Array<{ actions: Array<string>; resource: string }>;
          };
          keyId: string;
          permissions?: {
            resources: Array<{ actions: Array<string>; resource: string }>;
            roles: Array<{
              permissions: Array<{ actions: Array<string>; resource: string }>;
              role: string;
            }>;
          };
          removed: Array<"rateLimit" | "quota" | "expiresAt">;
        },
        | { kind: "done" }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
    };
    member: {
      list: {
        list: FunctionReference<
          "query",
          "internal",
          {
            cursor: string | null;
            limit: number;
            order?: "asc" | "desc";
            orderBy: "_creationTime" | "role" | "status";
            where: {
              groupId?: string;
              role?: string;
              status?: string;
              userId?: string;
            };
          },
          {
            items: Array<{
              _creationTime: number;
              _id: string;
              extend?: any;
              groupId: string;
              isOwner: boolean;
              removedTime?: number;
              role: string;
              roleIds: Array<string>;
              roles: Array<string>;
              status: string;
              userId: string;
            }>;
            nextCursor: string | null;
          },
          Name
        >;
      };
      read: {
        get: FunctionReference<
          "query",
          "internal",
          { memberId: string },
          {
            _creationTime: number;
            _id: string;
            extend?: any;
            groupId: string;
            isOwner: boolean;
            removedTime?: number;
            role: string;
            roleIds: Array<string>;
            roles: Array<string>;
            status: string;
            userId: string;
          } | null,
          Name
        >;
        getByUserAndGroup: FunctionReference<
          "query",
          "internal",
          { groupId: string; userId: string },
          {
            _creationTime: number;
            _id: string;
            extend?: any;
            groupId: string;
            isOwner: boolean;
            removedTime?: number;
            role: string;
            roleIds: Array<string>;
            roles: Array<string>;
            status: string;
            userId: string;
          } | null,
          Name
        >;
      };
    };
    memberInherit: {
      inherit: FunctionReference<
        "query",
        "internal",
        {
          groupId: string;
          maxDepth?: number;
          roles?: Array<string>;
          userId: string;
        },
        {
          cycleDetected: boolean;
          depth: number | null;
          isDirect: boolean;
          isInherited: boolean;
          matchedGroupId: string | null;
          maxDepthReached: boolean;
          membership: {
            _creationTime: number;
            _id: string;
            extend?: any;
            groupId: string;
            isOwner: boolean;
            removedTime?: number;
            role: string;
            roleIds: Array<string>;
            roles: Array<string>;
            status: string;
            userId: string;
          } | null;
          requestedGroupId: string;
          secondFactorRequired: boolean;
          traversedGroupIds: Array<string>;
        },
        Name
      >;
    };
    memberWrite: {
      add: FunctionReference<
        "mutation",
        "internal",
        {
          actorUserId?: string;
          config: {
            creation?: "everyone" | "verified" | "nobody";
            groupsPerUser?: number;
            permissions?: {
              resources: Array<{ actions: Array<string>; resource: string }>;
              roles: Array<{
                permissions: Array<{
                  actions: Array<string>;
                  resource: string;
                }>;
                role: string;
              }>;
            };
            settings?: {
              deletionGraceMs?: number;
              deletionProtection?: boolean;
              inviteLifetimeMs?: number;
              keepsLastTeam?: boolean;
              memberLimit?: number;
              pendingInviteLimit?: number;
              requireSecondFactor?: boolean;
              roleLimit?: number;
              slugLocked?: boolean;
              teamLimit?: number;
              teamMemberLimit?: number;
            };
          };
          extend?: any;
          groupId: string;
          roles?: Array<string>;
          status?: string;
          userId: string;
        },
        | { kind: "done"; memberId: string }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
      leave: FunctionReference<
        "mutation",
        "internal",
        {
          config: {
            creation?: "everyone" | "verified" | "nobody";
            groupsPerUser?: number;
            permissions?: {
              resources: Array<{ actions: Array<string>; resource: string }>;
              roles: Array<{
                permissions: Array<{
                  actions: Array<string>;
                  resource: string;
                }>;
                role: string;
              }>;
            };
            settings?: {
              deletionGraceMs?: number;
              deletionProtection?: boolean;
              inviteLifetimeMs?: number;
              keepsLastTeam?: boolean;
              memberLimit?: number;
              pendingInviteLimit?: number;
              requireSecondFactor?: boolean;
              roleLimit?: number;
              slugLocked?: boolean;
              teamLimit?: number;
              teamMemberLimit?: number;
            };
          };
          groupId: string;
          userId: string;
        },
        | { kind: "done" }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
      remove: FunctionReference<
        "mutation",
        "internal",
        {
          actorUserId?: string;
          config: {
            creation?: "everyone" | "verified" | "nobody";
            groupsPerUser?: number;
            permissions?: {
              resources: Array<{ actions: Array<string>; resource: string }>;
              roles: Array<{
                permissions: Array<{
                  actions: Array<string>;
                  resource: string;
                }>;
                role: string;
              }>;
            };
            settings?: {
              deletionGraceMs?: number;
              deletionProtection?: boolean;
              inviteLifetimeMs?: number;
              keepsLastTeam?: boolean;
              memberLimit?: number;
              pendingInviteLimit?: number;
              requireSecondFactor?: boolean;
              roleLimit?: number;
              slugLocked?: boolean;
              teamLimit?: number;
              teamMemberLimit?: number;
            };
          };
          memberId: string;
        },
        | { kind: "done" }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
      update: FunctionReference<
        "mutation",
        "internal",
        {
          actorUserId?: string;
          config: {
            creation?: "everyone" | "verified" | "nobody";
            groupsPerUser?: number;
            permissions?: {
              resources: Array<{ actions: Array<string>; resource: string }>;
              roles: Array<{
                permissions: Array<{
                  actions: Array<string>;
                  resource: string;
                }>;
                role: string;
              }>;
            };
            settings?: {
              deletionGraceMs?: number;
              deletionProtection?: boolean;
              inviteLifetimeMs?: number;
              keepsLastTeam?: boolean;
              memberLimit?: number;
              pendingInviteLimit?: number;
              requireSecondFactor?: boolean;
              roleLimit?: number;
              slugLocked?: boolean;
              teamLimit?: number;
              teamMemberLimit?: number;
            };
          };
          data: { extend?: any; roles?: Array<string>; status?: string };
          memberId: string;
        },
        | { kind: "done" }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
    };
    oneTimeToken: {
      create: FunctionReference<
        "mutation",
        "internal",
        {
          audience?: string;
          data?: any;
          lifetimeMs?: number;
          purpose: string;
          userId?: string;
        },
        | { expirationTime: number; kind: "done"; token: string }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
      verify: FunctionReference<
        "mutation",
        "internal",
        { audience?: string; purpose: string; token: string },
        | { data?: any; kind: "done"; userId?: string }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
    };
    passkey: {
      list: FunctionReference<
        "query",
        "internal",
        { userId: string },
        Array<{
          _creationTime: number;
          _id: string;
          aaguid: string;
          algorithm: number;
          attestationFormat: string;
          attestationKind: "none" | "self" | "basic" | "unverified";
          backedUp: boolean;
          backupEligible: boolean;
          lastUsedTime?: number;
          name: string;
          transports: Array<string>;
          userId: string;
          userVerified: boolean;
        }>,
        Name
      >;
      remove: FunctionReference<
        "mutation",
        "internal",
        {
          actor?: { sessionId: string; userId: string };
          passkeyId: string;
          secondFactor?: {
            policy?: "off" | "optional" | "required";
            trustedDeviceDays?: number;
          };
          stepUp?: { maxAge?: number };
        },
        | { kind: "done" }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
      rename: FunctionReference<
        "mutation",
        "internal",
        { actorUserId?: string; name: string; passkeyId: string },
        | { kind: "done" }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
    };
    passkeyRegister: {
      begin: FunctionReference<
        "mutation",
        "internal",
        {
          config: {
            acceptedAttestation?: Array<
              "none" | "self" | "basic" | "unverified"
            >;
            allowedModels?: Array<string>;
            attestation?: "none" | "direct";
            codeDigits?: number;
            codeLifetimeMs?: number;
            maxPasskeys?: number;
            origins: Array<string>;
            provider: string;
            refusedModels?: Array<string>;
            refusesCounterRegression?: boolean;
            rpId: string;
            rpName: string;
            timeoutMs?: number;
            topOrigins?: Array<string>;
            userVerification?: "required" | "preferred" | "discouraged";
          };
          name?: string;
          secondFactor?: {
            policy?: "off" | "optional" | "required";
            trustedDeviceDays?: number;
          };
          sessionId: string;
          stepUp?: { maxAge?: number };
          userId: string;
        },
        | {
            kind: "begun";
            options: {
              attestation: string;
              authenticatorSelection: {
                requireResidentKey: boolean;
                residentKey: string;
                userVerification: string;
              };
              challenge: string;
              excludeCredentials: Array<{
                id: string;
                transports?: Array<string>;
                type: string;
              }>;
              extensions: { credProps: boolean };
              pubKeyCredParams: Array<{ alg: number; type: string }>;
              rp: { id: string; name: string };
              timeout: number;
              user: { displayName: string; id: string; name: string };
            };
            verifier: string;
          }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
      finish: FunctionReference<
        "mutation",
        "internal",
        {
          config: {
            acceptedAttestation?: Array<
              "none" | "self" | "basic" | "unverified"
            >;
            allowedModels?: Array<string>;
            attestation?: "none" | "direct";
            codeDigits?: number;
            codeLifetimeMs?: number;
            maxPasskeys?: number;
            origins: Array<string>;
            provider: string;
            refusedModels?: Array<string>;
            refusesCounterRegression?: boolean;
            rpId: string;
            rpName: string;
            timeoutMs?: number;
            topOrigins?: Array<string>;
            userVerification?: "required" | "preferred" | "discouraged";
          };
          name?: string;
          response: {
            attestationObject: string;
            clientDataJSON: string;
            id: string;
            transports: Array<string>;
          };
          secondFactor?: {
            policy?: "off" | "optional" | "required";
            trustedDeviceDays?: number;
          };
          sessionId: string;
          userId: string;
          verifier: string;
        },
        | {
            kind: "registered";
            passkeyId: string;
            recoveryCodes?: Array<string>;
          }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
    };
    passkeySecondFactor: {
      begin: FunctionReference<
        "mutation",
        "internal",
        {
          config: {
            acceptedAttestation?: Array<
              "none" | "self" | "basic" | "unverified"
            >;
            allowedModels?: Array<string>;
            attestation?: "none" | "direct";
            codeDigits?: number;
            codeLifetimeMs?: number;
            maxPasskeys?: number;
            origins: Array<string>;
            provider: string;
            refusedModels?: Array<string>;
            refusesCounterRegression?: boolean;
            rpId: string;
            rpName: string;
            timeoutMs?: number;
            topOrigins?: Array<string>;
            userVerification?: "required" | "preferred" | "discouraged";
          };
          identity?: { sessionId: string; userId: string };
          secondFactor?: {
            policy?: "off" | "optional" | "required";
            trustedDeviceDays?: number;
          };
          verifier?: string;
        },
        | {
            kind: "begun";
            options: {
              allowCredentials: Array<{
                id: string;
                transports?: Array<string>;
                type: string;
              }>;
              challenge: string;
              rpId: string;
              timeout: number;
              userVerification: string;
            };
            verifier: string;
          }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
      finish: FunctionReference<
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
          ceremony: string;
          config: {
            acceptedAttestation?: Array<
              "none" | "self" | "basic" | "unverified"
            >;
            allowedModels?: Array<string>;
            attestation?: "none" | "direct";
            codeDigits?: number;
            codeLifetimeMs?: number;
            maxPasskeys?: number;
            origins: Array<string>;
            provider: string;
            refusedModels?: Array<string>;
            refusesCounterRegression?: boolean;
            rpId: string;
            rpName: string;
            timeoutMs?: number;
            topOrigins?: Array<string>;
            userVerification?: "required" | "preferred" | "discouraged";
          };
          generateTokens: boolean;
          identity?: { sessionId: string; userId: string };
          replaces?: string;
          response: {
            authenticatorData: string;
            clientDataJSON: string;
            id: string;
            signature: string;
            userHandle?: string;
          };
          secondFactor?: {
            policy?: "off" | "optional" | "required";
            trustedDeviceDays?: number;
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
          trustDevice: boolean;
          trustedDevice?: string;
          verifier?: string;
        },
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          }
        | {
            kind: "signedIn";
            recoveryCodes?: Array<string>;
            restriction?: "secondFactorEnrollment";
            sessionId?: string;
            tokens: { refreshToken: string; token: string } | null;
            trustedDevice?: string;
            userId: string;
          }
        | {
            kind: "secondFactorRequired";
            methods: Array<
              "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
            >;
            userId: string;
            verifier: string;
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
    passkeySignIn: {
      begin: FunctionReference<
        "mutation",
        "internal",
        {
          config: {
            acceptedAttestation?: Array<
              "none" | "self" | "basic" | "unverified"
            >;
            allowedModels?: Array<string>;
            attestation?: "none" | "direct";
            codeDigits?: number;
            codeLifetimeMs?: number;
            maxPasskeys?: number;
            origins: Array<string>;
            provider: string;
            refusedModels?: Array<string>;
            refusesCounterRegression?: boolean;
            rpId: string;
            rpName: string;
            timeoutMs?: number;
            topOrigins?: Array<string>;
            userVerification?: "required" | "preferred" | "discouraged";
          };
          email?: string;
        },
        | {
            kind: "begun";
            options: {
              allowCredentials: Array<{
                id: string;
                transports?: Array<string>;
                type: string;
              }>;
              challenge: string;
              rpId: string;
              timeout: number;
              userVerification: string;
            };
            verifier: string;
          }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
      finish: FunctionReference<
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
            acceptedAttestation?: Array<
              "none" | "self" | "basic" | "unverified"
            >;
            allowedModels?: Array<string>;
            attestation?: "none" | "direct";
            codeDigits?: number;
            codeLifetimeMs?: number;
            maxPasskeys?: number;
            origins: Array<string>;
            provider: string;
            refusedModels?: Array<string>;
            refusesCounterRegression?: boolean;
            rpId: string;
            rpName: string;
            timeoutMs?: number;
            topOrigins?: Array<string>;
            userVerification?: "required" | "preferred" | "discouraged";
          };
          generateTokens: boolean;
          replaces?: string;
          response: {
            authenticatorData: string;
            clientDataJSON: string;
            id: string;
            signature: string;
            userHandle?: string;
          };
          secondFactor?: {
            policy?: "off" | "optional" | "required";
            trustedDeviceDays?: number;
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
          trustedDevice?: string;
          verifier: string;
        },
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          }
        | {
            kind: "signedIn";
            recoveryCodes?: Array<string>;
            restriction?: "secondFactorEnrollment";
            sessionId?: string;
            tokens: { refreshToken: string; token: string } | null;
            trustedDevice?: string;
            userId: string;
          }
        | {
            kind: "secondFactorRequired";
            methods: Array<
              "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
            >;
            userId: string;
            verifier: string;
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
    passkeySignUp: {
      begin: FunctionReference<
        "mutation",
        "internal",
        {
          code: string;
          config: {
            acceptedAttestation?: Array<
              "none" | "self" | "basic" | "unverified"
            >;
            allowedModels?: Array<string>;
            attestation?: "none" | "direct";
            codeDigits?: number;
            codeLifetimeMs?: number;
            maxPasskeys?: number;
            origins: Array<string>;
            provider: string;
            refusedModels?: Array<string>;
            refusesCounterRegression?: boolean;
            rpId: string;
            rpName: string;
            timeoutMs?: number;
            topOrigins?: Array<string>;
            userVerification?: "required" | "preferred" | "discouraged";
          };
          email: string;
          verifier: string;
        },
        | {
            kind: "begun";
            options: {
              attestation: string;
              authenticatorSelection: {
                requireResidentKey: boolean;
                residentKey: string;
                userVerification: string;
              };
              challenge: string;
              excludeCredentials: Array<{
                id: string;
                transports?: Array<string>;
                type: string;
              }>;
              extensions: { credProps: boolean };
              pubKeyCredParams: Array<{ alg: number; type: string }>;
              rp: { id: string; name: string };
              timeout: number;
              user: { displayName: string; id: string; name: string };
            };
            verifier: string;
          }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
      finish: FunctionReference<
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
            acceptedAttestation?: Array<
              "none" | "self" | "basic" | "unverified"
            >;
            allowedModels?: Array<string>;
            attestation?: "none" | "direct";
            codeDigits?: number;
            codeLifetimeMs?: number;
            maxPasskeys?: number;
            origins: Array<string>;
            provider: string;
            refusedModels?: Array<string>;
            refusesCounterRegression?: boolean;
            rpId: string;
            rpName: string;
            timeoutMs?: number;
            topOrigins?: Array<string>;
            userVerification?: "required" | "preferred" | "discouraged";
          };
          generateTokens: boolean;
          replaces?: string;
          response: {
            attestationObject: string;
            clientDataJSON: string;
            id: string;
            transports: Array<string>;
          };
          secondFactor?: {
            policy?: "off" | "optional" | "required";
            trustedDeviceDays?: number;
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
          trustedDevice?: string;
          verifier: string;
        },
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          }
        | {
            kind: "signedIn";
            recoveryCodes?: Array<string>;
            restriction?: "secondFactorEnrollment";
            sessionId?: string;
            tokens: { refreshToken: string; token: string } | null;
            trustedDevice?: string;
            userId: string;
          }
        | {
            kind: "secondFactorRequired";
            methods: Array<
              "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
            >;
            userId: string;
            verifier: string;
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
      request: FunctionReference<
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
            acceptedAttestation?: Array<
              "none" | "self" | "basic" | "unverified"
            >;
            allowedModels?: Array<string>;
            attestation?: "none" | "direct";
            codeDigits?: number;
            codeLifetimeMs?: number;
            maxPasskeys?: number;
            origins: Array<string>;
            provider: string;
            refusedModels?: Array<string>;
            refusesCounterRegression?: boolean;
            rpId: string;
            rpName: string;
            timeoutMs?: number;
            topOrigins?: Array<string>;
            userVerification?: "required" | "preferred" | "discouraged";
          };
          customCode?: string;
          email: string;
          generateTokens: boolean;
          name?: string;
          replaces?: string;
          secondFactor?: {
            policy?: "off" | "optional" | "required";
            trustedDeviceDays?: number;
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
          trustedDevice?: string;
        },
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          }
        | {
            kind: "signedIn";
            recoveryCodes?: Array<string>;
            restriction?: "secondFactorEnrollment";
            sessionId?: string;
            tokens: { refreshToken: string; token: string } | null;
            trustedDevice?: string;
            userId: string;
          }
        | {
            kind: "secondFactorRequired";
            methods: Array<
              "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
            >;
            userId: string;
            verifier: string;
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
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          }
        | {
            kind: "signedIn";
            recoveryCodes?: Array<string>;
            restriction?: "secondFactorEnrollment";
            sessionId?: string;
            tokens: { refreshToken: string; token: string } | null;
            trustedDevice?: string;
            userId: string;
          }
        | {
            kind: "secondFactorRequired";
            methods: Array<
              "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
            >;
            userId: string;
            verifier: string;
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
          replaces?: string;
          secondFactor?: {
            policy?: "off" | "optional" | "required";
            trustedDeviceDays?: number;
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
          trustedDevice?: string;
        },
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          }
        | {
            kind: "signedIn";
            recoveryCodes?: Array<string>;
            restriction?: "secondFactorEnrollment";
            sessionId?: string;
            tokens: { refreshToken: string; token: string } | null;
            trustedDevice?: string;
            userId: string;
          }
        | {
            kind: "secondFactorRequired";
            methods: Array<
              "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
            >;
            userId: string;
            verifier: string;
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
          replaces?: string;
          secondFactor?: {
            policy?: "off" | "optional" | "required";
            trustedDeviceDays?: number;
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
          trustedDevice?: string;
        },
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          }
        | {
            kind: "signedIn";
            recoveryCodes?: Array<string>;
            restriction?: "secondFactorEnrollment";
            sessionId?: string;
            tokens: { refreshToken: string; token: string } | null;
            trustedDevice?: string;
            userId: string;
          }
        | {
            kind: "secondFactorRequired";
            methods: Array<
              "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
            >;
            userId: string;
            verifier: string;
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
          replaces?: string;
          secondFactor?: {
            policy?: "off" | "optional" | "required";
            trustedDeviceDays?: number;
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
          trustedDevice?: string;
        },
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          }
        | {
            kind: "signedIn";
            recoveryCodes?: Array<string>;
            restriction?: "secondFactorEnrollment";
            sessionId?: string;
            tokens: { refreshToken: string; token: string } | null;
            trustedDevice?: string;
            userId: string;
          }
        | {
            kind: "secondFactorRequired";
            methods: Array<
              "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
            >;
            userId: string;
            verifier: string;
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
          replaces?: string;
          secondFactor?: {
            policy?: "off" | "optional" | "required";
            trustedDeviceDays?: number;
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
          trustedDevice?: string;
        },
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          }
        | {
            kind: "signedIn";
            recoveryCodes?: Array<string>;
            restriction?: "secondFactorEnrollment";
            sessionId?: string;
            tokens: { refreshToken: string; token: string } | null;
            trustedDevice?: string;
            userId: string;
          }
        | {
            kind: "secondFactorRequired";
            methods: Array<
              "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
            >;
            userId: string;
            verifier: string;
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
          replaces?: string;
          secondFactor?: {
            policy?: "off" | "optional" | "required";
            trustedDeviceDays?: number;
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
          trustedDevice?: string;
          verifier?: string;
        },
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          }
        | {
            kind: "signedIn";
            recoveryCodes?: Array<string>;
            restriction?: "secondFactorEnrollment";
            sessionId?: string;
            tokens: { refreshToken: string; token: string } | null;
            trustedDevice?: string;
            userId: string;
          }
        | {
            kind: "secondFactorRequired";
            methods: Array<
              "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
            >;
            userId: string;
            verifier: string;
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
    permission: {
      authorize: FunctionReference<
        "query",
        "internal",
        {
          config: {
            creation?: "everyone" | "verified" | "nobody";
            groupsPerUser?: number;
            permissions?: {
              resources: Array<{ actions: Array<string>; resource: string }>;
              roles: Array<{
                permissions: Array<{
                  actions: Array<string>;
                  resource: string;
                }>;
                role: string;
              }>;
            };
            settings?: {
              deletionGraceMs?: number;
              deletionProtection?: boolean;
              inviteLifetimeMs?: number;
              keepsLastTeam?: boolean;
              memberLimit?: number;
              pendingInviteLimit?: number;
              requireSecondFactor?: boolean;
              roleLimit?: number;
              slugLocked?: boolean;
              teamLimit?: number;
              teamMemberLimit?: number;
            };
          };
          groupId: string | null;
          request?: {
            connector?: "AND" | "OR";
            resources: Array<{
              actions: Array<string>;
              connector?: "AND" | "OR";
              resource: string;
            }>;
          };
          sessionId: string;
          userId: string;
        },
        | { groupId: string; kind: "allowed"; roles: Array<string> }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
      check: FunctionReference<
        "query",
        "internal",
        {
          config: {
            creation?: "everyone" | "verified" | "nobody";
            groupsPerUser?: number;
            permissions?: {
              resources: Array<{ actions: Array<string>; resource: string }>;
              roles: Array<{
                permissions: Array<{
                  actions: Array<string>;
                  resource: string;
                }>;
                role: string;
              }>;
            };
            settings?: {
              deletionGraceMs?: number;
              deletionProtection?: boolean;
              inviteLifetimeMs?: number;
              keepsLastTeam?: boolean;
              memberLimit?: number;
              pendingInviteLimit?: number;
              requireSecondFactor?: boolean;
              roleLimit?: number;
              slugLocked?: boolean;
              teamLimit?: number;
              teamMemberLimit?: number;
            };
          };
          groupId: string;
          request: {
            connector?: "AND" | "OR";
            resources: Array<{
              actions: Array<string>;
              connector?: "AND" | "OR";
              resource: string;
            }>;
          };
          userId: string;
        },
        | { kind: "allowed"; roles: Array<string> }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
      list: FunctionReference<
        "query",
        "internal",
        {
          config: {
            creation?: "everyone" | "verified" | "nobody";
            groupsPerUser?: number;
            permissions?: {
              resources: Array<{ actions: Array<string>; resource: string }>;
              roles: Array<{
                permissions: Array<{
                  actions: Array<string>;
                  resource: string;
                }>;
                role: string;
              }>;
            };
            settings?: {
              deletionGraceMs?: number;
              deletionProtection?: boolean;
              inviteLifetimeMs?: number;
              keepsLastTeam?: boolean;
              memberLimit?: number;
              pendingInviteLimit?: number;
              requireSecondFactor?: boolean;
              roleLimit?: number;
              slugLocked?: boolean;
              teamLimit?: number;
              teamMemberLimit?: number;
            };
          };
          groupId: string;
          userId: string;
        },
        {
          permissions: Array<{ actions: Array<string>; resource: string }>;
          roles: Array<string>;
          secondFactorRequired: boolean;
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
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
    };
    removal: {
      removeUser: FunctionReference<
        "mutation",
        "internal",
        {
          cascade: boolean;
          freshness?: {
            secondFactor?: {
              policy?: "off" | "optional" | "required";
              trustedDeviceDays?: number;
            };
            sessionId: string;
            stepUp?: { maxAge?: number };
            userId: string;
          };
          userId: string;
        },
        | { kind: "done" }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
    };
    removalJob: {
      status: FunctionReference<
        "query",
        "internal",
        { subjectId: string },
        {
          groups: number;
          invites: number;
          members: number;
          startedTime: number;
          state: "waiting" | "running" | "done";
          totalMembers: number;
          updatedTime: number;
        } | null,
        Name
      >;
    };
    role: {
      list: {
        list: FunctionReference<
          "query",
          "internal",
          {
            cursor: string | null;
            groupId: string;
            limit: number;
            order?: "asc" | "desc";
          },
          {
            items: Array<{
              _creationTime: number;
              _id: string;
              description?: string;
              groupId: string;
              permissions: Array<{ actions: Array<string>; resource: string }>;
              role: string;
            }>;
            nextCursor: string | null;
          },
          Name
        >;
      };
      read: {
        get: FunctionReference<
          "query",
          "internal",
          { roleId: string },
          {
            _creationTime: number;
            _id: string;
            description?: string;
            groupId: string;
            permissions: Array<{ actions: Array<string>; resource: string }>;
            role: string;
          } | null,
          Name
        >;
      };
    };
    roleWrite: {
      create: FunctionReference<
        "mutation",
        "internal",
        {
          actorUserId?: string;
          config: {
            creation?: "everyone" | "verified" | "nobody";
            groupsPerUser?: number;
            permissions?: {
              resources: Array<{ actions: Array<string>; resource: string }>;
              roles: Array<{
                permissions: Array<{
                  actions: Array<string>;
                  resource: string;
                }>;
                role: string;
              }>;
            };
            settings?: {
              deletionGraceMs?: number;
              deletionProtection?: boolean;
              inviteLifetimeMs?: number;
              keepsLastTeam?: boolean;
              memberLimit?: number;
              pendingInviteLimit?: number;
              requireSecondFactor?: boolean;
              roleLimit?: number;
              slugLocked?: boolean;
              teamLimit?: number;
              teamMemberLimit?: number;
            };
          };
          description?: string;
          groupId: string;
          permissions: Array<{ actions: Array<string>; resource: string }>;
          role: string;
        },
        | { kind: "done"; roleId: string }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
      remove: FunctionReference<
        "mutation",
        "internal",
        {
          actorUserId?: string;
          config: {
            creation?: "everyone" | "verified" | "nobody";
            groupsPerUser?: number;
            permissions?: {
              resources: Array<{ actions: Array<string>; resource: string }>;
              roles: Array<{
                permissions: Array<{
                  actions: Array<string>;
                  resource: string;
                }>;
                role: string;
              }>;
            };
            settings?: {
              deletionGraceMs?: number;
              deletionProtection?: boolean;
              inviteLifetimeMs?: number;
              keepsLastTeam?: boolean;
              memberLimit?: number;
              pendingInviteLimit?: number;
              requireSecondFactor?: boolean;
              roleLimit?: number;
              slugLocked?: boolean;
              teamLimit?: number;
              teamMemberLimit?: number;
            };
          };
          roleId: string;
        },
        | { kind: "done" }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
      update: FunctionReference<
        "mutation",
        "internal",
        {
          actorUserId?: string;
          config: {
            creation?: "everyone" | "verified" | "nobody";
            groupsPerUser?: number;
            permissions?: {
              resources: Array<{ actions: Array<string>; resource: string }>;
              roles: Array<{
                permissions: Array<{
                  actions: Array<string>;
                  resource: string;
                }>;
                role: string;
              }>;
            };
            settings?: {
              deletionGraceMs?: number;
              deletionProtection?: boolean;
              inviteLifetimeMs?: number;
              keepsLastTeam?: boolean;
              memberLimit?: number;
              pendingInviteLimit?: number;
              requireSecondFactor?: boolean;
              roleLimit?: number;
              slugLocked?: boolean;
              teamLimit?: number;
              teamMemberLimit?: number;
            };
          };
          data: {
            description?: string;
            permissions?: Array<{ actions: Array<string>; resource: string }>;
          };
          roleId: string;
        },
        | { kind: "done" }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
    };
    secondFactor: {
      issueRecoveryCodes: FunctionReference<
        "mutation",
        "internal",
        {
          secondFactor?: {
            policy?: "off" | "optional" | "required";
            trustedDeviceDays?: number;
          };
          sessionId: string;
          stepUp?: { maxAge?: number };
          userId: string;
        },
        | { kind: "issued"; recoveryCodes: Array<string> }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
      sendCode: FunctionReference<
        "mutation",
        "internal",
        {
          identity?: { sessionId: string; userId: string };
          method: "emailCode" | "phoneCode";
          secondFactor?: {
            policy?: "off" | "optional" | "required";
            trustedDeviceDays?: number;
          };
          verifier?: string;
        },
        | {
            delivery: { code: string; expirationTime: number; to: string };
            kind: "sent";
            verifier: string;
          }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
      status: FunctionReference<
        "query",
        "internal",
        { userId: string },
        {
          codes: Array<{
            _creationTime: number;
            _id: string;
            address: string;
            method: "emailCode" | "phoneCode";
            userId: string;
            verifiedTime?: number;
          }>;
          enabledTime: number | null;
          recoveryCodesLeft: number;
          totps: Array<{
            _creationTime: number;
            _id: string;
            algorithm: "SHA1" | "SHA256" | "SHA512";
            digits: 6 | 8;
            name?: string;
            period: number;
            userId: string;
            verifiedTime?: number;
          }>;
          trustedDevices: Array<{
            _creationTime: number;
            _id: string;
            creationTime: number;
            expirationTime: number;
            lastUsedTime: number;
            userAgent?: string;
            userId: string;
          }>;
        },
        Name
      >;
      verify: FunctionReference<
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
          generateTokens: boolean;
          identity?: { sessionId: string; userId: string };
          method: "totp" | "recoveryCode" | "emailCode" | "phoneCode";
          replaces?: string;
          secondFactor?: {
            policy?: "off" | "optional" | "required";
            trustedDeviceDays?: number;
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
          trustDevice: boolean;
          trustedDevice?: string;
          verifier?: string;
        },
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          }
        | {
            kind: "signedIn";
            recoveryCodes?: Array<string>;
            restriction?: "secondFactorEnrollment";
            sessionId?: string;
            tokens: { refreshToken: string; token: string } | null;
            trustedDevice?: string;
            userId: string;
          }
        | {
            kind: "secondFactorRequired";
            methods: Array<
              "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
            >;
            userId: string;
            verifier: string;
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
    session: {
      end: {
        invalidate: FunctionReference<
          "mutation",
          "internal",
          { except: Array<string>; userId: string },
          null,
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
      list: {
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
              authenticationMethods: Array<
                | "pwd"
                | "otp"
                | "sms"
                | "hwk"
                | "swk"
                | "user"
                | "mfa"
                | "fed"
                | "recovery"
                | "device"
                | "sent"
                | "app"
              >;
              authenticationTime: number;
              expirationTime: number;
              ipAddress?: string;
              lastActiveTime: number;
              provider: string;
              restriction?: "secondFactorEnrollment";
              userAgent?: string;
              userId: string;
            }>;
            nextCursor: string | null;
          },
          Name
        >;
      };
      live: {
        get: FunctionReference<
          "query",
          "internal",
          { sessionId: string },
          {
            _creationTime: number;
            _id: string;
            authenticationMethods: Array<
              | "pwd"
              | "otp"
              | "sms"
              | "hwk"
              | "swk"
              | "user"
              | "mfa"
              | "fed"
              | "recovery"
              | "device"
              | "sent"
              | "app"
            >;
            authenticationTime: number;
            expirationTime: number;
            ipAddress?: string;
            lastActiveTime: number;
            provider: string;
            restriction?: "secondFactorEnrollment";
            userAgent?: string;
            userId: string;
          } | null,
          Name
        >;
        isValid: FunctionReference<
          "query",
          "internal",
          { sessionId: string; userId: string },
          boolean,
          Name
        >;
      };
    };
    sessionFresh: {
      check: FunctionReference<
        "query",
        "internal",
        {
          needsTwo?: boolean;
          secondFactor?: {
            policy?: "off" | "optional" | "required";
            trustedDeviceDays?: number;
          };
          sessionId: string;
          stepUp?: { maxAge?: number };
          userId: string;
        },
        | { kind: "done" }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
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
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
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
    totp: {
      confirm: FunctionReference<
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
          generateTokens: boolean;
          replaces?: string;
          secondFactor?: {
            policy?: "off" | "optional" | "required";
            trustedDeviceDays?: number;
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
          sessionId: string;
          totpId: string;
          trustedDevice?: string;
          userId: string;
        },
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          }
        | {
            kind: "signedIn";
            recoveryCodes?: Array<string>;
            restriction?: "secondFactorEnrollment";
            sessionId?: string;
            tokens: { refreshToken: string; token: string } | null;
            trustedDevice?: string;
            userId: string;
          }
        | {
            kind: "secondFactorRequired";
            methods: Array<
              "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
            >;
            userId: string;
            verifier: string;
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
      enroll: FunctionReference<
        "mutation",
        "internal",
        {
          config: {
            algorithm?: "SHA1" | "SHA256" | "SHA512";
            digits?: number;
            issuer: string;
            period?: number;
          };
          name?: string;
          secondFactor?: {
            policy?: "off" | "optional" | "required";
            trustedDeviceDays?: number;
          };
          sessionId: string;
          stepUp?: { maxAge?: number };
          userId: string;
        },
        | { kind: "pending"; secret: string; totpId: string; uri: string }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
      list: FunctionReference<
        "query",
        "internal",
        { userId: string },
        Array<{
          _creationTime: number;
          _id: string;
          algorithm: "SHA1" | "SHA256" | "SHA512";
          digits: 6 | 8;
          name?: string;
          period: number;
          userId: string;
          verifiedTime?: number;
        }>,
        Name
      >;
      remove: FunctionReference<
        "mutation",
        "internal",
        {
          actor?: { sessionId: string; userId: string };
          secondFactor?: {
            policy?: "off" | "optional" | "required";
            trustedDeviceDays?: number;
          };
          stepUp?: { maxAge?: number };
          totpId: string;
        },
        | { kind: "done" }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
    };
    trustedDevice: {
      remove: FunctionReference<
        "mutation",
        "internal",
        { trustedDeviceId?: string; userId: string },
        null,
        Name
      >;
    };
    user: {
      list: {
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
              activeGroupId?: string;
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
              role?: string;
              secondFactorTime?: number;
            }>;
            nextCursor: string | null;
          },
          Name
        >;
      };
      read: {
        get: FunctionReference<
          "query",
          "internal",
          { userId: string },
          {
            _creationTime: number;
            _id: string;
            activeGroupId?: string;
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
            role?: string;
            secondFactorTime?: number;
          } | null,
          Name
        >;
        viewer: FunctionReference<
          "query",
          "internal",
          { sessionId: string; userId: string },
          {
            _creationTime: number;
            _id: string;
            activeGroupId?: string;
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
            role?: string;
            secondFactorTime?: number;
          } | null,
          Name
        >;
      };
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
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
    };
    userRole: {
      check: FunctionReference<
        "query",
        "internal",
        { sessionId: string; userId: string },
        | { kind: "done" }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
      set: FunctionReference<
        "mutation",
        "internal",
        { role: "admin" | null; userId: string },
        | { kind: "done" }
        | {
            kind: "refused";
            refusal: {
              code: string;
              maxAge?: number;
              message: string;
              methods?: Array<
                "totp" | "passkey" | "emailCode" | "phoneCode" | "recoveryCode"
              >;
              retryAfterMs?: number;
            };
          },
        Name
      >;
    };
  };
