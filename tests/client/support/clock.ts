import type { Timers } from "../../../client/environment.js";

/** Lets everything that is ready run: promises, and answers of fakes. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 25; turn += 1) {
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

/** A clock that stands still until a test moves it. */
export class ManualClock {
  /** Milliseconds since the Unix epoch. */
  time = 1_800_000_000_000;
  private nextHandle = 1;
  private readonly pending = new Map<
    number,
    { time: number; callback: () => void }
  >();

  readonly now = (): number => this.time;

  readonly timers: Timers = {
    setTimeout: (callback, delayMs) => {
      const handle = this.nextHandle;
      this.nextHandle += 1;
      this.pending.set(handle, { time: this.time + delayMs, callback });
      return handle;
    },
    clearTimeout: (handle) => {
      this.pending.delete(handle as number);
    },
  };

  /** The number of timers that have not fired. */
  get pendingCount(): number {
    return this.pending.size;
  }

  /** Moves the time on; what falls due runs in order, each at its time. */
  async advance(durationMs: number): Promise<void> {
    await settle();
    const end = this.time + durationMs;
    for (;;) {
      const due = [...this.pending]
        .filter(([, timer]) => timer.time <= end)
        .sort(([, left], [, right]) => left.time - right.time)[0];
      if (due === undefined) {
        break;
      }
      const [handle, timer] = due;
      this.pending.delete(handle);
      this.time = timer.time;
      timer.callback();
      await settle();
    }
    this.time = end;
    await settle();
  }
}
