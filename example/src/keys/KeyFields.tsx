import { useState, type ReactNode } from "react";
import type { KeyScope } from "../../convex/keyScopes";
import { SelectField } from "../ui/SelectField";
import { TextField } from "../ui/TextField";
import { fieldErrors, type FieldErrors } from "../ui/useForm";
import type { ChosenTerms, TermChoices } from "./keyChoices";
import type { ScopeChoice } from "./keyKinds";
import { ScopeChoices } from "./ScopeChoices";

/** What is typed and chosen about a key. */
export interface KeyValues extends ChosenTerms {
  name: string;
  scopes: readonly KeyScope[];
}

/** The state of these fields. */
export function useKeyValues(initial: KeyValues) {
  const [values, setValues] = useState(initial);
  return {
    values: { ...values, name: values.name.trim() },
    /** Looks at what was typed. */
    validate: (): FieldErrors =>
      fieldErrors({
        name: values.name.trim() === "" ? "Enter a name." : null,
        scopes:
          values.scopes.length === 0
            ? "Choose at least one thing it may do."
            : null,
      }),
    fieldProps: {
      values,
      onChange: (change: Partial<KeyValues>) =>
        setValues((present) => ({ ...present, ...change })),
    },
  };
}

/** The fields of a key, new or not. */
export function KeyFields({
  values: { name, scopes, lifetime, limit, quota },
  onChange,
  scopeChoices,
  choices,
  errors,
}: {
  values: KeyValues;
  onChange: (change: Partial<KeyValues>) => void;
  scopeChoices: readonly ScopeChoice[];
  choices: TermChoices;
  errors: FieldErrors;
}): ReactNode {
  return (
    <>
      <TextField
        label="Name"
        name="name"
        autoComplete="off"
        maxLength={64}
        autoFocus
        value={name}
        onValue={(value) => onChange({ name: value })}
        hint="What uses it, as in “Backup script”"
        error={errors.name}
      />
      <ScopeChoices
        choices={scopeChoices}
        chosen={scopes}
        onChosen={(chosen) => onChange({ scopes: chosen })}
        error={errors.scopes}
      />
      <div className="field-pair key-limits">
        <SelectField
          label="Expires after"
          name="lifetime"
          value={lifetime}
          onValue={(value) => onChange({ lifetime: value })}
          choices={choices.lifetime}
        />
        <SelectField
          label="Rate limit"
          name="limit"
          value={limit}
          onValue={(value) => onChange({ limit: value })}
          choices={choices.limit}
        />
      </div>
      <SelectField
        label="Quota"
        name="quota"
        value={quota}
        onValue={(value) => onChange({ quota: value })}
        choices={choices.quota}
      />
    </>
  );
}
