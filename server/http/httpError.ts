import { parseAuthError } from "../authError.js";
import { statusOf } from "./errorStatus.js";

/** The body of every error that these routes answer with. */
export type HttpErrorBody = {
  error: {
    /** What a client may branch on. */
    code: string;
    /** A sentence for developers. */
    message: string;
    /** Milliseconds after which it is worth to try again, or `null`. */
    retryAfterMs: number | null;
    /** With `STEP_UP_REQUIRED`: seconds that the proof may be old. */
    maxAge?: number;
    /** With `STEP_UP_REQUIRED`: what proves enough; nothing: sign in again. */
    methods?: string[];
  };
};

/**
 * Answers with an error. What is none of ours, nothing is said about.
 *
 * @param error Anything that was thrown.
 * @param scope The scope that was asked for, `resource:action`.
 */
export function errorResponse(error: unknown, scope?: string): Response {
  const known = parseAuthError(error);
  const code = known?.code ?? "INTERNAL_ERROR";
  const status = statusOf(code);
  const isTold = status !== 500;
  const retryAfterMs = isTold ? waitOf(known?.retryAfterMs) : null;
  const body: HttpErrorBody = {
    error: {
      code: isTold ? code : "INTERNAL_ERROR",
      message: isTold ? (known?.message ?? "") : "something went wrong",
      retryAfterMs,
      ...(code === "STEP_UP_REQUIRED" && stepUpOf(known ?? {})),
    },
  };
  const headers = new Headers({
    "Content-Type": "application/json",
    "Cache-Control": "no-store",
  });
  if (status === 401 || code === "SCOPE_CHECK_FAILED") {
    const { maxAge } = body.error;
    headers.set("WWW-Authenticate", challenge(code, scope, maxAge));
  }
  if (status === 429 && retryAfterMs !== null) {
    // In seconds (RFC 9110, section 10.2.3), never too few.
    headers.set("Retry-After", String(Math.ceil(retryAfterMs / 1_000)));
  }
  return new Response(JSON.stringify(body), { status, headers });
}

/** A time to wait. Handlers can throw errors with anything in it. */
function waitOf(retryAfterMs: unknown): number | null {
  return typeof retryAfterMs === "number" &&
    Number.isFinite(retryAfterMs) &&
    retryAfterMs >= 0
    ? retryAfterMs
    : null;
}

/** What a step-up needs. Handlers can throw errors with anything in it. */
function stepUpOf({
  maxAge,
  methods,
}: {
  maxAge?: unknown;
  methods?: unknown;
}) {
  const isAge = typeof maxAge === "number" && Number.isFinite(maxAge);
  const texts = Array.isArray(methods) ? (methods as unknown[]) : [];
  return {
    ...(isAge && { maxAge }),
    methods: texts.filter((method) => typeof method === "string"),
  };
}

/**
 * What a client is asked for (RFC 6750, section 3; RFC 9470, section 3).
 *
 * @param maxAge Seconds that a proof may be old.
 */
function challenge(
  code: string,
  scope: string | undefined,
  maxAge: number | undefined,
): string {
  if (code === "STEP_UP_REQUIRED") {
    const age = maxAge === undefined ? "" : `, max_age="${maxAge}"`;
    return `Bearer error="insufficient_user_authentication"${age}`;
  }
  if (code === "MISSING_BEARER_TOKEN" || code === "NOT_SIGNED_IN") {
    return "Bearer";
  }
  const asked = scope === undefined ? "" : `, scope="${quotable(scope)}"`;
  return code === "SCOPE_CHECK_FAILED"
    ? `Bearer error="insufficient_scope"${asked}`
    : 'Bearer error="invalid_token"';
}

/** A text that can stand between quotation marks in a header. */
function quotable(text: string): string {
  return text.replace(/[^\x20-\x21\x23-\x5B\x5D-\x7E]/g, "");
}
