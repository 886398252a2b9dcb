import { useState, type ReactNode } from "react";
import { DialogButton } from "../ui/DialogButton";
import { Panel } from "../ui/Panel";
import { Skeleton } from "../ui/Skeleton";
import { useStatus } from "../ui/useStatus";
import { CreateKeyForm } from "./CreateKeyForm";
import { KeyExchange } from "./KeyExchange";
import { KeyLists } from "./KeyLists";
import type { KeyOwner } from "./keyOwner";
import type { Key } from "./keyText";
import { KeyUse } from "./KeyUse";
import { NewKeyPanel, type NewKey } from "./NewKeyPanel";

/** The keys of a person or an organization, live, and how they are used. */
export function KeyBoard({
  keys,
  owner,
}: {
  /** `undefined` while they are loading. */
  keys: readonly Key[] | undefined;
  owner: KeyOwner;
}): ReactNode {
  const [newKey, setNewKey] = useState<NewKey | null>(null);
  const { place, text, say, clear } = useStatus<HTMLDivElement>();

  function show(key: NewKey): void {
    clear();
    setNewKey(key);
  }

  return (
    <>
      {newKey !== null && (
        <NewKeyPanel
          key={newKey.raw}
          newKey={newKey}
          requests={owner.requests}
          onDone={() => {
            setNewKey(null);
            say("");
          }}
        />
      )}
      <div
        ref={place}
        className="groups"
        role="group"
        aria-label={owner.label}
        tabIndex={-1}
      >
        {keys === undefined ? (
          <div className="panel">
            <Skeleton lines={4} />
          </div>
        ) : (
          <KeyLists keys={keys} owner={owner} onRotated={show} onDone={say} />
        )}
        <div className="form-actions">
          {owner.canCreate && (
            <DialogButton
              text="New key"
              icon="plus"
              kind={newKey === null ? "primary" : "secondary"}
              title="Create an API key"
            >
              {(close) => (
                <CreateKeyForm owner={owner} onCreated={show} close={close} />
              )}
            </DialogButton>
          )}
          <p role="status" className="status-line">
            {text}
          </p>
        </div>
      </div>
      {newKey === null && keys !== undefined && keys.length > 0 && (
        <Panel
          title="Use a key"
          description="Put your key in the place of $API_KEY, or into a variable of this name."
        >
          <KeyUse presented="$API_KEY" requests={owner.requests} />
          <KeyExchange presented="$API_KEY" />
        </Panel>
      )}
    </>
  );
}
