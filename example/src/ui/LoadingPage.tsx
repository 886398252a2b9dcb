import type { AuthStateError } from "convex-gatehouse/client";
import type { ReactNode } from "react";
import { Logo } from "./Logo";
import { Notice } from "./Notice";
import { Skeleton } from "./Skeleton";

/** What is shown until it is known who is signed in. */
export function LoadingPage({
  error,
}: {
  error?: AuthStateError | undefined;
}): ReactNode {
  return (
    <>
      <header className="bar">
        <div className="bar-row">
          <Logo />
        </div>
      </header>
      <main className="page">
        {error !== undefined && (
          <Notice kind="danger" title="This takes longer than it should">
            The server has not answered yet. We keep trying.
          </Notice>
        )}
        <div className="panel">
          <Skeleton lines={2} />
        </div>
        <div className="panel">
          <Skeleton lines={4} />
        </div>
      </main>
    </>
  );
}
