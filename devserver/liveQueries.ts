import { AsyncResource } from "node:async_hooks";
import type { JSONValue } from "convex/values";
import type { Engine, FunctionOutcome } from "./engine.js";
import { describeFailure } from "./functionErrors.js";
import type { VerifiedIdentity } from "./identity.js";
import type { CommitClock, Timestamp } from "./timestamps.js";

/** What makes two live queries the same. */
export interface LiveQueryRequest {
  readonly path: string;
  readonly args: JSONValue;
  readonly identity: VerifiedIdentity | null;
  /** Where a paginated query's page ends, if that was decided before. */
  readonly journal: string | null;
}

/** A query that at least one client watches. */
export interface LiveQuery {
  readonly request: LiveQueryRequest;
  /** What it came to last; absent until it has run. */
  readonly outcome: FunctionOutcome | undefined;
  /** Changes exactly when clients must be told. */
  readonly resultKey: string;
  /** Where its page ends now, for clients to hand back. */
  readonly journal: string | null;
}

/** A client that watches queries. */
export interface Subscriber<Plan> {
  /** What the client asks for now, or `null` when it wants nothing more. */
  plan(): Plan | null;
  /** The queries of a plan. */
  queriesOf(plan: Plan): Iterable<LiveQuery>;
  /** Every query of the plan has been run as of `timestamp` or later. */
  deliver(plan: Plan, timestamp: Timestamp): void;
}

interface Entry extends LiveQuery {
  readonly key: string;
  subscribers: number;
  stale: boolean;
  reads: ReadonlySet<string>;
  outcome: FunctionOutcome | undefined;
  resultKey: string;
  journal: string | null;
}

/**
 * Keeps the watched queries of all clients up to date. Clients that watch the
 * same query with the same arguments as the same identity share its runs, and
 * a query runs again only after a write to a table that it read.
 */
export class LiveQueries<Plan> {
  readonly #engine: Engine;
  readonly #clock: CommitClock;
  readonly #onError: (error: unknown) => void;
  readonly #entries = new Map<string, Entry>();
  readonly #subscribers = new Set<Subscriber<Plan>>();
  #passWanted = false;
  #passRunning = false;

  /**
   * A pass is asked for while a function writes, maybe one of a component. The
   * engine takes the component to resolve functions in from the asynchronous
   * context, so a pass needs a context of its own.
   */
  readonly #ownContext = new AsyncResource("LiveQueries");

  /** @param onError is told of errors that no client can be told of. */
  constructor(
    engine: Engine,
    clock: CommitClock,
    onError: (error: unknown) => void,
  ) {
    this.#engine = engine;
    this.#clock = clock;
    this.#onError = onError;
  }

  /** Includes a client in the passes. */
  addSubscriber(subscriber: Subscriber<Plan>): void {
    this.#subscribers.add(subscriber);
  }

  /** Leaves a client out from now on; it releases its queries itself. */
  removeSubscriber(subscriber: Subscriber<Plan>): void {
    this.#subscribers.delete(subscriber);
  }

  /** Watches a query; each call needs one {@link release}. */
  watch(request: LiveQueryRequest): LiveQuery {
    const key = JSON.stringify([
      request.path,
      request.args,
      request.identity?.key ?? null,
      request.journal,
    ]);
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      entry = {
        key,
        request,
        subscribers: 0,
        stale: true,
        reads: new Set(),
        outcome: undefined,
        resultKey: "",
        journal: request.journal,
      };
      this.#entries.set(key, entry);
    }
    entry.subscribers += 1;
    return entry;
  }

  /** Stops watching a query. */
  release(query: LiveQuery): void {
    const entry = query as Entry;
    entry.subscribers -= 1;
    if (entry.subscribers === 0) {
      this.#entries.delete(entry.key);
    }
  }

  /** Whether the query must run before it can be shown. */
  isStale(query: LiveQuery): boolean {
    return (query as Entry).stale;
  }

  /** Makes the queries that read `table` run again. */
  tableWritten(table: string): void {
    let affected = false;
    for (const entry of this.#entries.values()) {
      if (entry.reads.has(table)) {
        entry.stale = true;
        affected = true;
      }
    }
    if (affected) {
      this.requestPass();
    }
  }

  /** Makes every query run again, because the code has changed. */
  everythingChanged(): void {
    for (const entry of this.#entries.values()) {
      entry.stale = true;
    }
    this.requestPass();
  }

  /**
   * Brings every client up to date soon. Requests that come while a pass runs
   * are answered by one pass after it.
   */
  requestPass(): void {
    this.#passWanted = true;
    if (!this.#passRunning) {
      this.#passRunning = true;
      this.#ownContext.runInAsyncScope(() => void this.#passes());
    }
  }

  async #passes(): Promise<void> {
    while (this.#passWanted) {
      // Writes tend to come in groups; wait for those of this turn.
      await new Promise((resolve) => setImmediate(resolve));
      this.#passWanted = false;
      try {
        await this.#pass();
      } catch (error) {
        this.#onError(error);
      }
    }
    this.#passRunning = false;
  }

  /**
   * A commit that got its timestamp before this pass got its own had made its
   * writes known, so the queries run here show it.
   */
  async #pass(): Promise<void> {
    const timestamp = this.#clock.next();
    const plans: { subscriber: Subscriber<Plan>; plan: Plan }[] = [];
    const stale = new Map<string, Set<Entry>>();
    for (const subscriber of this.#subscribers) {
      const plan = subscriber.plan();
      if (plan === null) {
        continue;
      }
      plans.push({ subscriber, plan });
      for (const query of subscriber.queriesOf(plan)) {
        const entry = query as Entry;
        if (entry.stale) {
          const group = entry.request.identity?.key ?? "";
          const entries = stale.get(group) ?? new Set();
          stale.set(group, entries.add(entry));
        }
      }
    }
    for (const entries of stale.values()) {
      await this.#run([...entries]);
    }
    for (const { subscriber, plan } of plans) {
      if (this.#subscribers.has(subscriber)) {
        subscriber.deliver(plan, timestamp);
      }
    }
  }

  async #run(entries: Entry[]): Promise<void> {
    const identity = entries[0]?.request.identity ?? null;
    try {
      await this.#engine.runTogether(
        entries.map((entry) => {
          const page = { endCursor: entry.journal, isUsed: false };
          return {
            path: entry.request.path,
            args: entry.request.args,
            page,
            // From here on a write to a table that was read makes the result
            // stale again, also while the query still runs.
            begin: (reads: Set<string>) => {
              entry.reads = reads;
              entry.stale = false;
            },
            end: (outcome: FunctionOutcome) => {
              settle(entry, outcome);
              entry.journal = page.endCursor;
            },
          };
        }),
        identity,
      );
    } catch (error) {
      this.#onError(error);
      for (const entry of entries) {
        entry.stale = false;
        settle(entry, describeFailure(error, undefined, []));
      }
    }
  }
}

function settle(entry: Entry, outcome: FunctionOutcome): void {
  entry.outcome = outcome;
  entry.resultKey = JSON.stringify(
    outcome.success
      ? [true, outcome.value]
      : [false, outcome.cause, outcome.errorData ?? null],
  );
}
