import { useMutation } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useState, type ReactNode } from "react";
import { api } from "../../../convex/_generated/api";
import { Button } from "../../ui/Button";
import { DialogButton } from "../../ui/DialogButton";
import { FailureNotice } from "../../ui/FailureNotice";
import { SelectField } from "../../ui/SelectField";
import { Skeleton } from "../../ui/Skeleton";
import { useForm } from "../../ui/useForm";
import type { Organization } from "../access";
import type { Group } from "./group";
import { useQuery } from "../../useQuery";

type Places = FunctionReturnType<typeof api.groups.listPlaces>;

/** Moves a group, with all below it, to another place in the tree. */
export function MoveGroupButton({
  organization,
  group,
}: {
  organization: Organization;
  group: Group;
}): ReactNode {
  return (
    <DialogButton
      text="Move"
      label={`Move ${group.name}`}
      icon="move"
      title={`Move ${group.name}`}
    >
      {(close) => (
        <Content organization={organization} group={group} close={close} />
      )}
    </DialogButton>
  );
}

function Content({
  organization,
  group,
  close,
}: {
  organization: Organization;
  group: Group;
  close: () => void;
}): ReactNode {
  const places = useQuery(api.groups.listPlaces, {
    groupId: organization._id,
    movingGroupId: group._id,
  });
  return places === undefined ? (
    <Skeleton lines={3} />
  ) : (
    <Form group={group} places={places} close={close} />
  );
}

function Form({
  group: { _id, parentGroupId = "" },
  places,
  close,
}: {
  group: Group;
  places: Places;
  close: () => void;
}): ReactNode {
  const move = useMutation(api.groups.move);
  const [target, setTarget] = useState(parentGroupId);
  const { formProps, failure, isBusy, isBlocked } = useForm({
    validate: () => ({}),
    submit: async () => {
      if (target !== parentGroupId) {
        await move({ groupId: _id, parentGroupId: target });
      }
      close();
    },
  });
  return (
    <form {...formProps} className="form">
      <FailureNotice failure={failure} />
      <SelectField
        label="New place"
        name="place"
        value={target}
        onValue={setTarget}
        choices={places.map((place) => ({
          value: place._id,
          label: `${"\u2003".repeat(place.depth)}${place.name}`,
        }))}
        hint="All groups below it move along. Who belongs to the new group above belongs to them, too."
      />
      <div className="form-actions">
        <Button
          type="submit"
          kind="primary"
          isBusy={isBusy}
          disabled={isBlocked}
        >
          Move
        </Button>
        <Button onClick={close}>Cancel</Button>
      </div>
    </form>
  );
}
