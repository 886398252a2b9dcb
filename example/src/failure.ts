import type { AuthErrorCode, PasskeyErrorCode } from "convex-gatehouse/client";

/** Which of the things that a person typed an error is about. */
export type ErrorSubject =
  "email" | "credentials" | "newPassword" | "code" | "slug" | "role";

/** A failure, ready to be shown. */
export interface Failure {
  /** The server's code, or what kept us from hearing from it. */
  code: AuthErrorCode | PasskeyErrorCode | "NETWORK_ERROR";
  /** What it is about; `null`: the whole form. */
  subject: ErrorSubject | null;
  /** One or two sentences. */
  text: string;
  /** When it is worth to try again: milliseconds since the Unix epoch. */
  retryTime: number | null;
}

/** What is said about a code. */
export type ErrorText = Pick<Failure, "subject" | "text">;
