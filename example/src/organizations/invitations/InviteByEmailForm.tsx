import { useAction } from "convex/react";
import { useState, type ReactNode } from "react";
import { api } from "../../../convex/_generated/api";
import { FormStatus } from "../../account/FormStatus";
import { Button } from "../../ui/Button";
import { FailureNotice } from "../../ui/FailureNotice";
import { TextField } from "../../ui/TextField";
import { fieldErrors, useForm } from "../../ui/useForm";
import { emailError } from "../../ui/validation";
import type { Role } from "../access";
import { RoleField } from "./RoleField";

/** Inviting one person by e-mail. */
export function InviteByEmailForm({
  groupId,
  roles,
}: {
  groupId: string;
  roles: readonly Role[];
}): ReactNode {
  const send = useAction(api.invitations.sendByEmail);
  const [email, setEmail] = useState("");
  const [role, setRole] = useState("member");
  const [isSent, setSent] = useState(false);
  const { formProps, errors, failure, isBusy, isBlocked } = useForm({
    validate: () => fieldErrors({ email: emailError(email) }),
    fields: { email: "email" },
    texts: {
      RATE_LIMITED: "Too many invitations were sent. Try again later.",
    },
    submit: async () => {
      setSent(false);
      await send({ groupId, email, roles: [role] });
      setEmail("");
      setSent(true);
    },
  });
  return (
    <form {...formProps} className="form" aria-label="Invite by e-mail">
      <FailureNotice failure={failure} />
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        value={email}
        onValue={setEmail}
        error={errors.email}
      />
      <RoleField roles={roles} value={role} onValue={setRole} />
      <div className="form-actions">
        <Button
          type="submit"
          kind="primary"
          isBusy={isBusy}
          disabled={isBlocked}
        >
          Send invitation
        </Button>
        <FormStatus>{isSent && email === "" && "Sent"}</FormStatus>
      </div>
    </form>
  );
}
