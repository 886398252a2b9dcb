import type { ReactNode } from "react";
import { useNow } from "../clock";
import { EmptyState } from "../ui/EmptyState";
import type { KeyChanges } from "./KeyButtons";
import { KeyItem } from "./KeyItem";
import type { KeyOwner } from "./keyOwner";
import { keyState, type Key } from "./keyText";

/** The keys that work, and those that have ended. */
export function KeyLists({
  keys,
  owner,
  ...changes
}: { keys: readonly Key[]; owner: KeyOwner } & KeyChanges): ReactNode {
  const now = useNow(15_000);
  const over = keys.filter((key) => keyState(key, now).isOver);
  const working = keys.filter((key) => !over.includes(key));
  const list = (title: string, items: readonly Key[]) => (
    <ul className="panel rows" aria-label={title}>
      {items.map((key) => (
        <KeyItem key={key._id} apiKey={key} owner={owner} {...changes} />
      ))}
    </ul>
  );
  const { none, noneWorks, advice } = owner.texts;
  return (
    <>
      {working.length === 0 ? (
        <EmptyState icon="key" title={over.length === 0 ? none : noneWorks}>
          <p>{advice}</p>
        </EmptyState>
      ) : (
        list("API keys", working)
      )}
      {over.length > 0 && (
        <>
          <h2 className="list-heading">Keys that have ended</h2>
          {list("Keys that have ended", over)}
        </>
      )}
    </>
  );
}
