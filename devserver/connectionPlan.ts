import type { LiveQuery } from "./liveQueries.js";

/** What a client asks for at one moment. */
export interface ConnectionPlan {
  readonly querySet: number;
  readonly identity: number;
  readonly queries: ReadonlyMap<number, LiveQuery>;
}
