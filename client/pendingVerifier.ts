/** What proves that the code comes back to the client that asked for it. */

import type { AuthStorage } from "./storage.js";

/**
 * Keeps the verifier of a sign-in that waits for a code from an e-mail, over
 * reloads and for other tabs. Without it the code still proves the address,
 * but the password that was set here is not trusted.
 */
export class PendingVerifier {
  private readonly storage: AuthStorage;
  private readonly key: string;

  /**
   * @param storage - A storage that does not fail (see `createResilientStorage`).
   * @param namespace - Tells deployments apart.
   */
  constructor(storage: AuthStorage, namespace: string) {
    this.storage = storage;
    this.key = `__gatehouseVerifier_${namespace}`;
  }

  /**
   * The verifier that a provider waits for.
   *
   * @param provider - The provider's id.
   */
  async read(provider: string): Promise<string | undefined> {
    const text = await this.storage.getItem(this.key);
    const separator = text?.indexOf(" ") ?? -1;
    return text?.slice(separator + 1) === provider
      ? text.slice(0, separator)
      : undefined;
  }

  /**
   * Keeps a verifier in place of an earlier one.
   *
   * @param provider - The provider's id.
   * @param verifier - What the provider will ask for; it has no spaces.
   */
  async keep(provider: string, verifier: string): Promise<void> {
    await this.storage.setItem(this.key, `${verifier} ${provider}`);
  }

  /** Forgets it: the sign-in is complete. */
  async forget(): Promise<void> {
    await this.storage.removeItem(this.key);
  }
}
