/** What a batch of a removal may do in one transaction, and what it has done. */
import type { GenericDocument } from "convex/server";
import { getDocumentSize } from "convex/values";

/** What a batch has removed. */
export type RemovalBatch = {
  /** Whether nothing is left. */
  isDone: boolean;
  /** Memberships. */
  members?: number;
  /** Memberships that were not known of before. */
  newMembers?: number;
  /** Groups. */
  groups?: number;
  /** Invitations. */
  invites?: number;
  /** Where the next batch goes on, if what it looked at may stay. */
  cursor?: string;
};

/**
 * The most bytes that a batch reads, of the 16 MiB that Convex lets a
 * transaction read. Rows hold data of the app, of up to 1 MiB each.
 */
export const MAX_BYTES = 4 * 1024 * 1024;

/** What a batch may still read and delete. */
export class RemovalBudget {
  #bytes = MAX_BYTES;
  #rows: number;
  #ranges: number;

  /**
   * @param rows The most rows to take.
   * @param ranges The most index ranges to read, where it is not certain that
   *   the rows are used up before.
   */
  constructor(rows: number, ranges = Infinity) {
    this.#rows = rows;
    this.#ranges = ranges;
  }

  /** Whether the rest has to wait for the next batch. */
  get isSpent(): boolean {
    return this.#rows <= 0 || this.#ranges <= 0 || this.#bytes <= 0;
  }

  /** Notes that an index range was read otherwise. */
  spendRange(): void {
    this.#ranges -= 1;
  }

  /** Notes that a row was taken otherwise, and how many more went with it. */
  spendRow(row: GenericDocument, others: number): void {
    this.spendRange();
    this.#rows -= 1 + others;
    this.#bytes -= getDocumentSize(row);
  }

  /** Takes rows of a query. Those that are left are left when it is spent. */
  async take<Row extends GenericDocument>(
    rows: AsyncIterable<Row>,
  ): Promise<Row[]> {
    const taken: Row[] = [];
    this.spendRange();
    if (this.#rows <= 0 || this.#bytes <= 0) {
      return taken;
    }
    for await (const row of rows) {
      taken.push(row);
      this.#rows -= 1;
      this.#bytes -= getDocumentSize(row);
      if (this.#rows <= 0 || this.#bytes <= 0) {
        break;
      }
    }
    return taken;
  }
}
