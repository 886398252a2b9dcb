/** Queries that outlive a change of session. */

import { parseAuthError } from "convex-gatehouse/client";
import { useAuth } from "convex-gatehouse/react";
import {
  useQueries,
  type OptionalRestArgsOrSkip,
  type RequestForQueries,
} from "convex/react";
import {
  getFunctionName,
  type FunctionReference,
  type FunctionReturnType,
} from "convex/server";
import { convexToJson, type Value } from "convex/values";
import { useMemo, useState } from "react";

/**
 * The same as `useQuery` of `convex/react`, but for a moment that this app knows
 * of: who proves again who they are gets another session in the place of the
 * present one. Until Convex has taken it in, queries say that nobody is signed
 * in, and the last result stays on the screen.
 *
 * @throws What the query threw.
 */
export function useQuery<Query extends FunctionReference<"query">>(
  query: Query,
  ...[args]: OptionalRestArgsOrSkip<Query>
): FunctionReturnType<Query> | undefined {
  const { isAuthenticated } = useAuth();
  const asked = args === "skip" ? "" : textOf(query, args);
  const queries = useMemo(
    (): RequestForQueries =>
      asked === "" || args === "skip"
        ? {}
        : { result: { query, args: args ?? {} } },
    // The text has all that the query is asked, and is the same each time.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [asked],
  );
  const { result } = useQueries(queries) as Record<string, unknown>;
  const [last, setLast] = useState<{ asked: string; result: unknown }>();
  if (isAuthenticated && parseAuthError(result)?.code === "NOT_SIGNED_IN") {
    return last?.asked === asked ? last.result : undefined;
  }
  if (result instanceof Error) {
    throw result;
  }
  const isNews = last?.result !== result || last?.asked !== asked;
  if (result !== undefined && isNews) {
    setLast({ asked, result });
  }
  return result;
}

/** Which query it is, and what it is asked, as one text. */
function textOf(query: FunctionReference<"query">, args: Value = {}): string {
  return `${getFunctionName(query)} ${JSON.stringify(convexToJson(args))}`;
}
