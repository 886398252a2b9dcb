/** The token pair in storage: one item, so that no tab ever sees a torn pair. */

import { readAccessToken } from "./accessToken.js";
import type { AuthStorage } from "./storage.js";

/** What a session consists of on this device. */
export interface TokenPair {
  /** The access token, a JWT. */
  readonly token: string;
  /** The opaque refresh token, good for one use. */
  readonly refreshToken: string;
  /** When this device received the pair: milliseconds of its own clock. */
  readonly receivedTime: number;
  /** The session's id, from the access token. */
  readonly sessionId: string;
  /** The access token's whole lifetime in milliseconds. */
  readonly lifetimeMs: number;
  /** The user's id, from the access token. */
  readonly userId: string;
  /** Whether only a second factor can be set up in the session. */
  readonly isRestricted: boolean;
}

/**
 * Checks what came from the server or from storage and makes a pair of it.
 *
 * @param value - Candidate with `token` and `refreshToken`.
 * @param receivedTime - When it was received, in milliseconds of this device.
 * @returns The pair, or `null` when the value is not one.
 */
export function toTokenPair(
  value: unknown,
  receivedTime: number,
): TokenPair | null {
  if (typeof value !== "object" || value === null) {
    return null;
  }
  const { token, refreshToken } = value as Record<string, unknown>;
  if (
    typeof token !== "string" ||
    typeof refreshToken !== "string" ||
    refreshToken === ""
  ) {
    return null;
  }
  const claims = readAccessToken(token);
  return claims === null
    ? null
    : { token, refreshToken, receivedTime, ...claims };
}

/**
 * Whether the access token can still be presented.
 *
 * The age is measured on this device's clock from when the pair was received,
 * because a device whose clock is an hour off must not refresh for ever, and
 * `exp` is the server's time. A pair "from the future" means that the clock
 * was set back: its age is unknown, and it is refreshed.
 *
 * @param pair - The pair.
 * @param now - The local clock, in milliseconds.
 * @param leewayMs - How much of the lifetime must be left.
 */
export function isUsable(
  pair: TokenPair,
  now: number,
  leewayMs: number,
): boolean {
  const age = now - pair.receivedTime;
  return age >= 0 && age < pair.lifetimeMs - leewayMs;
}

/** Whether a session is another one of the same person, to the same extent. */
export function isSamePerson(
  before: TokenPair | null,
  pair: TokenPair | null,
): boolean {
  return (
    pair !== null &&
    before !== null &&
    pair.userId !== "" &&
    pair.userId === before.userId &&
    pair.isRestricted === before.isRestricted
  );
}

/**
 * Reads and writes the pair. Operations of one store run one after another,
 * so a comparison and the write that depends on it are not torn apart by an
 * asynchronous storage.
 */
export class TokenStore {
  private readonly storage: AuthStorage;
  private readonly key: string;
  private readonly onWrite: () => void;
  private last: Promise<unknown> = Promise.resolve();

  /**
   * @param storage - A storage that does not fail (see `createResilientStorage`).
   * @param namespace - Tells deployments apart.
   * @param onWrite - Called after each change, to tell other tabs.
   */
  constructor(storage: AuthStorage, namespace: string, onWrite: () => void) {
    this.storage = storage;
    this.key = `__gatehouseToken_${namespace}`;
    this.onWrite = onWrite;
  }

  /** The storage key of the pair. */
  get storageKey(): string {
    return this.key;
  }

  /** The stored pair. Content that is not a pair is removed: it never heals. */
  read(): Promise<TokenPair | null> {
    return this.enqueue(() => this.readNow());
  }

  /** Replaces whatever is stored: a new sign-in always wins. */
  write(pair: TokenPair): Promise<void> {
    return this.enqueue(() => this.writeNow(pair));
  }

  /**
   * Replaces the pair only while it still holds the expected refresh token, so
   * that a slow refresh cannot undo a sign-in or sign-out made meanwhile.
   *
   * @returns Whether the pair was replaced.
   */
  replace(expectedRefreshToken: string, pair: TokenPair): Promise<boolean> {
    return this.enqueue(async () => {
      const present = await this.readNow();
      if (present?.refreshToken !== expectedRefreshToken) {
        return false;
      }
      await this.writeNow(pair);
      return true;
    });
  }

  /** Removes whatever is stored. */
  remove(): Promise<void> {
    return this.enqueue(() => this.removeNow());
  }

  /**
   * Removes the pair only while `matches` accepts it.
   *
   * @returns The pair that remains, or `null`.
   */
  removeIf(matches: (pair: TokenPair) => boolean): Promise<TokenPair | null> {
    return this.enqueue(async () => {
      const present = await this.readNow();
      if (present === null || !matches(present)) {
        return present;
      }
      await this.removeNow();
      return null;
    });
  }

  private enqueue<Result>(operate: () => Promise<Result>): Promise<Result> {
    const result = this.last.then(operate);
    this.last = result.catch(() => undefined);
    return result;
  }

  private async readNow(): Promise<TokenPair | null> {
    const text = await this.storage.getItem(this.key);
    if (text === null || text === undefined) {
      return null;
    }
    const pair = parseStoredPair(text);
    if (pair === null) {
      await this.storage.removeItem(this.key);
    }
    return pair;
  }

  private async writeNow(pair: TokenPair): Promise<void> {
    const { token, refreshToken, receivedTime } = pair;
    await this.storage.setItem(
      this.key,
      JSON.stringify({ token, refreshToken, receivedTime }),
    );
    this.onWrite();
  }

  private async removeNow(): Promise<void> {
    await this.storage.removeItem(this.key);
    this.onWrite();
  }
}

function parseStoredPair(text: string): TokenPair | null {
  try {
    const value: unknown = JSON.parse(text);
    const receivedTime: unknown = (value as { receivedTime?: unknown } | null)
      ?.receivedTime;
    return typeof receivedTime === "number"
      ? toTokenPair(value, receivedTime)
      : null;
  } catch {
    return null;
  }
}
