import { useMutation } from "convex/react";
import { useState, type ReactNode } from "react";
import { api } from "../../../convex/_generated/api";
import { joinPath } from "../../router";
import { Button } from "../../ui/Button";
import { FailureNotice } from "../../ui/FailureNotice";
import { SelectField } from "../../ui/SelectField";
import { useForm } from "../../ui/useForm";
import type { Role } from "../access";
import { RoleField } from "./RoleField";
import { ShownOnceLink } from "./ShownOnceLink";

const HOUR_MS = 3_600_000;

const LIFETIMES = [
  { value: String(HOUR_MS), label: "1 hour" },
  { value: String(24 * HOUR_MS), label: "1 day" },
  { value: String(7 * 24 * HOUR_MS), label: "7 days" },
  { value: String(30 * 24 * HOUR_MS), label: "30 days" },
];

const USES = [
  { value: "1", label: "1 person" },
  { value: "5", label: "5 people" },
  { value: "25", label: "25 people" },
  { value: "100", label: "100 people" },
];

/** Making a link with which people can join. */
export function InviteByLinkForm({
  groupId,
  roles,
}: {
  groupId: string;
  roles: readonly Role[];
}): ReactNode {
  const create = useMutation(api.invitations.createLink);
  const [role, setRole] = useState("member");
  const [uses, setUses] = useState("5");
  const [lifetime, setLifetime] = useState(String(7 * 24 * HOUR_MS));
  const [link, setLink] = useState<string | null>(null);
  const { formProps, failure, isBusy, isBlocked } = useForm({
    validate: () => ({}),
    submit: async () => {
      setLink(null);
      const token = await create({
        ...{ groupId, roles: [role] },
        maxUses: Number(uses),
        lifetimeMs: Number(lifetime),
      });
      setLink(window.location.origin + joinPath(token));
    },
  });
  return (
    <form {...formProps} className="form" aria-label="Invite by link">
      <FailureNotice failure={failure} />
      <RoleField roles={roles} value={role} onValue={setRole} />
      <div className="field-pair">
        <SelectField
          label="For"
          name="uses"
          value={uses}
          onValue={setUses}
          choices={USES}
        />
        <SelectField
          label="Valid for"
          name="lifetime"
          value={lifetime}
          onValue={setLifetime}
          choices={LIFETIMES}
        />
      </div>
      <div className="form-actions">
        <Button
          type="submit"
          kind={link === null ? "primary" : "secondary"}
          isBusy={isBusy}
          disabled={isBlocked}
        >
          {link === null ? "Create link" : "Create another link"}
        </Button>
      </div>
      {link !== null && (
        <ShownOnceLink link={link} onDone={() => setLink(null)} />
      )}
    </form>
  );
}
