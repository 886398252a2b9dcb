import { useMutation } from "convex/react";
import { useRef, useState, type ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { describeError } from "../errorText";
import type { Failure } from "../failure";
import { Button } from "../ui/Button";
import { FailureNotice } from "../ui/FailureNotice";
import { Icon } from "../ui/Icon";
import { PageHeading } from "../ui/PageHeading";
import { Skeleton } from "../ui/Skeleton";
import { SessionItem, type Session } from "./SessionItem";
import { useQuery } from "../useQuery";

/** Where the person is signed in, live. */
export function SessionsPage(): ReactNode {
  const sessions = useQuery(api.sessions.list);
  return (
    <>
      <PageHeading title="Your sessions">
        <p>Where you are signed in. The list is live.</p>
      </PageHeading>
      {sessions === undefined ? (
        <div className="panel">
          <Skeleton lines={4} />
        </div>
      ) : (
        <SessionList sessions={sessions} />
      )}
    </>
  );
}

function SessionList({
  sessions,
}: {
  sessions: readonly Session[];
}): ReactNode {
  const revokeOthers = useMutation(api.sessions.revokeOthers);
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [status, setStatus] = useState("");
  const list = useRef<HTMLUListElement>(null);
  const others = sessions.filter((session) => !session.current);
  const ordered = [...sessions.filter((session) => session.current), ...others];

  async function run(task: () => Promise<unknown>, done: string) {
    setFailure(null);
    try {
      await task();
      setStatus(done);
      // The button that had the focus goes away with its session.
      list.current?.focus({ preventScroll: true });
    } catch (error) {
      setFailure(describeError(error, Date.now()));
    }
  }

  async function signOutOthers(): Promise<void> {
    const { length } = others;
    setBusy(true);
    await run(
      () => revokeOthers({}),
      length === 1
        ? "Signed out on 1 other device."
        : `Signed out on ${length} other devices.`,
    );
    setBusy(false);
  }

  return (
    <>
      <FailureNotice failure={failure} />
      <ul ref={list} tabIndex={-1} className="panel rows" aria-label="Sessions">
        {ordered.map((session) => (
          <SessionItem key={session._id} session={session} run={run} />
        ))}
      </ul>
      <div className="form-actions">
        <Button
          kind="danger"
          isBusy={isBusy}
          disabled={others.length === 0}
          onClick={() => void signOutOthers()}
        >
          <Icon name="signOut" />
          Sign out everywhere else
        </Button>
        <span role="status" className="form-note">
          {others.length === 0 && status === ""
            ? "You are signed in on this device only."
            : status}
        </span>
      </div>
    </>
  );
}
