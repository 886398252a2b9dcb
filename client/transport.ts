/**
 * Calls of the app's authentication functions.
 *
 * They go over HTTP and not over the WebSocket, whose identity may be the very
 * token that has expired, and which Convex pauses while it waits for a new one.
 */

import { ConvexHttpClient } from "convex/browser";
import type { FunctionReference } from "convex/server";
import { ConvexError, type Value } from "convex/values";
import type { Environment } from "./environment.js";
import { AuthNetworkError } from "./networkError.js";

/** Status of an answer in which the function itself failed. */
const STATUS_FUNCTION_FAILED = 560;
const STATUS_UNAUTHORIZED = 401;

/** The deployment did not accept the access token that the call carried. */
export class RejectedTokenError extends Error {
  /** @param cause - What the deployment said. */
  constructor(cause: unknown) {
    super("The deployment did not accept the access token.", { cause });
    this.name = "RejectedTokenError";
  }
}

/** How a call is made. */
interface CallOptions {
  /** The access token to carry; without one the call is anonymous. */
  token?: string | null;
  /** Milliseconds after which the call counts as failed. */
  timeoutMs: number;
}

/** Calls actions of one deployment. */
export class Transport {
  private readonly url: string;
  private readonly skipUrlCheck: boolean;
  private readonly environment: Environment;

  /**
   * @param url - The deployment's address.
   * @param skipUrlCheck - Whether Convex's check of the address is skipped.
   * @param environment - Supplies `fetch` and timers.
   */
  constructor(url: string, skipUrlCheck: boolean, environment: Environment) {
    this.url = url;
    this.skipUrlCheck = skipUrlCheck;
    this.environment = environment;
  }

  /**
   * Runs a public action.
   *
   * @returns What the action returned, unchecked.
   * @throws ConvexError as the action threw it; {@link AuthNetworkError} when
   *   there was no usable answer in time; {@link RejectedTokenError} when the
   *   carried token was not accepted; Error for anything else.
   */
  async action(
    action: FunctionReference<"action">,
    args: Record<string, Value>,
    { token, timeoutMs }: CallOptions,
  ): Promise<unknown> {
    const { timers, fetch } = this.environment;
    const controller = new AbortController();
    let status: number | undefined;
    const http = new ConvexHttpClient(this.url, {
      skipConvexDeploymentUrlCheck: this.skipUrlCheck,
      ...(typeof token === "string" ? { auth: token } : {}),
      fetch: async (input, init) => {
        const response = await fetch(input, {
          ...init,
          signal: controller.signal,
        });
        status = response.status;
        return response;
      },
    });
    let timer: unknown;
    // Raced as a whole, since a body can stall after its headers arrived, and
    // not every `fetch` honours the signal.
    const timeout = new Promise<never>((_resolve, reject) => {
      timer = timers.setTimeout(() => {
        reject(
          new AuthNetworkError(`No answer within ${timeoutMs} milliseconds.`),
        );
        controller.abort();
      }, timeoutMs);
    });
    try {
      const answer: unknown = await Promise.race([
        http.action(action, args),
        timeout,
      ]);
      return answer;
    } catch (error) {
      throw classify(error, status);
    } finally {
      timers.clearTimeout(timer);
    }
  }
}

/** Tells refusals by the app from failures on the way to it. */
function classify(error: unknown, status: number | undefined): unknown {
  if (error instanceof ConvexError || error instanceof AuthNetworkError) {
    return error;
  }
  if (status === undefined) {
    return new AuthNetworkError("The deployment could not be reached.", {
      cause: error,
    });
  }
  if (status === STATUS_UNAUTHORIZED) {
    return new RejectedTokenError(error);
  }
  const isServerFailure = status >= 500 && status !== STATUS_FUNCTION_FAILED;
  // An unreadable body means that something else than the deployment
  // answered, or that the connection broke half-way.
  const isUnreadable =
    error instanceof SyntaxError ||
    error instanceof TypeError ||
    (error instanceof Error && error.name === "AbortError");
  return isServerFailure || isUnreadable
    ? new AuthNetworkError("The deployment gave no usable answer.", {
        cause: error,
        status,
      })
    : error;
}
