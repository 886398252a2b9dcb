import { useMutation } from "convex/react";
import { useState, type ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import type { KeyScope } from "../../convex/keyScopes";
import { Button } from "../ui/Button";
import { Checkbox } from "../ui/Checkbox";
import { FailureNotice } from "../ui/FailureNotice";
import { SelectField } from "../ui/SelectField";
import { TextField } from "../ui/TextField";
import { fieldErrors, useForm } from "../ui/useForm";
import type { NewKey } from "./NewKeyPanel";
import { rateLimitText, SCOPES } from "./keyText";

const DAY_MS = 86_400_000;

const LIFETIMES = [
  { value: String(7 * DAY_MS), label: "7 days" },
  { value: String(30 * DAY_MS), label: "30 days" },
  { value: String(90 * DAY_MS), label: "90 days" },
  { value: "", label: "Never" },
];

const LIMITS = [
  { maxRequests: 10, windowMs: 60_000 },
  { maxRequests: 100, windowMs: 3_600_000 },
  { maxRequests: 1_000, windowMs: DAY_MS },
];

const LIMIT_CHOICES = [
  { value: "", label: "No limit" },
  ...LIMITS.map((limit, index) => ({
    value: String(index),
    label: rateLimitText(limit),
  })),
];

/** Making a key. */
export function CreateKeyForm({
  onCreated,
  close,
}: {
  onCreated: (key: NewKey) => void;
  close: () => void;
}): ReactNode {
  const create = useMutation(api.keys.create);
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<readonly KeyScope[]>([]);
  const [lifetime, setLifetime] = useState(String(30 * DAY_MS));
  const [limit, setLimit] = useState("");
  const { formProps, errors, failure, isBusy, isBlocked } = useForm({
    validate: () =>
      fieldErrors({
        name: name.trim() === "" ? "Enter a name." : null,
        scopes:
          chosen.length === 0 ? "Choose at least one thing it may do." : null,
      }),
    submit: async () => {
      const rateLimit = limit === "" ? undefined : LIMITS[Number(limit)];
      const raw = await create({
        ...{ name: name.trim(), scopes: [...chosen] },
        ...(lifetime === "" ? {} : { lifetimeMs: Number(lifetime) }),
        ...(rateLimit === undefined ? {} : { rateLimit }),
      });
      onCreated({ raw, name: name.trim(), scopes: chosen, isRotated: false });
      close();
    },
  });
  return (
    <form {...formProps} className="form">
      <TextField
        label="Name"
        name="name"
        autoComplete="off"
        maxLength={64}
        autoFocus
        value={name}
        onValue={setName}
        hint="What uses it, as in “Backup script”"
        error={errors.name}
      />
      <ScopeChoices
        chosen={chosen}
        onChosen={setChosen}
        error={errors.scopes}
      />
      <div className="field-pair">
        <SelectField
          label="Expires after"
          name="lifetime"
          value={lifetime}
          onValue={setLifetime}
          choices={LIFETIMES}
        />
        <SelectField
          label="Rate limit"
          name="limit"
          value={limit}
          onValue={setLimit}
          choices={LIMIT_CHOICES}
        />
      </div>
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

function ScopeChoices({
  chosen,
  onChosen,
  error,
}: {
  chosen: readonly KeyScope[];
  onChosen: (chosen: readonly KeyScope[]) => void;
  error: string | undefined;
}): ReactNode {
  return (
    <fieldset className="choices">
      <legend>What it may do</legend>
      {SCOPES.map(({ scope, description }) => (
        <Checkbox
          key={scope}
          name="scopes"
          label={<code>{scope}</code>}
          description={description}
          isChecked={chosen.includes(scope)}
          onChange={(isChecked) =>
            onChosen(
              SCOPES.map((choice) => choice.scope).filter((candidate) =>
                candidate === scope ? isChecked : chosen.includes(candidate),
              ),
            )
          }
        />
      ))}
      <div aria-live="polite">
        {error !== undefined && <p className="field-error">{error}</p>}
      </div>
    </fieldset>
  );
}
