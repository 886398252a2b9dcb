import { parseAuthError } from "convex-gatehouse/client";
import { Component, type ReactNode } from "react";
import { Button } from "./Button";
import { Notice } from "./Notice";
import { Skeleton } from "./Skeleton";

/**
 * Catches what queries throw while rendering. `NOT_SIGNED_IN` means that the
 * session has just ended: the page is about to go, so it only fades.
 */
export class ErrorBoundary extends Component<
  { children: ReactNode },
  { error: unknown }
> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
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
      <div className="panel">
        <Notice kind="danger" title="This part could not be shown">
          Something went wrong on our side.
        </Notice>
        <Button onClick={() => this.setState({ error: null })}>
          Try again
        </Button>
      </div>
    );
  }
}

/** Prints what a boundary has caught, unless it was to be expected. */
export function reportCaughtError(error: unknown): void {
  if (!isSessionEnd(error)) {
    console.error(error);
  }
}

function isSessionEnd(error: unknown): boolean {
  return parseAuthError(error)?.code === "NOT_SIGNED_IN";
}
