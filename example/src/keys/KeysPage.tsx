import { useQuery } from "convex/react";
import { useRef, useState, type ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { useNow } from "../clock";
import { DialogButton } from "../ui/DialogButton";
import { EmptyState } from "../ui/EmptyState";
import { PageHeading } from "../ui/PageHeading";
import { Panel } from "../ui/Panel";
import { Skeleton } from "../ui/Skeleton";
import { CreateKeyForm } from "./CreateKeyForm";
import { KeyItem } from "./KeyItem";
import { KeyUse } from "./KeyUse";
import { NewKeyPanel, type NewKey } from "./NewKeyPanel";
import { keyState, SCOPES, type Key } from "./keyText";

/** A person's own API keys, live. */
export function KeysPage(): ReactNode {
  const keys = useQuery(api.keys.list);
  const [newKey, setNewKey] = useState<NewKey | null>(null);
  const lists = useRef<HTMLDivElement>(null);
  const [status, setStatus] = useState("");

  /** What has gone had the focus: it moves to the lists. */
  function say(text: string): void {
    setStatus(text);
    requestAnimationFrame(() => lists.current?.focus({ preventScroll: true }));
  }

  function show(key: NewKey): void {
    setStatus("");
    setNewKey(key);
  }

  return (
    <>
      <PageHeading title="API keys">
        <p>With a key, a program can do what you allow it. The list is live.</p>
      </PageHeading>
      {newKey !== null && (
        <NewKeyPanel
          key={newKey.raw}
          newKey={newKey}
          onDone={() => {
            setNewKey(null);
            say("");
          }}
        />
      )}
      <div
        ref={lists}
        className="groups"
        role="group"
        aria-label="Your keys"
        tabIndex={-1}
      >
        {keys === undefined ? (
          <div className="panel">
            <Skeleton lines={4} />
          </div>
        ) : (
          <KeyLists keys={keys} onRotated={show} onDone={say} />
        )}
        <div className="form-actions">
          <DialogButton
            text="New key"
            icon="plus"
            kind={newKey === null ? "primary" : "secondary"}
            title="Create an API key"
          >
            {(close) => <CreateKeyForm onCreated={show} close={close} />}
          </DialogButton>
          <p role="status" className="status-line">
            {status}
          </p>
        </div>
      </div>
      {newKey === null && keys !== undefined && keys.length > 0 && (
        <Panel
          title="Use a key"
          description="Put your key in the place of $API_KEY, or into a variable of this name."
        >
          <KeyUse
            presented="$API_KEY"
            scopes={SCOPES.map(({ scope }) => scope)}
          />
        </Panel>
      )}
    </>
  );
}

function KeyLists({
  keys,
  onRotated,
  onDone,
}: {
  keys: readonly Key[];
  onRotated: (key: NewKey) => void;
  onDone: (text: string) => void;
}): ReactNode {
  const now = useNow(15_000);
  const over = keys.filter((key) => keyState(key, now).isOver);
  const working = keys.filter((key) => !over.includes(key));
  const list = (title: string, items: readonly Key[]) => (
    <ul className="panel rows" aria-label={title}>
      {items.map((key) => (
        <KeyItem
          key={key._id}
          apiKey={key}
          onRotated={onRotated}
          onDone={onDone}
        />
      ))}
    </ul>
  );
  return (
    <>
      {working.length === 0 ? (
        <EmptyState
          icon="key"
          title={
            over.length === 0
              ? "You have no API keys"
              : "None of your keys works"
          }
        >
          <p>
            Create one to let a script read your profile, or read and publish
            reports, in your name.
          </p>
        </EmptyState>
      ) : (
        list("API keys", working)
      )}
      {over.length > 0 && (
        <>
          <h2 className="list-heading">Keys that have ended</h2>
          {list("Keys that have ended", over)}
        </>
      )}
    </>
  );
}
