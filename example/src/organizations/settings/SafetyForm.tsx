import { useMutation } from "convex/react";
import { useState, type ReactNode } from "react";
import { api } from "../../../convex/_generated/api";
import { FormStatus } from "../../account/FormStatus";
import { Button } from "../../ui/Button";
import { Checkbox } from "../../ui/Checkbox";
import { FailureNotice } from "../../ui/FailureNotice";
import { SelectField } from "../../ui/SelectField";
import { useForm } from "../../ui/useForm";
import type { Organization } from "../access";
import { GRACE_PERIODS } from "./gracePeriods";
import { useSavedValue } from "./useSavedValue";

/** What keeps an organization from being deleted by a slip. */
export function SafetyForm({
  organization,
}: {
  organization: Organization;
}): ReactNode {
  const { _id: groupId, deletionProtection, deletionGraceMs } = organization;
  const update = useMutation(api.organizations.update);
  const [isProtected, setProtected] = useSavedValue(deletionProtection);
  const [grace, setGrace] = useSavedValue(String(deletionGraceMs));
  const [isSaved, setIsSaved] = useState(false);
  const isSame =
    isProtected === deletionProtection && grace === String(deletionGraceMs);
  const { formProps, failure, isBusy, isBlocked } = useForm({
    validate: () => ({}),
    submit: async () => {
      await update({
        ...{ groupId, deletionProtection: isProtected },
        deletionGraceMs: Number(grace),
      });
      setIsSaved(true);
    },
  });
  return (
    <form {...formProps} className="form">
      <FailureNotice failure={failure} />
      <Checkbox
        name="deletionProtection"
        label="Protect from deletion"
        description="It cannot be deleted while it has other members."
        isChecked={isProtected}
        onChange={setProtected}
      />
      <SelectField
        label="After a deletion, it can be restored for"
        name="deletionGraceMs"
        value={grace}
        onValue={setGrace}
        choices={GRACE_PERIODS}
      />
      <div className="form-actions">
        <Button
          type="submit"
          kind="primary"
          isBusy={isBusy}
          disabled={isBlocked}
        >
          Save safety settings
        </Button>
        <FormStatus>{isSaved && isSame && "Saved"}</FormStatus>
      </div>
    </form>
  );
}
