import { useAuthClient } from "convex-gatehouse/react";
import { useState, type ReactNode } from "react";
import { useStepUp } from "../stepUp/stepUpContext";
import { Button } from "../ui/Button";
import { EmailField } from "../ui/EmailField";
import { FailureNotice } from "../ui/FailureNotice";
import { fieldErrors, useForm } from "../ui/useForm";
import { emailError } from "../ui/validation";
import { FirstCodeForm } from "./FirstCodeForm";
import { OutboxNotice } from "./OutboxNotice";

/** Setting codes by e-mail up: the address, and the first code. */
export function EmailCodeSetupForm({
  email,
  onDone,
  children,
}: {
  /** The address to begin with; empty where the page does not know it. */
  email: string;
  onDone: () => void;
  /** What stands beside the buttons. */
  children?: ReactNode;
}): ReactNode {
  const { secondFactor } = useAuthClient();
  const [verifier, setVerifier] = useState<string | null>(null);
  return verifier === null ? (
    <AddressForm email={email} onSent={setVerifier}>
      {children}
    </AddressForm>
  ) : (
    <FirstCodeForm
      intro={<OutboxNotice />}
      beside={children}
      onCode={(code) =>
        secondFactor.confirmCode({ method: "emailCode", verifier, code })
      }
      onDone={onDone}
    />
  );
}

function AddressForm({
  email,
  onSent,
  children,
}: {
  email: string;
  onSent: (verifier: string) => void;
  children: ReactNode;
}): ReactNode {
  const { secondFactor } = useAuthClient();
  const withStepUp = useStepUp();
  const [to, setTo] = useState(email);
  // The server knows the address of the account where the page does not.
  const isOwnMeant = email === "" && to.trim() === "";
  const { formProps, errors, failure, isBusy, isBlocked } = useForm({
    validate: () => fieldErrors({ email: isOwnMeant ? null : emailError(to) }),
    fields: { email: "email" },
    texts: {
      SECOND_FACTOR_NOT_ENROLLED:
        "A code from your mailbox has let you in, so that another one would prove nothing more. Sign in with your password first, or set up something else.",
    },
    submit: async () => {
      const sent = await withStepUp(() =>
        secondFactor.enrollCode({
          method: "emailCode",
          ...(isOwnMeant ? {} : { to }),
        }),
      );
      onSent(sent.verifier);
    },
  });
  return (
    <form {...formProps} className="form">
      <EmailField
        value={to}
        onValue={setTo}
        error={errors.email}
        {...(email === "" && {
          required: false,
          hint: "Leave this empty for the address of your account.",
        })}
      />
      <FailureNotice failure={failure} />
      <div className="form-actions">
        <Button
          type="submit"
          kind="primary"
          isBusy={isBusy}
          disabled={isBlocked}
        >
          Send a code
        </Button>
        {children}
      </div>
    </form>
  );
}
