import { AsyncLocalStorage } from "node:async_hooks";

/** What the server wants to know about what its functions do. */
export interface EngineObserver {
  /** A function wrote to `table`; its transaction has not ended yet. */
  tableWritten(table: string): void;
  /** Starts the timer of a scheduled function, `delay` in milliseconds. */
  startTimer(callback: () => void, delay: number): void;
}

/**
 * Where the page of a paginated live query ends. Re-runs must end at the same
 * row, or neighbouring pages would overlap or leave rows out; the protocol
 * carries it to and from clients as the query's journal.
 */
export interface PageBoundary {
  endCursor: string | null;
  /** Set by the first page that the run reads: the one that is kept. */
  isUsed: boolean;
}

/** One request to the server and everything that runs on its behalf. */
export interface Execution {
  readonly observer: EngineObserver;
  /** Lines that go to the client that asked, in the protocol's format. */
  readonly logLines: string[];
  /** Tables read so far; present only while a live query runs. */
  readonly reads?: Set<string>;
  /** Present only while a live query runs. */
  readonly page?: PageBoundary;
  /** The address that an HTTP action was requested at. */
  readonly requestUrl?: string;
  /**
   * The last error that left a function. Calls between functions replace an
   * error by one without its stack; this keeps the original for the report.
   */
  thrown?: unknown;
}

/** The execution that the running code belongs to. */
export const executionStorage = new AsyncLocalStorage<Execution>();

/** An execution that no client waits for: a scheduled function or a cron. */
export function backgroundExecution(observer: EngineObserver): Execution {
  return { observer, logLines: [] };
}
