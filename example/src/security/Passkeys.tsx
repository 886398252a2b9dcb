import type { ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { EmptyState } from "../ui/EmptyState";
import { Skeleton } from "../ui/Skeleton";
import { useStatus } from "../ui/useStatus";
import { useQuery } from "../useQuery";
import { AddPasskeyButton } from "./AddPasskeyButton";
import { PasskeyItem } from "./PasskeyItem";

/** The person's passkeys, live. */
export function Passkeys(): ReactNode {
  const passkeys = useQuery(api.passkeys.list);
  const { place, text, say, announce } = useStatus<HTMLDivElement>();
  return (
    <div
      ref={place}
      className="groups"
      role="group"
      aria-label="Passkeys"
      tabIndex={-1}
    >
      {passkeys === undefined ? (
        <div className="panel">
          <Skeleton lines={3} />
        </div>
      ) : passkeys.length === 0 ? (
        <EmptyState icon="key" title="You have no passkeys">
          <p>Add one, and you can sign in without your password.</p>
        </EmptyState>
      ) : (
        <ul className="panel rows" aria-label="Your passkeys">
          {passkeys.map((passkey) => (
            <PasskeyItem
              key={passkey._id}
              passkey={passkey}
              onRemoved={say}
              onRenamed={announce}
            />
          ))}
        </ul>
      )}
      <div className="form-actions">
        <AddPasskeyButton onDone={announce} />
        <p role="status" className="status-line">
          {text}
        </p>
      </div>
    </div>
  );
}
