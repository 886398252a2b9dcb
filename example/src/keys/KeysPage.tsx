import { useMutation } from "convex/react";
import type { ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { PageHeading } from "../ui/PageHeading";
import { KeyBoard } from "./KeyBoard";
import { PERSON_REQUESTS, PERSON_SCOPES } from "./keyKinds";
import { useQuery } from "../useQuery";

const TEXTS = {
  none: "You have no API keys",
  noneWorks: "None of your keys works",
  advice:
    "Create one to let a script read your profile, or read and publish reports, in your name.",
};

/** A person's own API keys. */
export function KeysPage(): ReactNode {
  const keys = useQuery(api.keys.list);
  const create = useMutation(api.keys.create);
  return (
    <>
      <PageHeading title="API keys">
        <p>With a key, a program can do what you allow it. The list is live.</p>
      </PageHeading>
      <KeyBoard
        keys={keys}
        owner={{
          ...{ label: "Your keys", texts: TEXTS },
          ...{ scopes: PERSON_SCOPES, requests: PERSON_REQUESTS },
          ...{ canCreate: true, canUpdate: true, canDelete: true },
          ...{ canBeLeft: false, create },
        }}
      />
    </>
  );
}
