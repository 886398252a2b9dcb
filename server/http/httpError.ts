import { ConvexError } from "convex/values";
import { statusOf } from "./errorStatus.js";
import { jsonHeaders } from "./json.js";

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
  const known = knownError(error);
  const { status, code } = known;
  const retryAfterMs = waitOf(known.retryAfterMs);
  const stepUp = code === "STEP_UP_REQUIRED" ? stepUpOf(known) : undefined;
  const body: HttpErrorBody = {
    error: { code, message: known.message, retryAfterMs, ...stepUp },
  };
  const headers = jsonHeaders("no-store");
  if (status === 401 || code === "SCOPE_CHECK_FAILED") {
    headers.set("WWW-Authenticate", challenge(code, scope, stepUp?.maxAge));
  }
  if (status === 429 && retryAfterMs !== null) {
    // In seconds (RFC 9110, section 10.2.3), never too few.
    headers.set("Retry-After", String(Math.ceil(retryAfterMs / 1_000)));
  }
  return new Response(JSON.stringify(body), { status, headers });
}

/** What was thrown. Handlers can throw errors with anything in it. */
type KnownError = {
  status: number;
  code: string;
  message: string;
  retryAfterMs?: unknown;
  maxAge?: unknown;
  methods?: unknown;
};

/** An error of this library that may be told, or else that there was one. */
function knownError(error: unknown): KnownError {
  if (error instanceof ConvexError) {
    const data = Object(error.data) as { code?: unknown; message?: unknown };
    const { code, message } = data;
    const status = statusOf(code);
    if (status !== 500 && typeof message === "string") {
      return { ...data, status, code: code as string, message };
    }
  }
  const message = "something went wrong";
  return { status: 500, code: "INTERNAL_ERROR", message };
}

/** A time to wait. */
function waitOf(retryAfterMs: unknown): number | null {
  return Number.isFinite(retryAfterMs) && (retryAfterMs as number) >= 0
    ? (retryAfterMs as number)
    : null;
}

/** What a step-up needs. */
function stepUpOf({ maxAge, methods }: KnownError) {
  const texts = Array.isArray(methods) ? (methods as unknown[]) : [];
  return {
    maxAge: Number.isFinite(maxAge) ? (maxAge as number) : undefined,
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
