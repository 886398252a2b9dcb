/** What spares this browser the second factor. */

import type { AuthStorage } from "./storage.js";

/**
 * Keeps the token with which the server recognises a browser that its user
 * trusts. It survives signing out, which is what it is for; the server replaces
 * it each time, and forgets it when the person says so.
 */
export class TrustedDeviceToken {
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

  /** The token, if there is one. */
  async read(): Promise<string | undefined> {
    return (await this.storage.getItem(this.key)) ?? undefined;
  }

  /**
   * Keeps a token in place of an earlier one.
   *
   * @param token - From the server.
   */
  async keep(token: string): Promise<void> {
    await this.storage.setItem(this.key, token);
  }
}
