import { useAuth } from "convex-gatehouse/react";
import { useState, type ReactNode } from "react";
import { Button } from "../ui/Button";
import { FailureNotice } from "../ui/FailureNotice";
import { PasswordField } from "../ui/PasswordField";
import { fieldErrors, useForm } from "../ui/useForm";
import { newPasswordError } from "../ui/validation";
import { FormStatus } from "./FormStatus";

/** Changing the password, which signs the other devices out. */
export function ChangePasswordForm({ email }: { email: string }): ReactNode {
  const { signIn } = useAuth();
  const [currentPassword, setCurrentPassword] = useState("");
  const [newPassword, setNewPassword] = useState("");
  const [isChanged, setChanged] = useState(false);
  const isEmpty = currentPassword === "" && newPassword === "";
  const { formProps, errors, failure, isBusy, isBlocked } = useForm({
    validate: () =>
      fieldErrors({
        currentPassword:
          currentPassword === "" ? "Enter your current password." : null,
        newPassword: newPasswordError(newPassword),
      }),
    fields: { credentials: "currentPassword", newPassword: "newPassword" },
    texts: { INVALID_CREDENTIALS: "This is not your current password." },
    submit: async () => {
      setChanged(false);
      await signIn("password", {
        flow: "change",
        currentPassword,
        newPassword,
      });
      setCurrentPassword("");
      setNewPassword("");
      setChanged(true);
    },
  });
  return (
    <form {...formProps} className="form">
      <FailureNotice failure={failure} />
      {/* Tells password managers whose password this is. */}
      <input
        className="visually-hidden"
        type="email"
        autoComplete="username"
        value={email}
        readOnly
        tabIndex={-1}
        aria-hidden="true"
      />
      <PasswordField
        label="Current password"
        name="currentPassword"
        value={currentPassword}
        onValue={setCurrentPassword}
        error={errors.currentPassword}
      />
      <PasswordField
        label="New password"
        name="newPassword"
        isNew
        value={newPassword}
        onValue={setNewPassword}
        error={errors.newPassword}
      />
      <div className="form-actions">
        <Button
          type="submit"
          kind="primary"
          isBusy={isBusy}
          disabled={isBlocked}
        >
          Change password
        </Button>
        <FormStatus>{isChanged && isEmpty && "Password changed"}</FormStatus>
      </div>
    </form>
  );
}
