import { useMutation } from "convex/react";
import type { ReactNode } from "react";
import { api } from "../../../convex/_generated/api";
import { KeyBoard } from "../../keys/KeyBoard";
import {
  ORGANIZATION_REQUESTS,
  ORGANIZATION_SCOPES,
} from "../../keys/keyKinds";
import { allows, type Organization } from "../access";
import { useQuery } from "../../useQuery";

/** The API keys that belong to an organization, whoever made them. */
export function KeysTab({
  organization: { _id: groupId, name, permissions },
}: {
  organization: Organization;
}): ReactNode {
  const keys = useQuery(api.organizationKeys.list, { groupId });
  const create = useMutation(api.organizationKeys.create);
  const canCreate = allows(permissions, "apiKey", "create");
  return (
    <>
      <p className="form-note">
        With one of these keys, a program acts for {name}. It can do no more
        than whoever made the key may do here.
      </p>
      <KeyBoard
        keys={keys}
        owner={{
          label: `Keys of ${name}`,
          texts: {
            none: `${name} has no API keys`,
            noneWorks: `No key of ${name} works`,
            advice: canCreate
              ? "Create one to let a program read or publish reports for the organization."
              : "Somebody whose role allows it can create one.",
          },
          scopes: ORGANIZATION_SCOPES.map(({ action, ...scope }) => ({
            ...scope,
            isDisabled: !allows(permissions, "report", action),
          })),
          ...{ requests: ORGANIZATION_REQUESTS, canBeLeft: true, canCreate },
          canUpdate: allows(permissions, "apiKey", "update"),
          canDelete: allows(permissions, "apiKey", "delete"),
          create: async (terms, revokeOnLeave) =>
            await create({ groupId, ...terms, revokeOnLeave }),
        }}
      />
    </>
  );
}
