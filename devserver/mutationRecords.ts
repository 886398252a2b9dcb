import type { FunctionOutcome } from "./engine.js";
import type { Timestamp } from "./timestamps.js";

/** A mutation that has been run, and when it was committed. */
export interface MutationRecord {
  readonly outcome: FunctionOutcome;
  readonly timestamp: Timestamp;
}

/** Sessions remembered; a client makes one each time its page loads. */
const MAX_SESSIONS = 1_000;
/** Mutations remembered of each session. */
const MAX_MUTATIONS_PER_SESSION = 1_000;

/**
 * Remembers the mutations of client sessions. A client that lost its
 * connection sends its unanswered mutations again with the same numbers; they
 * must be answered again and not run again.
 */
export class MutationRecords {
  readonly #sessions = new Map<string, Map<number, Promise<MutationRecord>>>();

  /**
   * Runs a mutation unless the session has run it before. A mutation that
   * failed changed nothing, so it may run again.
   */
  async once(
    sessionId: string,
    requestId: number,
    run: () => Promise<MutationRecord>,
  ): Promise<MutationRecord> {
    const mutations = this.#mutationsOf(sessionId);
    const known = mutations.get(requestId);
    if (known !== undefined) {
      return await known;
    }
    const running = run();
    mutations.set(requestId, running);
    forgetOldest(mutations, MAX_MUTATIONS_PER_SESSION);
    const record = await running;
    if (!record.outcome.success) {
      mutations.delete(requestId);
    }
    return record;
  }

  #mutationsOf(sessionId: string): Map<number, Promise<MutationRecord>> {
    const mutations =
      this.#sessions.get(sessionId) ??
      new Map<number, Promise<MutationRecord>>();
    // Setting it again makes it the most recent.
    this.#sessions.delete(sessionId);
    this.#sessions.set(sessionId, mutations);
    forgetOldest(this.#sessions, MAX_SESSIONS);
    return mutations;
  }
}

/** Maps keep their keys in the order in which these were set. */
function forgetOldest<Key>(map: Map<Key, unknown>, limit: number): void {
  for (const key of map.keys()) {
    if (map.size <= limit) {
      return;
    }
    map.delete(key);
  }
}
