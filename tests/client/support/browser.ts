import type {
  EventSourceLike,
  LockManagerLike,
  TabChannel,
} from "../../../client/environment.js";
import type { AuthStorage } from "../../../client/storage.js";

/** One tab's view of what the tabs of an origin share. */
export interface FakeTab {
  storage: AuthStorage;
  events: EventSourceLike & EventTarget;
  locks: LockManagerLike;
  openChannel: (name: string) => TabChannel;
}

/** The storage, locks and events that the tabs of one origin share. */
export class FakeBrowser {
  /** The content of `localStorage`. */
  readonly items = new Map<string, string>();
  /** Names of the locks that were asked for. */
  readonly lockNames: string[] = [];
  private readonly tabs: EventTarget[] = [];
  private readonly lastHolders = new Map<string, Promise<unknown>>();
  private readonly channels = new Set<TabChannel & { name: string }>();

  /** Opens a tab. Its own changes are announced to the other tabs only. */
  openTab(): FakeTab {
    const events = new EventTarget();
    this.tabs.push(events);
    const announce = (key: string) => {
      for (const other of this.tabs) {
        if (other !== events) {
          other.dispatchEvent(Object.assign(new Event("storage"), { key }));
        }
      }
    };
    return {
      events,
      storage: {
        getItem: (key) => this.items.get(key) ?? null,
        setItem: (key, value) => {
          this.items.set(key, value);
          announce(key);
        },
        removeItem: (key) => {
          if (this.items.delete(key)) {
            announce(key);
          }
        },
      },
      locks: {
        request: (name, { signal }, task) => this.lock(name, signal, task),
      },
      openChannel: (name) => this.openChannel(name),
    };
  }

  private async lock<Result>(
    name: string,
    signal: AbortSignal | undefined,
    task: () => Promise<Result>,
  ): Promise<Result> {
    this.lockNames.push(name);
    const previous = this.lastHolders.get(name) ?? Promise.resolve();
    const { promise: released, resolve: release } =
      promiseWithResolvers<undefined>();
    this.lastHolders.set(
      name,
      previous.then(() => released),
    );
    const aborted = new Promise<never>((_resolve, reject) => {
      signal?.addEventListener("abort", () =>
        reject(new DOMException("The request was aborted.", "AbortError")),
      );
    });
    try {
      await Promise.race([previous, aborted]);
      return await task();
    } finally {
      release(undefined);
    }
  }

  private openChannel(name: string): TabChannel {
    const channel: TabChannel & { name: string } = {
      name,
      onmessage: null,
      postMessage: (data) => {
        for (const other of this.channels) {
          if (other !== channel && other.name === name) {
            other.onmessage?.(new MessageEvent("message", { data }));
          }
        }
      },
      close: () => {
        this.channels.delete(channel);
      },
    };
    this.channels.add(channel);
    return channel;
  }
}

/** A promise and what settles it. */
export function promiseWithResolvers<Value>(): {
  promise: Promise<Value>;
  resolve: (value: Value) => void;
} {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((resolvePromise) => {
    resolve = resolvePromise;
  });
  return { promise, resolve };
}
