import type { ReactNode } from "react";
import type { KeyScope } from "../../convex/keyScopes";
import { Checkbox } from "../ui/Checkbox";
import type { ScopeChoice } from "./keyKinds";

/** Choosing what a key may be used for. */
export function ScopeChoices({
  choices,
  chosen,
  onChosen,
  error,
}: {
  choices: readonly ScopeChoice[];
  chosen: readonly KeyScope[];
  onChosen: (chosen: readonly KeyScope[]) => void;
  error: string | undefined;
}): ReactNode {
  const isLimited = choices.some(({ isDisabled }) => isDisabled);
  return (
    <fieldset className="choices">
      <legend>What it may do</legend>
      {choices.map(({ scope, description, isDisabled }) => (
        <Checkbox
          key={scope}
          name="scopes"
          label={<code>{scope}</code>}
          description={description}
          isChecked={chosen.includes(scope)}
          isDisabled={isDisabled === true && !chosen.includes(scope)}
          onChange={(isChecked) =>
            onChosen(
              choices
                .map((choice) => choice.scope)
                .filter((candidate) =>
                  candidate === scope ? isChecked : chosen.includes(candidate),
                ),
            )
          }
        />
      ))}
      {isLimited && (
        <p className="field-hint">You cannot give what you do not have.</p>
      )}
      <div aria-live="polite">
        {error !== undefined && <p className="field-error">{error}</p>}
      </div>
    </fieldset>
  );
}
