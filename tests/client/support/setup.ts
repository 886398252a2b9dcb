import { makeFunctionReference } from "convex/server";
import { ConvexReactClient } from "convex/react";
import { createAuthClient, type AuthClient } from "../../../client/index.js";
import type { AuthClientSettings } from "../../../client/index.js";
import { FakeBrowser, type FakeTab } from "./browser.js";
import { ManualClock } from "./clock.js";
import { FakeDeployment } from "./deployment.js";

/** References as the generated `api.auth` has them. */
export const authApi = {
  signIn: makeFunctionReference<"action">("auth:signIn"),
  signOut: makeFunctionReference<"action">("auth:signOut"),
  isAuthenticated: makeFunctionReference<"query">("auth:isAuthenticated"),
};

/** The storage key of {@link FakeDeployment}. */
export const STORAGE_KEY =
  "__gatehouseToken_https%3A%2F%2Fhappy-otter-123.convex.cloud";

/** A deployment, a browser and a clock, with clients in tabs. */
export class World {
  readonly clock = new ManualClock();
  readonly browser = new FakeBrowser();
  readonly deployment = new FakeDeployment(this.clock);
  private readonly cleanups: (() => unknown)[] = [];

  /** The settings of a client in a tab. */
  settings(tab: FakeTab = this.browser.openTab()): AuthClientSettings {
    return {
      api: authApi,
      storage: tab.storage,
      locks: tab.locks,
      events: tab.events,
      // The storage of fake tabs announces its changes by events.
      openChannel: null,
      now: this.clock.now,
      random: () => 0.5,
      timers: this.clock.timers,
      fetch: this.deployment.fetch,
    };
  }

  /** A client in a tab of its own, without a Convex client. */
  createClient(settings: Partial<AuthClientSettings> = {}): AuthClient {
    const client = createAuthClient({
      ...this.settings(),
      url: this.deployment.url,
      ...settings,
    });
    this.cleanups.push(() => client.close());
    return client;
  }

  /** A real `ConvexReactClient` that talks to the fake deployment. */
  createConvex(): ConvexReactClient {
    const convex = new ConvexReactClient(this.deployment.url, {
      webSocketConstructor: this.deployment.webSocketConstructor,
      unsavedChangesWarning: false,
      logger: false,
    });
    this.cleanups.push(() => convex.close());
    return convex;
  }

  /** A client in a tab of its own, attached to a Convex client. */
  createAttached(settings: Partial<AuthClientSettings> = {}): AuthClient {
    const client = createAuthClient({
      ...this.settings(),
      convex: this.createConvex(),
      ...settings,
    });
    this.cleanups.push(() => client.close());
    client.attach();
    return client;
  }

  /** The stored session, as if an earlier page load had left it. */
  storeSession(userId = "ada"): void {
    this.browser.items.set(STORAGE_KEY, this.deployment.createStored(userId));
  }

  /** The stored pair. */
  stored(): { token: string; refreshToken: string } | null {
    const text = this.browser.items.get(STORAGE_KEY);
    return text === undefined
      ? null
      : (JSON.parse(text) as { token: string; refreshToken: string });
  }

  /** Closes every client. */
  async close(): Promise<void> {
    for (const cleanup of this.cleanups.reverse()) {
      await cleanup();
    }
  }
}

/** Records the phases that a client goes through, the first included. */
export function recordPhases(client: AuthClient): string[] {
  const phases: string[] = [client.getState().phase];
  client.subscribe(() => {
    const { phase } = client.getState();
    if (phases.at(-1) !== phase) {
      phases.push(phase);
    }
  });
  return phases;
}
