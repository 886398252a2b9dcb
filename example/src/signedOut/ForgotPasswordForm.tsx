import { useAuth } from "convex-gatehouse/react";
import type { ReactNode } from "react";
import { Button } from "../ui/Button";
import { EmailField } from "../ui/EmailField";
import { FailureNotice } from "../ui/FailureNotice";
import { Link } from "../ui/Link";
import { PageHeading } from "../ui/PageHeading";
import { fieldErrors, useForm } from "../ui/useForm";
import { emailError } from "../ui/validation";
import { sentCode } from "./emailCode";
import type { StepProps } from "./stepProps";

/** Asking for a code with which a new password can be chosen. */
export function ForgotPasswordForm({
  email,
  onEmail,
  onCode,
}: StepProps): ReactNode {
  const { signIn } = useAuth();
  const { formProps, errors, failure, isBusy, isBlocked } = useForm({
    validate: () => fieldErrors({ email: emailError(email) }),
    fields: { email: "email" },
    submit: async () => {
      const request = { flow: "reset", email };
      onCode(sentCode(await signIn("password", request), request));
    },
  });
  return (
    <form {...formProps} className="form" aria-label="Forgot your password?">
      <PageHeading title="Forgot your password?">
        <p>We send you a code, and you choose a new one.</p>
      </PageHeading>
      <FailureNotice failure={failure} />
      <EmailField value={email} onValue={onEmail} error={errors.email} />
      <Button type="submit" kind="primary" isBusy={isBusy} disabled={isBlocked}>
        Send code
      </Button>
      <p className="form-alternative">
        <Link to="/sign-in">Back to sign in</Link>
      </p>
    </form>
  );
}
