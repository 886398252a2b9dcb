import { Buffer } from "node:buffer";

/**
 * A point in the order of commits: an unsigned 64-bit count of nanoseconds
 * since the Unix epoch, as a Convex backend numbers its commits.
 */
export type Timestamp = bigint;

/**
 * Encodes a timestamp as the sync protocol carries it: eight bytes, least
 * significant first, in base64.
 */
export function encodeTimestamp(timestamp: Timestamp): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(timestamp);
  return bytes.toString("base64");
}

/**
 * Hands out timestamps that never repeat and never go back, whatever the
 * clock of the machine does, because clients order what they see by them.
 */
export class CommitClock {
  #last: Timestamp = 0n;
  readonly #now: () => number;

  /** @param now the present time in Unix milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** A timestamp later than every one handed out before. */
  next(): Timestamp {
    const wallClock = BigInt(Math.trunc(this.#now())) * 1_000_000n;
    this.#last = wallClock > this.#last ? wallClock : this.#last + 1n;
    return this.#last;
  }
}
