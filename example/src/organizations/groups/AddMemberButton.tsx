import { useMutation } from "convex/react";
import { useState, type ReactNode } from "react";
import { api } from "../../../convex/_generated/api";
import { Button } from "../../ui/Button";
import { DialogButton } from "../../ui/DialogButton";
import { FailureNotice } from "../../ui/FailureNotice";
import { SelectField } from "../../ui/SelectField";
import { Skeleton } from "../../ui/Skeleton";
import { fieldErrors, useForm } from "../../ui/useForm";
import type { Organization, Role } from "../access";
import { RoleField } from "../invitations/RoleField";
import type { Member } from "../members/member";
import type { Group } from "./group";
import { useQuery } from "../../useQuery";

interface AddMemberProps {
  organization: Organization;
  group: Group;
}

/** Takes somebody of the organization into a group. */
export function AddMemberButton(properties: AddMemberProps): ReactNode {
  const { name } = properties.group;
  return (
    <DialogButton
      text="Add member"
      label={`Add member to ${name}`}
      icon="plus"
      title={`Add a member to ${name}`}
    >
      {(close) => <Content {...properties} close={close} />}
    </DialogButton>
  );
}

function Content({
  organization,
  group,
  close,
}: AddMemberProps & { close: () => void }): ReactNode {
  const cursor = null;
  const groupId = group._id;
  const all = useQuery(api.members.list, { groupId: organization._id, cursor });
  const present = useQuery(api.members.list, { groupId, cursor });
  const roles = useQuery(api.roles.list, { groupId });
  if (all === undefined || present === undefined || roles === undefined) {
    return <Skeleton lines={3} />;
  }
  const taken = new Set(present.items.map(({ userId }) => userId));
  const people = all.items.filter(({ userId }) => !taken.has(userId));
  return people.length === 0 ? (
    <div className="form">
      <p>
        Everybody in {organization.name} is here already. Invite people to the
        organization first.
      </p>
      <div className="form-actions">
        <Button onClick={close}>Close</Button>
      </div>
    </div>
  ) : (
    <Form groupId={groupId} people={people} roles={roles} close={close} />
  );
}

function Form({
  groupId,
  people,
  roles,
  close,
}: {
  groupId: string;
  people: readonly Member[];
  roles: readonly Role[];
  close: () => void;
}): ReactNode {
  const add = useMutation(api.members.add);
  const [userId, setUserId] = useState("");
  const [role, setRole] = useState("member");
  const { formProps, errors, failure, isBusy, isBlocked } = useForm({
    validate: () =>
      fieldErrors({ userId: userId === "" ? "Choose somebody." : null }),
    fields: { email: "userId" },
    submit: async () => {
      await add({ groupId, userId, roles: [role] });
      close();
    },
  });
  return (
    <form {...formProps} className="form">
      <FailureNotice failure={failure} />
      <SelectField
        label="Person"
        name="userId"
        value={userId}
        onValue={setUserId}
        error={errors.userId}
        choices={[
          { value: "", label: "Choose somebody", isDisabled: true },
          ...people.map((member) => ({
            value: member.userId,
            label:
              member.email === undefined || member.email === member.name
                ? member.name
                : `${member.name} (${member.email})`,
          })),
        ]}
      />
      <RoleField roles={roles} value={role} onValue={setRole} />
      <div className="form-actions">
        <Button
          type="submit"
          kind="primary"
          isBusy={isBusy}
          disabled={isBlocked}
        >
          Add
        </Button>
        <Button onClick={close}>Cancel</Button>
      </div>
    </form>
  );
}
