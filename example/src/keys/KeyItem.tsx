import { useMutation } from "convex/react";
import type { ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { useNow } from "../clock";
import { exactTime } from "../relativeTime";
import { Button } from "../ui/Button";
import { ConfirmForm } from "../ui/ConfirmForm";
import { DialogButton } from "../ui/DialogButton";
import { FailureNotice } from "../ui/FailureNotice";
import { Icon } from "../ui/Icon";
import { RelativeTime } from "../ui/RelativeTime";
import { useTask } from "../ui/useTask";
import type { NewKey } from "./NewKeyPanel";
import { keyState, rateLimitText, type Key } from "./keyText";

/** What becomes of a key. */
interface KeyChanges {
  /** Called with a key that replaces this one. */
  onRotated: (key: NewKey) => void;
  /** Called with what there is to say when the row has gone or changed. */
  onDone: (text: string) => void;
}

/** One key, and what can be done with it. */
export function KeyItem({
  apiKey,
  ...changes
}: { apiKey: Key } & KeyChanges): ReactNode {
  const state = keyState(apiKey, useNow(15_000));
  const setEnabled = useMutation(api.keys.setEnabled);
  const remove = useMutation(api.keys.remove);
  const { run, isBusy, failure } = useTask();
  const { _id: keyId, name, enabled } = apiKey;

  async function removeIt(): Promise<void> {
    if (await run(() => remove({ keyId }))) {
      changes.onDone(`${name} was deleted.`);
    }
  }

  return (
    <li className="row row-top">
      <span className="row-icon">
        <Icon name="key" />
      </span>
      <div className="row-text">
        <p className="row-title">
          <strong className="breakable">{name}</strong>
          <span className={state.badge}>{state.label}</span>
        </p>
        <KeyDetails apiKey={apiKey} />
        <FailureNotice failure={failure} />
        <div className="row-actions key-actions">
          {state.isOver ? (
            <Button
              isBusy={isBusy}
              aria-label={`Delete ${name}`}
              onClick={() => void removeIt()}
            >
              Delete
            </Button>
          ) : (
            <>
              <Button
                isBusy={isBusy}
                aria-label={`${enabled ? "Disable" : "Enable"} ${name}`}
                onClick={() =>
                  void run(() => setEnabled({ keyId, enabled: !enabled }))
                }
              >
                {enabled ? "Disable" : "Enable"}
              </Button>
              <RotateButton apiKey={apiKey} {...changes} />
              <RevokeButton apiKey={apiKey} {...changes} />
            </>
          )}
        </div>
      </div>
    </li>
  );
}

function KeyDetails({
  apiKey: { start, scopes, rateLimit, expiresAt, lastUsedAt },
}: {
  apiKey: Key;
}): ReactNode {
  return (
    <>
      <p className="details">
        <span>
          Begins with <code>{start}</code>
        </span>
        <span>
          {lastUsedAt === undefined ? (
            "Never used"
          ) : (
            <>
              Last used <RelativeTime time={lastUsedAt} />
            </>
          )}
        </span>
        <span>
          {expiresAt === undefined
            ? "Never expires"
            : `Until ${exactTime(expiresAt)}`}
        </span>
        {rateLimit !== undefined && <span>{rateLimitText(rateLimit)}</span>}
      </p>
      <ul className="badges key-scopes" aria-label="Scopes">
        {scopes.map((scope) => (
          <li key={scope} className="badge">
            {scope}
          </li>
        ))}
      </ul>
    </>
  );
}

function RotateButton({
  apiKey: { _id: keyId, name, scopes },
  onRotated,
}: { apiKey: Key } & KeyChanges): ReactNode {
  const rotate = useMutation(api.keys.rotate);
  return (
    <DialogButton
      text="Rotate"
      label={`Rotate ${name}`}
      title={`Rotate ${name}?`}
    >
      {(close) => (
        <ConfirmForm
          action="Rotate"
          close={close}
          onConfirm={async () => {
            const raw = await rotate({ keyId });
            onRotated({ raw, name, scopes, isRotated: true });
          }}
        >
          <p>
            You get a new key with the same rights. The present one stops
            working at once, wherever it is used.
          </p>
        </ConfirmForm>
      )}
    </DialogButton>
  );
}

function RevokeButton({
  apiKey: { _id: keyId, name },
  onDone,
}: { apiKey: Key } & KeyChanges): ReactNode {
  const revoke = useMutation(api.keys.revoke);
  return (
    <DialogButton
      text="Revoke"
      label={`Revoke ${name}`}
      kind="danger"
      title={`Revoke ${name}?`}
    >
      {(close) => (
        <ConfirmForm
          action="Revoke"
          close={close}
          onConfirm={async () => {
            await revoke({ keyId });
            onDone(`${name} was revoked.`);
          }}
        >
          <p>
            It stops working at once, and for good. To stop it for a while only,
            disable it.
          </p>
        </ConfirmForm>
      )}
    </DialogButton>
  );
}
