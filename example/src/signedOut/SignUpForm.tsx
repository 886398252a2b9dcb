import { useAuth } from "convex-gatehouse/react";
import { useState, type ReactNode } from "react";
import { Button } from "../ui/Button";
import { EmailField } from "../ui/EmailField";
import { FailureNotice } from "../ui/FailureNotice";
import { Link } from "../ui/Link";
import { PageHeading } from "../ui/PageHeading";
import { PasswordField } from "../ui/PasswordField";
import { TextField } from "../ui/TextField";
import { fieldErrors, useForm } from "../ui/useForm";
import { emailError, newPasswordError } from "../ui/validation";
import { sentCode } from "./emailCode";
import type { StepProps } from "./stepProps";

/** Making an account. */
export function SignUpForm({ email, onEmail, onCode }: StepProps): ReactNode {
  const { signIn } = useAuth();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const { formProps, errors, failure, isBusy, isBlocked } = useForm({
    validate: () =>
      fieldErrors({
        email: emailError(email),
        password: newPasswordError(password),
      }),
    fields: {
      email: "email",
      credentials: "password",
      newPassword: "password",
    },
    submit: async () => {
      const request = {
        flow: "signUp",
        email,
        password,
        name: name.trim() === "" ? undefined : name.trim(),
      };
      onCode(sentCode(await signIn("password", request), request));
    },
  });
  return (
    <form {...formProps} className="form" aria-label="Create account">
      <PageHeading title="Create account">
        <p>It takes a minute, and no real mailbox.</p>
      </PageHeading>
      <FailureNotice failure={failure} />
      <TextField
        label="Name"
        name="name"
        autoComplete="name"
        maxLength={256}
        value={name}
        onValue={setName}
        hint="Optional"
      />
      <EmailField value={email} onValue={onEmail} error={errors.email} />
      <PasswordField
        label="Password"
        name="password"
        isNew
        value={password}
        onValue={setPassword}
        error={errors.password}
      />
      <Button type="submit" kind="primary" isBusy={isBusy} disabled={isBlocked}>
        Create account
      </Button>
      <p className="form-alternative">
        Do you have an account? <Link to="/sign-in">Sign in</Link>
      </p>
    </form>
  );
}
