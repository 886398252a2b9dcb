import type { ComponentApi } from "../component/_generated/component.js";
import { type Actor, actorArguments } from "./actor.js";
import type { AuthContext, MutationContext, QueryContext } from "./context.js";
import type { ApiKeyDocument } from "./documents.js";
import { type KeyCaller, readKeyCaller } from "./keyCaller.js";
import { keySettings } from "./keysConfig.js";
import {
  checkLimits,
  type KeyChange,
  type NewKey,
  ownerArguments,
} from "./keyTerms.js";
import {
  askById,
  changeById,
  type Pages,
  pagesOf,
  type AskById,
  type List,
} from "./methods.js";
import type { Orders } from "./page.js";
import { accepted, invalid, mutate } from "./refuse.js";
import { scopeArguments, type ScopeRequest } from "./scopes.js";
import type { AuthSettings } from "./settings.js";
import { checkFields, checkValue } from "./shape.js";
import { type ActorContext, freshnessArguments } from "./stepUp.js";
import { type VerifiedKey, verifiedKey } from "./verifiedKey.js";

/** Which keys to list. Conditions hold together; none means all. */
export type KeyFilter = {
  userId?: string;
  groupId?: string;
  revoked?: boolean;
  name?: string;
  prefix?: string;
};

/** By what a list of keys may be ordered. */
export type KeyOrder =
  "_creationTime" | "name" | "lastUsedAt" | "expiresAt" | "revoked";

/** What is left of a limit of a key. */
export type KeyAllowance = { remaining: number; resetTime?: number };

/** What is left of the limits of a key, of those that it has. */
export type KeyUsage = { rateLimit?: KeyAllowance; quota?: KeyAllowance };

/** What is asked of a key besides that it works. */
export type KeyRequirement = {
  /** What it is to be used for. */
  scope?: ScopeRequest;
  /** The kind it has to be of. */
  configId?: string;
};

const OWNERS = ["userId", "groupId"];

const ORDERS: Orders = {
  name: OWNERS,
  lastUsedAt: OWNERS,
  expiresAt: OWNERS,
  revoked: OWNERS,
};

