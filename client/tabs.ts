/** Hearing of what other tabs do to the stored session. */

import type { Environment, TabChannel } from "./environment.js";

/** Watches for changes that other tabs make, and tells them of ours. */
export class Tabs {
  private readonly environment: Environment;
  private readonly storageKey: string;
  private readonly usesChannel: boolean;
  private readonly onChange: () => void;
  private readonly onOnline: () => void;
  private channel: TabChannel | null = null;
  private isOpen = false;

  /**
   * @param environment - Supplies events and channels.
   * @param storageKey - The key whose changes matter.
   * @param usesChannel - Whether changes are announced over a channel, for
   *   storages that do not announce them as `localStorage` does.
   * @param onChange - Called when another tab may have changed the session.
   *   It carries no data: storage is read, whose content always is current.
   * @param onOnline - Called when the network came back.
   */
  constructor(
    environment: Environment,
    storageKey: string,
    usesChannel: boolean,
    onChange: () => void,
    onOnline: () => void,
  ) {
    this.environment = environment;
    this.storageKey = storageKey;
    this.usesChannel = usesChannel;
    this.onChange = onChange;
    this.onOnline = onOnline;
  }

  /** Starts watching; does nothing when it already does. */
  open(): void {
    if (this.isOpen) {
      return;
    }
    this.isOpen = true;
    const { events, openChannel } = this.environment;
    events?.addEventListener("storage", this.onStorage);
    events?.addEventListener("online", this.onOnline);
    if (this.usesChannel && openChannel !== null) {
      this.channel = openChannel(`gatehouse:${this.storageKey}`);
      this.channel.onmessage = () => this.onChange();
    }
  }

  /** Tells other tabs that the stored session has changed. */
  announce(): void {
    this.channel?.postMessage("changed");
  }

  /** Stops watching. */
  close(): void {
    this.isOpen = false;
    const { events } = this.environment;
    events?.removeEventListener("storage", this.onStorage);
    events?.removeEventListener("online", this.onOnline);
    this.channel?.close();
    this.channel = null;
  }

  private readonly onStorage = (event: Event): void => {
    // No key means that the whole storage was cleared.
    const key: unknown = "key" in event ? event.key : null;
    if (key === null || key === this.storageKey) {
      this.onChange();
    }
  };
}
