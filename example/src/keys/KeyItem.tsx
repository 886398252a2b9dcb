import { useMutation } from "convex/react";
import type { ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { useNow } from "../clock";
import { Button } from "../ui/Button";
import { FailureNotice } from "../ui/FailureNotice";
import { Icon } from "../ui/Icon";
import { useTask } from "../ui/useTask";
import {
  EditButton,
  RevokeButton,
  RotateButton,
  type KeyButtonProps,
} from "./KeyButtons";
import { KeyDetails } from "./KeyDetails";
import { keyState } from "./keyText";

/** One key, and what can be done with it. */
export function KeyItem(properties: KeyButtonProps): ReactNode {
  const { apiKey, owner, onDone } = properties;
  const state = keyState(apiKey, useNow(15_000));
  const update = useMutation(api.keys.update);
  const remove = useMutation(api.keys.remove);
  const { run, isBusy, failure } = useTask();
  const { _id: keyId, name, enabled } = apiKey;

  async function removeIt(): Promise<void> {
    if (await run(() => remove({ keyId }))) {
      onDone(`${name} was deleted.`);
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
          {owner.canUpdate && !apiKey.revoked && <EditButton {...properties} />}
          {owner.canUpdate && !state.isOver && (
            <>
              <Button
                isBusy={isBusy}
                aria-label={`${enabled ? "Disable" : "Enable"} ${name}`}
                onClick={() =>
                  void run(() => update({ keyId, enabled: !enabled }))
                }
              >
                {enabled ? "Disable" : "Enable"}
              </Button>
              <RotateButton {...properties} />
              <RevokeButton {...properties} />
            </>
          )}
          {owner.canDelete && state.isOver && (
            <Button
              isBusy={isBusy}
              aria-label={`Delete ${name}`}
              onClick={() => void removeIt()}
            >
              Delete
            </Button>
          )}
        </div>
      </div>
    </li>
  );
}
