import { useMutation } from "convex/react";
import { useState, type ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { Button } from "../ui/Button";
import { FailureNotice } from "../ui/FailureNotice";
import { useForm } from "../ui/useForm";
import {
  lifetimeOf,
  limitOf,
  presentChoices,
  presentTerms,
  quotaOf,
} from "./keyChoices";
import { KeyFields, useKeyValues, type KeyValues } from "./KeyFields";
import type { KeyOwner } from "./keyOwner";
import type { Key } from "./keyText";

/** Changing a key. Only what was changed here is sent. */
export function EditKeyForm({
  apiKey,
  owner,
  onSaved,
  close,
}: {
  apiKey: Key;
  owner: KeyOwner;
  onSaved: (name: string) => void;
  close: () => void;
}): ReactNode {
  const update = useMutation(api.keys.update);
  // What another device changes meanwhile is no change that is made here.
  const [present] = useState(apiKey);
  const before: KeyValues = {
    ...{ name: present.name, ...presentTerms(present) },
    scopes: owner.scopes
      .map(({ scope }) => scope)
      .filter((scope) => present.scopes.includes(scope)),
  };
  const { values, validate, fieldProps } = useKeyValues(before);
  const { formProps, errors, failure, isBusy, isBlocked } = useForm({
    validate,
    texts: {
      FORBIDDEN:
        "You may not change this key, or not give it what you chose: your roles do not allow it.",
    },
    submit: async () => {
      const { name, scopes, lifetime, limit, quota } = values;
      const change = {
        ...(name === before.name ? {} : { name }),
        ...(scopes.join() === before.scopes.join()
          ? {}
          : { scopes: [...scopes] }),
        ...(lifetime === before.lifetime
          ? {}
          : { lifetimeMs: lifetimeOf(lifetime) }),
        ...(limit === before.limit ? {} : { rateLimit: limitOf(limit) }),
        ...(quota === before.quota ? {} : { quota: quotaOf(quota) }),
      };
      if (Object.keys(change).length > 0) {
        await update({ keyId: present._id, ...change });
        onSaved(name);
      }
      close();
    },
  });
  return (
    <form {...formProps} className="form">
      <KeyFields
        {...fieldProps}
        scopeChoices={owner.scopes}
        choices={presentChoices(present)}
        errors={errors}
      />
      <FailureNotice failure={failure} />
      <div className="form-actions">
        <Button
          type="submit"
          kind="primary"
          isBusy={isBusy}
          disabled={isBlocked}
        >
          Save
        </Button>
        <Button onClick={close}>Cancel</Button>
      </div>
    </form>
  );
}