/** `auth.key`: API keys. */
export function keyMethods(component: ComponentApi, config: AuthSettings) {
  const settings = () => keySettings(config);
  const question = (raw: string, requirement: KeyRequirement) => {
    checkValue("the key", raw);
    checkFields(requirement, "scope?: object, configId?");
    const { scope, configId } = requirement;
    const request = scopeArguments(scope);
    return { ...settings(), raw, configId, request };
  };
  return {
    /**
     * Makes a key. An actor makes keys of their own, and for a group with
     * `apiKey:create` there and all that the scopes name; in a session in which
     * they have proved a moment ago who they are, since a key outlives it.
     *
     * @returns The key's id, and the raw key, this once.
     * @throws `USER_NOT_FOUND`, `USER_BANNED`, `GROUP_NOT_FOUND`,
     *   `API_KEY_INVALID_SCOPE`, `API_KEY_LIMIT_REACHED`, `INVALID_PARAMETERS`;
     *   with an actor also `NOT_SIGNED_IN`, `STEP_UP_REQUIRED`, `FORBIDDEN`,
     *   `SECOND_FACTOR_REQUIRED`
     */
    async create(
      ctx: MutationContext & ActorContext,
      key: NewKey,
    ): Promise<{ keyId: string; raw: string }> {
      checkFields(
        key,
        "userId?, groupId?, configId?, name, scopes: statements, rateLimit?: object, quota?: object, expiresAt?: number, metadata?: small, revokeOnLeave?: boolean, actorUserId?: actor",
      );
      checkLimits(key);
      const { userId, groupId, revokeOnLeave = false, ...terms } = key;
      const owner = ownerArguments(userId, groupId);
      const asked = await freshnessArguments(ctx, config, "createKey", key);
      const { keyId, raw } = await mutate(ctx, component.keyWrite.create, {
        ...settings(),
        ...terms,
        revokeOnLeave,
        ...asked,
        owner,
      });
      return { keyId, raw };
    },

    /**
     * Verifies a key and counts the use, if the key has limits, in one mutation.
     * In a query it reads only, so that it can be part of a reactive query; a
     * key with limits is refused there, and the last use is not noted.
     *
     * @throws `INVALID_API_KEY`, `API_KEY_DISABLED`, `API_KEY_REVOKED`,
     *   `API_KEY_EXPIRED`, `API_KEY_OWNER_INACTIVE`, `SCOPE_CHECK_FAILED`,
     *   `API_KEY_QUOTA_EXCEEDED` and `API_KEY_RATE_LIMITED` with
     *   `retryAfterMs`, `INVALID_PARAMETERS`
     */
    async verify(
      ctx: QueryContext | (QueryContext & MutationContext),
      raw: string,
      requirement: KeyRequirement = {},
    ): Promise<VerifiedKey> {
      const asked = question(raw, requirement);
      if ("runMutation" in ctx) {
        const used = await mutate(ctx, component.keyUse.verify, asked);
        return verifiedKey(used.identity);
      }
      const answer = accepted(
        await ctx.runQuery(component.keyUse.check, asked),
      );
      if (answer.kind === "limited") {
        invalid(
          "the uses of this key are counted; verify it in a mutation or an action",
        );
      }
      return verifiedKey(answer.identity);
    },

    /**
     * The key that calls with a token for which it was exchanged (`POST
     * /api/auth/token`), or `null` if the caller has no such token. The key's
     * row is looked at: what was changed or revoked since counts at once.
     * Nothing is counted, and nothing written.
     *
     * @param requirement.scope What the key has to be made for, by its token
     *   and by its row.
     * @throws `INVALID_API_KEY`, `API_KEY_DISABLED`, `API_KEY_REVOKED`,
     *   `API_KEY_EXPIRED`, `API_KEY_OWNER_INACTIVE`, `SCOPE_CHECK_FAILED`,
     *   `INVALID_PARAMETERS`
     */
    async caller(
      ctx: AuthContext & QueryContext,
      requirement: Pick<KeyRequirement, "scope"> = {},
    ): Promise<KeyCaller | null> {
      checkFields(requirement, "scope?: object");
      const scope = scopeArguments(requirement.scope);
      const caller = await readKeyCaller(component, config, ctx, { scope });
      if (caller === null) {
        return null;
      }
      const { roles: _roles, ...rest } = caller;
      return rest;
    },

    /** A key, or `null` if there is none with this id. */
    get: askById(
      component.key.read.get,
      "keyId",
    ) as AskById<ApiKeyDocument | null>,

    /**
     * What is left of a key's limits: how many uses (`remaining`), and when
     * there are as many as ever again (`resetTime`, milliseconds since 1970), if
     * that is to come. `null` if there is no such key. In a reactive query it
     * follows every use.
     */
    usage: askById(component.keyUse.usage, "keyId") as AskById<KeyUsage | null>,

    /**
     * Keys, in pages of up to 100.
     *
     * @throws `INVALID_PARAMETERS` for an order that is not supported: keys come
     *   by anything but their creation with no condition but one owner.
     */
    list: pagesOf(
      component.key.list.list as Pages<ApiKeyDocument, KeyFilter, KeyOrder>,
      "keys",
      "userId?, groupId?, revoked?: boolean, name?, prefix?",
      ORDERS,
    ) as List<ApiKeyDocument, KeyFilter, KeyOrder>,

    /**
     * Changes a key. An actor changes their own, and those of a group with
     * `apiKey:update` and all that new scopes name. Uses that were counted
     * stay counted under a new rate limit.
     *
     * @throws `KEY_NOT_FOUND`, `API_KEY_REVOKED`, `API_KEY_INVALID_SCOPE`,
     *   `INVALID_PARAMETERS`; with an actor also `FORBIDDEN`,
     *   `SECOND_FACTOR_REQUIRED`
     */
    async update(
      ctx: MutationContext,
      keyId: string,
      data: KeyChange,
      actor: Actor = {},
    ): Promise<void> {
      checkValue("keyId", keyId);
      checkFields(
        data,
        "name?, scopes?: statements, rateLimit?: object|null, quota?: object|null, expiresAt?: number|null, enabled?: boolean, metadata?: small",
      );
      checkLimits(data);
      const { rateLimit, quota, expiresAt, ...others } = data;
      const terms = { rateLimit, quota, expiresAt };
      const names = ["rateLimit", "quota", "expiresAt"] as const;
      await mutate(ctx, component.keyWrite.update, {
        ...settings(),
        keyId,
        ...actorArguments(actor),
        data: {
          ...others,
          rateLimit: rateLimit ?? undefined,
          quota: quota ?? undefined,
          expiresAt: expiresAt ?? undefined,
        },
        removed: names.filter((name) => terms[name] === null),
      });
    },

    /**
     * Revokes a key, for good. It stays in lists until its retention is over.
     *
     * @throws `KEY_NOT_FOUND`; with an actor also `FORBIDDEN`,
     *   `SECOND_FACTOR_REQUIRED`
     */
    revoke: changeById(component.keyWrite.revoke, "keyId", settings),

    /**
     * Deletes a key.
     *
     * @throws `KEY_NOT_FOUND`; with an actor also `FORBIDDEN`,
     *   `SECOND_FACTOR_REQUIRED`
     */
    remove: changeById(component.keyWrite.remove, "keyId", settings),

    /**
     * Replaces a key by another with the same rights, and revokes it in the same
     * transaction. What was used of the old one is used of the new one.
     *
     * @returns The new key's id, and the raw key, this once.
     * @throws `KEY_NOT_FOUND`, `API_KEY_REVOKED`, `API_KEY_EXPIRED`,
     *   `INVALID_PARAMETERS`; with an actor also `NOT_SIGNED_IN`,
     *   `STEP_UP_REQUIRED`, `FORBIDDEN`, `SECOND_FACTOR_REQUIRED`
     */
    async rotate(
      ctx: MutationContext & ActorContext,
      keyId: string,
      options: Actor & { name?: string; expiresAt?: number } = {},
    ): Promise<{ keyId: string; raw: string }> {
      checkValue("keyId", keyId);
      checkFields(options, "name?, expiresAt?: number, actorUserId?: actor");
      const asked = await freshnessArguments(ctx, config, "createKey", options);
      const { raw, ...made } = await mutate(ctx, component.keyWrite.rotate, {
        ...settings(),
        keyId,
        ...options,
        ...asked,
      });
      return { keyId: made.keyId, raw };
    },
  };
}
