import { useAuth } from "convex-gatehouse/react";
import { useState, type ReactNode } from "react";
import { Button } from "../ui/Button";
import { EmailField } from "../ui/EmailField";
import { FailureNotice } from "../ui/FailureNotice";
import { Link } from "../ui/Link";
import { PageHeading } from "../ui/PageHeading";
import { PasswordField } from "../ui/PasswordField";
import { fieldErrors, useForm } from "../ui/useForm";
import { emailError, passwordError } from "../ui/validation";
import { sentCode } from "./emailCode";
import { PasskeySignIn } from "./PasskeySignIn";
import { challengeOf } from "./SecondFactorStep";
import { usePasskeyAutofill } from "./usePasskeyAutofill";
import type { StepProps } from "./stepProps";

/** Signing in with a password. */
export function SignInForm({
  email,
  onEmail,
  onCode,
  onChallenge,
}: StepProps): ReactNode {
  const { signIn } = useAuth();
  const offerPasskeys = usePasskeyAutofill(onChallenge);
  const [password, setPassword] = useState("");
  const { formProps, errors, failure, isBusy, isBlocked } = useForm({
    validate: () =>
      fieldErrors({
        email: emailError(email),
        password: passwordError(password),
      }),
    fields: {
      email: "email",
      credentials: "password",
      newPassword: "password",
    },
    submit: async () => {
      const request = { flow: "signIn", email, password };
      const result = await signIn("password", request);
      onCode(sentCode(result, request));
      onChallenge(challengeOf(result));
    },
  });
  return (
    <form {...formProps} className="form" aria-label="Sign in">
      <PageHeading title="Sign in">
        <p>Good to see you again.</p>
      </PageHeading>
      <FailureNotice failure={failure} />
      <EmailField
        value={email}
        onValue={onEmail}
        error={errors.email}
        offersPasskeys
      />
      <PasswordField
        label="Password"
        name="password"
        value={password}
        onValue={setPassword}
        error={errors.password}
      />
      <Link to="/forgot-password" className="form-aside">
        Forgot your password?
      </Link>
      <Button type="submit" kind="primary" isBusy={isBusy} disabled={isBlocked}>
        Sign in
      </Button>
      <PasskeySignIn
        email={email}
        onChallenge={onChallenge}
        onFailure={offerPasskeys}
      />
      <p className="form-alternative">
        New here? <Link to="/sign-up">Create an account</Link>
      </p>
    </form>
  );
}
