import { useMutation } from "convex/react";
import { useState, type ReactNode } from "react";
import { api } from "../../../convex/_generated/api";
import { Button } from "../../ui/Button";
import { FailureNotice } from "../../ui/FailureNotice";
import { Skeleton } from "../../ui/Skeleton";
import { fieldErrors, useForm } from "../../ui/useForm";
import type { Role } from "../access";
import type { Member } from "./member";
import { RoleChoices } from "./RoleChoices";
import { useQuery } from "../../useQuery";

/** Giving a member other roles. */
export function ChangeRolesForm({
  groupId,
  ...properties
}: {
  member: Member;
  groupId: string;
  close: () => void;
}): ReactNode {
  const roles = useQuery(api.roles.list, { groupId });
  return roles === undefined ? (
    <Skeleton lines={4} />
  ) : (
    <Form {...properties} groupId={groupId} roles={roles} />
  );
}

function Form({
  member: { _id, name, roles: held },
  groupId,
  roles,
  close,
}: {
  member: Member;
  groupId: string;
  roles: readonly Role[];
  close: () => void;
}): ReactNode {
  const changeRoles = useMutation(api.members.changeRoles);
  const [chosen, setChosen] = useState<readonly string[]>(held);
  const { formProps, errors, failure, isBusy, isBlocked } = useForm({
    validate: () =>
      fieldErrors({
        roles: chosen.length === 0 ? "Choose at least one role." : null,
      }),
    texts: {
      LAST_OWNER: `${name} is the only owner. Make somebody else an owner first.`,
    },
    submit: async () => {
      await changeRoles({ groupId, memberId: _id, roles: [...chosen] });
      close();
    },
  });
  return (
    <form {...formProps} className="form">
      <RoleChoices
        roles={roles}
        chosen={chosen}
        onChosen={setChosen}
        error={errors.roles}
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
