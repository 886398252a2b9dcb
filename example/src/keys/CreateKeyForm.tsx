import { useState, type ReactNode } from "react";
import { useStepUp } from "../stepUp/stepUpContext";
import { Button } from "../ui/Button";
import { Checkbox } from "../ui/Checkbox";
import { FailureNotice } from "../ui/FailureNotice";
import { useForm } from "../ui/useForm";
import {
  lifetimeOf,
  limitOf,
  NEW_KEY_CHOICES,
  NEW_KEY_TERMS,
  quotaOf,
} from "./keyChoices";
import { KeyFields, useKeyValues } from "./KeyFields";
import type { KeyOwner } from "./keyOwner";
import type { NewKey } from "./NewKeyPanel";

/** Making a key. */
export function CreateKeyForm({
  owner,
  onCreated,
  close,
}: {
  owner: KeyOwner;
  onCreated: (key: NewKey) => void;
  close: () => void;
}): ReactNode {
  const { values, validate, fieldProps } = useKeyValues({
    ...{ name: "", scopes: [], ...NEW_KEY_TERMS },
  });
  const withStepUp = useStepUp();
  const [revokeOnLeave, setRevokeOnLeave] = useState(false);
  const { formProps, errors, failure, isBusy, isBlocked } = useForm({
    validate,
    submit: async () => {
      const { name, scopes } = values;
      const lifetimeMs = lifetimeOf(values.lifetime);
      const rateLimit = limitOf(values.limit);
      const quota = quotaOf(values.quota);
      const terms = {
        ...{ name, scopes: [...scopes] },
        ...(lifetimeMs === null ? {} : { lifetimeMs }),
        ...(rateLimit === null ? {} : { rateLimit }),
        ...(quota === null ? {} : { quota }),
      };
      const raw = await withStepUp(() => owner.create(terms, revokeOnLeave));
      onCreated({ raw, name, scopes, isRotated: false });
      close();
    },
  });
  return (
    <form {...formProps} className="form">
      <KeyFields
        {...fieldProps}
        scopeChoices={owner.scopes}
        choices={NEW_KEY_CHOICES}
        errors={errors}
      />
      {owner.canBeLeft && (
        <Checkbox
          name="revokeOnLeave"
          label="Revoke it when I leave"
          description="Otherwise it rests then, and works again if you come back."
          isChecked={revokeOnLeave}
          onChange={setRevokeOnLeave}
        />
      )}
      <FailureNotice failure={failure} />
      <div className="form-actions">
        <Button
          type="submit"
          kind="primary"
          isBusy={isBusy}
          disabled={isBlocked}
        >
          Create key
        </Button>
        <Button onClick={close}>Cancel</Button>
      </div>
    </form>
  );
}
