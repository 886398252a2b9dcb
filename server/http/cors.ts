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

/** What a page may read of a refusal. */
const EXPOSED_HEADERS = "Retry-After, WWW-Authenticate";

/** What every route takes. */
const ALLOWED_HEADERS = ["authorization", "content-type", "x-api-key"];

/**
 * Makes sure that what the app allows can be allowed.
 *
 * @throws An `Error` when every origin may send credentials: then any page
 *   could act for its visitors.
 */
export function checkCors(cors: Cors | undefined): void {
  if (cors?.credentials === true && isForAll(cors)) {
    throw new Error(
      'auth.http: `credentials` needs a list of origins; "*" would let every page act for its visitors',
    );
  }
}

/**
 * An answer with the headers for the page that asks. What the handler has set
 * of them itself is dropped: it must not let anybody in whom the route does not.
 */
export function withCors(
  response: Response,
  cors: Cors | undefined,
  origin: string | null,
): Response {
  if (cors === undefined) {
    return response;
  }
  const { headers } = response;
  for (const name of [...headers.keys()]) {
    if (name.toLowerCase().startsWith("access-control-")) {
      headers.delete(name);
    }
  }
  for (const [name, value] of Object.entries(corsHeaders(cors, origin))) {
    // The handler may have named other headers in `Vary`.
    headers.append(name, value);
  }
  return response;
}

/** The headers that an answer gets for the page that asks. */
function corsHeaders(
  cors: Cors | undefined,
  origin: string | null,
): Record<string, string> {
  if (cors === undefined) {
    return {};
  }
  const exposed = { "Access-Control-Expose-Headers": EXPOSED_HEADERS };
  if (isForAll(cors)) {
    return { ...exposed, "Access-Control-Allow-Origin": "*" };
  }
  // A cache must not give the answer to another origin.
  const vary = { Vary: "Origin" };
  if (origin === null || !cors.origins.includes(origin)) {
    return vary;
  }
  return {
    ...vary,
    ...exposed,
    "Access-Control-Allow-Origin": origin,
    ...(cors.credentials === true
      ? { "Access-Control-Allow-Credentials": "true" }
      : {}),
  };
}

function isForAll({ origins }: Cors): boolean {
  return origins === "*" || origins.includes("*");
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
