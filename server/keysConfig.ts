import type { ResourceActions } from "./definePermissions.js";
import {
  type GroupsConfig,
  groupsArguments,
  statementsOf,
} from "./groupsConfig.js";

/** A kind of API keys. Times are in milliseconds. */
export type KeyConfiguration = {
  /**
   * What its new keys begin with, as in `sk_…`, which is the default. Keys that
   * began with something else before go on working.
   */
  prefix?: string;
  /**
   * All scopes that its keys can have, actions by resource, when they are made
   * and when they are used. Without it, a user's keys can have any, and those of a group the permissions that the app
   * defines.
   */
  scopes?: ResourceActions;
  /** How long keys live that name no expiry: for ever. */
  defaultLifetimeMs?: number;
  /** The shortest lifetime that a key can name: a day. */
  minLifetimeMs?: number;
  /** The longest lifetime that a key can name: 365 days. */
  maxLifetimeMs?: number;
  /** For how long keys are kept that no longer work: 30 days. */
  retentionMs?: number;
  /** How many keys an owner may have that are not revoked: 50, up to 500. */
  keysPerOwner?: number;
};

/** What `createAuth` is told about API keys. */
export type KeysConfig = {
  /** The kinds of keys by their names. Without any, there is `default`. */
  configurations?: Readonly<Record<string, KeyConfiguration>>;
  /**
   * Where a key is looked for in a request: `Authorization: Bearer …` and
   * `x-api-key` by default. `authorization` stands for the former.
   */
  headers?: readonly string[];
  /**
   * Lets keys be exchanged for tokens at `POST /api/auth/token`, which
   * `auth.http.add` registers then.
   */
  exchange?: {
    /**
     * For whom the tokens are: `api-key`. `auth.config.ts` needs a provider
     * with it as `applicationID`.
     */
    audience?: string;
    /** How long a token lives: five minutes, up to an hour. */
    lifetimeMs?: number;
  };
};

/** The settings that operations on keys depend on. */
type Settings = { keys?: KeysConfig; groups?: GroupsConfig };

/** What every operation on keys is told, as the component takes it. */
export function keySettings({ keys = {}, groups }: Settings) {
  const kinds = Object.entries(keys.configurations ?? {});
  return {
    config: {
      configurations: kinds.map(([configId, { scopes, ...others }]) => ({
        configId,
        ...others,
        scopes: scopes && statementsOf(scopes),
      })),
    },
    permissions: groupsArguments({ groups }).permissions,
  };
}
