/** Which pages of other origins may call a route (the Fetch standard, CORS). */
export type Cors = {
  /**
   * The origins, as in `"https://app.example.com"`; `"*"` for all, which
   * excludes `credentials`.
   */
  origins: readonly string[] | "*";
  /** Whether cookies and other credentials of the browser may come along. */
  credentials?: boolean;
  /** Headers that may be sent besides those that are always allowed. */
  headers?: readonly string[];
  /** For how many seconds a browser may keep the answer: 600. */
  maxAge?: number;
};

const DEFAULT_MAX_AGE = 600;

/** What every route takes. */
const ALLOWED_HEADERS = ["authorization", "content-type", "x-api-key"];

/**
 * Makes sure that what the app allows can be allowed.
 *
 * @throws An `Error` when every origin may send credentials: then any page
 *   could act for its visitors.
 */
export function checkCors(cors: Cors | undefined): void {
  const isEverybody = cors?.origins === "*" || cors?.origins.includes("*");
  if (cors?.credentials === true && isEverybody === true) {
    throw new Error(
      'auth.http: `credentials` needs a list of origins; "*" would let every page act for its visitors',
    );
  }
}

/** The headers that an answer gets for the page that asks. */
export function corsHeaders(
  cors: Cors | undefined,
  origin: string | null,
): Record<string, string> {
  if (cors === undefined) {
    return {};
  }
  if (cors.origins === "*") {
    return { "Access-Control-Allow-Origin": "*" };
  }
  // A cache must not give the answer to another origin.
  const vary = { Vary: "Origin" };
  if (origin === null || !cors.origins.includes(origin)) {
    return vary;
  }
  return {
    ...vary,
    "Access-Control-Allow-Origin": origin,
    ...(cors.credentials === true
      ? { "Access-Control-Allow-Credentials": "true" }
      : {}),
  };
}

/** The answer to the question that browsers ask before they send a request. */
export function preflightResponse(
  cors: Cors | undefined,
  method: string,
  origin: string | null,
  keyHeaders: readonly string[] = [],
): Response {
  const allowed = corsHeaders(cors, origin);
  const isAllowed = "Access-Control-Allow-Origin" in allowed;
  const headers = [
    ...new Set([...ALLOWED_HEADERS, ...keyHeaders, ...(cors?.headers ?? [])]),
  ];
  return new Response(null, {
    status: 204,
    headers: {
      ...allowed,
      ...(isAllowed
        ? {
            "Access-Control-Allow-Methods": method,
            "Access-Control-Allow-Headers": headers.join(", "),
            "Access-Control-Max-Age": String(cors?.maxAge ?? DEFAULT_MAX_AGE),
          }
        : {}),
    },
  });
}
