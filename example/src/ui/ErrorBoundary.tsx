import { parseAuthError, type AuthErrorCode } from "convex-gatehouse/client";
import { Component, type ReactNode } from "react";
import { Button } from "./Button";
import { Notice } from "./Notice";
import { Skeleton } from "./Skeleton";

/** Codes that say that somebody may not see something, or not any more. */
const NO_ACCESS: readonly AuthErrorCode[] = [
  "FORBIDDEN",
  "SECOND_FACTOR_REQUIRED",
  "GROUP_NOT_FOUND",
  "NO_ACTIVE_GROUP",
];

/**
 * Catches what queries throw while rendering. `NOT_SIGNED_IN` means that the
 * session has just ended: the page is about to go, so it only fades.
 */
export class ErrorBoundary extends Component<
  {
    children: ReactNode;
    /** What the queries depend on: when it changes, they are asked again. */
    resetKey?: string;
  },
  { error: unknown }
> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override componentDidUpdate({ resetKey }: { resetKey?: string }): void {
    if (resetKey !== this.props.resetKey && this.state.error !== null) {
      this.setState({ error: null });
    }
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) {
      return this.props.children;
    }
    if (isSessionEnd(error)) {
      return <Skeleton />;
    }
    return (
      <div className="panel form">
        {isAccessEnd(error) ? (
          <Notice kind="danger" title="You may not see this">
            Your role does not allow it, or has just been changed.
          </Notice>
        ) : (
          <Notice kind="danger" title="This part could not be shown">
            Something went wrong on our side.
          </Notice>
        )}
        <div>
          <Button onClick={() => this.setState({ error: null })}>
            Try again
          </Button>
        </div>
      </div>
    );
  }
}

/** Prints what a boundary has caught, unless it was to be expected. */
export function reportCaughtError(error: unknown): void {
  if (!isSessionEnd(error) && !isAccessEnd(error)) {
    console.error(error);
  }
}

function isSessionEnd(error: unknown): boolean {
  return parseAuthError(error)?.code === "NOT_SIGNED_IN";
}

function isAccessEnd(error: unknown): boolean {
  const code = parseAuthError(error)?.code;
  return code !== undefined && NO_ACCESS.includes(code);
}
