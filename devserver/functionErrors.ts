import { randomBytes } from "node:crypto";
import {
  convexToJson,
  type ConvexError,
  type JSONValue,
  type Value,
} from "convex/values";

/** A failed call, as clients are told of it. */
export interface FunctionFailure {
  readonly success: false;
  readonly errorMessage: string;
  /** What the application put into its `ConvexError`. */
  readonly errorData?: JSONValue;
  readonly logLines: string[];
  /** Equal for failures that differ in nothing but their request id. */
  readonly cause: string;
}

/** An error whose message is written for the caller and has no stack. */
export class RequestError extends Error {}

/** A new request id: 16 hexadecimal digits. */
export function newRequestId(): string {
  return randomBytes(8).toString("hex");
}

/**
 * Describes an error as a development deployment does: a request id, the
 * error, where it was thrown; and the data of an application error.
 *
 * @param error what was thrown.
 * @param original the error as it left the function, whose stack is better.
 */
export function describeFailure(
  error: unknown,
  original: unknown,
  logLines: string[],
): FunctionFailure {
  const cause = describeError(error, original);
  const failure = {
    success: false as const,
    errorMessage: `[Request ID: ${newRequestId()}] Server Error\n${cause}`,
    logLines,
    cause,
  };
  return isConvexError(error)
    ? { ...failure, errorData: dataOf(error) }
    : failure;
}

/** The error and where it was thrown, as `Uncaught Error: …`. */
export function describeError(error: unknown, original?: unknown): string {
  if (error instanceof RequestError) {
    return error.message;
  }
  if (isConvexError(error)) {
    return `Uncaught ConvexError: ${JSON.stringify(dataOf(error))}`;
  }
  if (!(error instanceof Error)) {
    return `Uncaught ${String(error)}`;
  }
  const sameError =
    original instanceof Error && error.message === original.message;
  const { name, message, stack } = sameError ? original : error;
  const frames = (stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line) && !isForeignFrame(line));
  return [`Uncaught ${name}: ${message}`, ...frames].join("\n");
}

function dataOf(error: ConvexError<Value>): JSONValue {
  try {
    return convexToJson(error.data);
  } catch {
    // What the application put there is no Convex value.
    return null;
  }
}

function isConvexError(error: unknown): error is ConvexError<Value> {
  return (
    typeof error === "object" &&
    error !== null &&
    Symbol.for("ConvexError") in error
  );
}

/** Frames of Node, of packages and of this server tell an app nothing. */
function isForeignFrame(line: string): boolean {
  return /node:|node_modules|[\\/]devserver[\\/][^\\/]*$/.test(line);
}
