import { useQuery } from "convex/react";
import { useState, type ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { CopyButton } from "../ui/CopyButton";
import { SelectField } from "../ui/SelectField";
import { SCOPES } from "./keyText";

/** A command that uses a key. */
export function KeyUse({
  presented,
  scopes,
}: {
  /** The key, or what stands for it. */
  presented: string;
  /** What the key may be used for. */
  scopes: readonly string[];
}): ReactNode {
  const siteUrl = useQuery(api.keys.siteUrl);
  const [chosen, setChosen] = useState<string | null>(null);
  const choices = SCOPES.filter(({ scope }) => scopes.includes(scope));
  const present =
    choices.find(({ scope }) => scope === chosen) ?? choices.at(0);
  if (siteUrl === undefined || present === undefined) {
    return null;
  }
  const { options, path } = present;
  const command = `curl -H "Authorization: Bearer ${presented}"${options} ${siteUrl}${path}`;
  return (
    <div className="form">
      <SelectField
        label="Request"
        name="request"
        value={present.scope}
        onValue={setChosen}
        choices={choices.map(({ scope, request }) => ({
          ...{ value: scope, label: request },
        }))}
        hint={
          <>
            Needs the scope <code>{present.scope}</code>.
          </>
        }
      />
      <pre className="command">
        <code>{command}</code>
      </pre>
      <div className="form-actions">
        <CopyButton text={command} label="Copy command" />
      </div>
    </div>
  );
}
