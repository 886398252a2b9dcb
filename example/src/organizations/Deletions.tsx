import { useMutation } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useRef, type ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { exactTime } from "../relativeTime";
import { Button } from "../ui/Button";
import { FailureNotice } from "../ui/FailureNotice";
import { Icon } from "../ui/Icon";
import { ProgressBar } from "../ui/ProgressBar";
import { useTask } from "../ui/useTask";
import { useQuery } from "../useQuery";

type Deletion = FunctionReturnType<typeof api.deletions.list>[number];

/** What the person deletes or has deleted, live. */
export function Deletions({
  organizationId,
}: {
  /** If given, groups of this organization; otherwise organizations. */
  organizationId?: string;
}): ReactNode {
  const region = useRef<HTMLDivElement>(null);
  const deletions =
    useQuery(
      api.deletions.list,
      organizationId === undefined ? {} : { organizationId },
    ) ?? [];
  return (
    <div ref={region} tabIndex={-1} className="deletions">
      {deletions.length > 0 && (
        <ul
          className="panel rows"
          aria-label={
            organizationId === undefined
              ? "Deleted organizations"
              : "Deleted groups"
          }
        >
          {deletions.map((deletion) => (
            <DeletionItem
              key={deletion._id}
              deletion={deletion}
              // The button that had the focus goes away with its row.
              onGone={() => region.current?.focus({ preventScroll: true })}
            />
          ))}
        </ul>
      )}
    </div>
  );
}

function DeletionItem({
  deletion,
  onGone,
}: {
  deletion: Deletion;
  onGone: () => void;
}): ReactNode {
  const { _id: deletionId, state } = deletion;
  const undo = useMutation(api.deletions.undo);
  const dismiss = useMutation(api.deletions.dismiss);
  const { run, isBusy, failure } = useTask();

  async function end(change: () => Promise<unknown>): Promise<void> {
    if (await run(change)) {
      onGone();
    }
  }

  return (
    <li className="row">
      <span className="row-icon">
        <Icon name={state === "done" ? "check" : "trash"} />
      </span>
      <div className="row-text">
        <DeletionState deletion={deletion} />
        <FailureNotice failure={failure} />
      </div>
      {state === "waiting" && (
        <div className="row-actions">
          <Button
            isBusy={isBusy}
            aria-label={`Restore ${deletion.name}`}
            onClick={() => void end(() => undo({ deletionId }))}
          >
            Restore
          </Button>
        </div>
      )}
      {state === "done" && (
        <div className="row-actions">
          <Button
            kind="plain"
            isBusy={isBusy}
            aria-label={`Dismiss ${deletion.name}`}
            onClick={() => void end(() => dismiss({ deletionId }))}
          >
            Dismiss
          </Button>
        </div>
      )}
    </li>
  );
}

function DeletionState({
  deletion: { name, dueTime, state, removed, total },
}: {
  deletion: Deletion;
}): ReactNode {
  if (state === "running") {
    return (
      <>
        <ProgressBar
          label={<strong className="breakable">Deleting {name}</strong>}
          value={removed}
          total={total}
        />
        <p className="details">
          <span>Nobody sees it any more</span>
          <span>
            {removed.toLocaleString()} of {total.toLocaleString()} memberships
            removed
          </span>
        </p>
      </>
    );
  }
  return state === "waiting" ? (
    <>
      <p className="row-title">
        <strong className="breakable">{name} is deleted</strong>
      </p>
      <p className="details">
        <span>Nobody sees it</span>
        <span>You can restore it until {exactTime(dueTime)}</span>
      </p>
    </>
  ) : (
    <div role="status">
      <p className="row-title">
        <strong className="breakable">{name} was deleted</strong>
      </p>
      <p className="details">
        <span>Nothing of it is left</span>
      </p>
    </div>
  );
}
