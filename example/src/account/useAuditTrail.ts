/** The audit trail: live at its newer end, loaded on demand at its older one. */

import { useConvex } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useState } from "react";
import { api } from "../../convex/_generated/api";
import { describeError } from "../errorText";
import type { Failure } from "../failure";
import { useQuery } from "../useQuery";

type EventPage = FunctionReturnType<typeof api.auditEvents.list>;

/** An event as the server lists it. */
export type AuditEvent = EventPage["items"][number];

/** What a page can show of the trail. */
export interface AuditTrail {
  /** The events so far, newest first; `undefined` before there are any. */
  events: readonly AuditEvent[] | undefined;
  /** Loads older ones; `null` when there are none. */
  loadMore: (() => Promise<void>) | null;
  /** Whether older ones are being loaded. */
  isLoading: boolean;
  /** Why older ones could not be loaded. */
  failure: Failure | null;
}

/** Follows the signed-in person's trail. */
export function useAuditTrail(): AuditTrail {
  const convex = useConvex();
  const newest = useQuery(api.auditEvents.list, { cursor: null });
  const [seenNewest, setSeenNewest] = useState<EventPage>();
  const [events, setEvents] = useState<readonly AuditEvent[]>();
  // The cursor of the oldest page; `undefined` before the first.
  const [oldestCursor, setOldestCursor] = useState<string | null>();
  const [isLoading, setLoading] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  // Events are never changed or removed, so what has been seen is kept: what
  // new events push out of the live page would otherwise be missing.
  if (newest !== undefined && newest !== seenNewest) {
    setSeenNewest(newest);
    setEvents(merge(newest.items, events ?? []));
    if (oldestCursor === undefined) {
      setOldestCursor(newest.nextCursor);
    }
  }

  async function loadMore(cursor: string): Promise<void> {
    setLoading(true);
    setFailure(null);
    try {
      const page = await convex.query(api.auditEvents.list, { cursor });
      setEvents((present) => merge(present ?? [], page.items));
      setOldestCursor(page.nextCursor);
    } catch (error) {
      setFailure(describeError(error, Date.now()));
    } finally {
      setLoading(false);
    }
  }

  return {
    events,
    loadMore:
      oldestCursor === undefined || oldestCursor === null
        ? null
        : () => loadMore(oldestCursor),
    isLoading,
    failure,
  };
}

function merge(
  newer: readonly AuditEvent[],
  older: readonly AuditEvent[],
): readonly AuditEvent[] {
  const seen = new Set(newer.map((event) => event._id));
  return [...newer, ...older.filter((event) => !seen.has(event._id))];
}
