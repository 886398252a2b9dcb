/** What spares the people who share this browser the second factor. */

import type { AuthStorage } from "./storage.js";

/** How many people are remembered: those who signed in last. */
const MOST_PEOPLE = 10;

/** Somebody who trusts this browser. */
interface Entry {
  userId: string;
  /** By what the server recognises the browser as theirs. */
  token: string;
  /** As {@link fingerprintOf} what they type to sign in, where it is known. */
  address?: number;
}

/**
 * Keeps the tokens with which the server recognises a browser that its users
 * trust, one for each of them: people who share a browser must not take each
 * other's away. They survive signing out, which is what they are for; the server
 * replaces one each time it is used, and forgets it when the person says so.
 */
export class TrustedDevices {
  private readonly storage: AuthStorage;
  private readonly key: string;

  /**
   * @param storage - A storage that does not fail (see `createResilientStorage`).
   * @param namespace - Tells deployments apart.
   */
  constructor(storage: AuthStorage, namespace: string) {
    this.storage = storage;
    this.key = `__gatehouseDevice_${namespace}`;
  }

  /**
   * The token to send with a sign-in. A call carries one, and who it is for is
   * only known afterwards: it is that of who signs in by this address, else of
   * who is signed in, else of who was trusted last. Somebody else's does no
   * harm, since the server compares it with who has signed in.
   *
   * @param address - What was typed to say who signs in, if anything was.
   * @param userId - Who is signed in, if somebody is.
   */
  async tokenFor(
    address: string | undefined,
    userId: string | undefined,
  ): Promise<string | undefined> {
    const entries = await this.read();
    const fingerprint =
      address === undefined ? undefined : fingerprintOf(address);
    const entry =
      entries.find(
        (candidate) =>
          fingerprint !== undefined && candidate.address === fingerprint,
      ) ??
      entries.find((candidate) => candidate.userId === userId) ??
      entries[0];
    return entry?.token;
  }

  /**
   * Keeps a token in place of an earlier one of the same person.
   *
   * @param userId - Who trusts this browser.
   * @param token - From the server.
   * @param address - What they have typed to say who they are, where it is known.
   */
  async keep(
    userId: string,
    token: string,
    address: string | undefined,
  ): Promise<void> {
    const entries = await this.read();
    const known = entries.find((entry) => entry.userId === userId)?.address;
    const fingerprint = address === undefined ? known : fingerprintOf(address);
    const entry: Entry = {
      ...{ userId, token },
      ...(fingerprint === undefined ? {} : { address: fingerprint }),
    };
    const others = entries.filter((other) => other.userId !== userId);
    await this.storage.setItem(
      this.key,
      JSON.stringify([entry, ...others].slice(0, MOST_PEOPLE)),
    );
  }

  /** Who was trusted last comes first. Unreadable content counts as none. */
  private async read(): Promise<Entry[]> {
    const text = await this.storage.getItem(this.key);
    try {
      const value: unknown = JSON.parse(text ?? "[]");
      return Array.isArray(value) ? value.filter(isEntry) : [];
    } catch {
      return [];
    }
  }
}

/**
 * What a person has typed to say who signs in.
 *
 * @param params - The parameters of a sign-in.
 */
export function addressOf(
  params: Readonly<Record<string, unknown>>,
): string | undefined {
  return [params.email, params.username, params.phone].find(
    (value) => typeof value === "string",
  );
}

/**
 * FNV-1a of 32 bits: enough to tell apart the people who share a browser, and
 * too little to say what the address was, which others who use it may read.
 */
function fingerprintOf(address: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(address.trim().toLowerCase())) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return hash;
}

function isEntry(value: unknown): value is Entry {
  const entry = value as Partial<Entry> | null;
  return (
    typeof entry?.userId === "string" &&
    typeof entry.token === "string" &&
    (entry.address === undefined || typeof entry.address === "number")
  );
}
