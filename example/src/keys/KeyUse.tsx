import { useState, type ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { SelectField } from "../ui/SelectField";
import { Command } from "./Command";
import type { KeyRequest } from "./keyKinds";
import { useQuery } from "../useQuery";

/** A command that uses a key. */
export function KeyUse({
  presented,
  requests,
}: {
  /** The key, or what stands for it. */
  presented: string;
  /** What it can be used with. */
  requests: readonly KeyRequest[];
}): ReactNode {
  const siteUrl = useQuery(api.keys.siteUrl);
  const [chosen, setChosen] = useState<string | null>(null);
  const present =
    requests.find(({ name }) => name === chosen) ?? requests.at(0);
  if (siteUrl === undefined || present === undefined) {
    return null;
  }
  const { name, scope, options, path } = present;
  return (
    <div className="form">
      <SelectField
        label="Request"
        name="request"
        value={name}
        onValue={setChosen}
        choices={requests.map((request) => ({
          ...{ value: request.name, label: request.name },
        }))}
        hint={
          scope === null ? (
            "Every key may do this."
          ) : (
            <>
              Needs the scope <code>{scope}</code>.
            </>
          )
        }
      />
      <Command
        text={`curl -H "Authorization: Bearer ${presented}"${options} ${siteUrl}${path}`}
        copyLabel="Copy command"
      />
    </div>
  );
}
