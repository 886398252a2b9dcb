/**
 * The deployment could not be reached, did not answer in time, or answered
 * with something that is not a Convex answer (a 5xx, a captive portal's page).
 *
 * Never a refusal: the same call may succeed later, and what the client knew
 * about the signed-in user still holds.
 */
export class AuthNetworkError extends Error {
  /** Tells this error from the server's refusals in a `switch` over codes. */
  readonly code = "NETWORK_ERROR";
  /** The HTTP status, when there was an answer. */
  readonly status: number | undefined;

  /**
   * @param message - What failed, for a developer.
   * @param options - The underlying error and the HTTP status, where known.
   */
  constructor(message: string, options?: { cause?: unknown; status?: number }) {
    super(message, { cause: options?.cause });
    this.name = "AuthNetworkError";
    this.status = options?.status;
  }
}
