import { useAuthClient } from "convex-gatehouse/react";
import type { SignInResult } from "convex-gatehouse/client";
import { useEffect, useId, useRef, useState, type ReactNode } from "react";
import { inOrder } from "../secondFactor/methods";
import { SecondFactorForms } from "../secondFactor/SecondFactorForms";
import { Button } from "../ui/Button";
import { FailureNotice } from "../ui/FailureNotice";
import { PasswordField } from "../ui/PasswordField";
import { fieldErrors, useForm } from "../ui/useForm";
import { useTask } from "../ui/useTask";
import { passwordError } from "../ui/validation";

/** Asks the signed-in person to prove again who they are. */
export function StepUpDialog({
  email,
  methods,
  onAnswer,
}: {
  email: string;
  /** What proves enough; the password or a passkey if empty. */
  methods: readonly string[];
  onAnswer: (isConfirmed: boolean) => void;
}): ReactNode {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  // The password may turn out not to be enough.
  const [challenge, setChallenge] = useState<
    Extract<SignInResult, { kind: "totpRequired" }> | undefined
  >();
  useEffect(() => {
    const element = dialog.current;
    if (element?.open === false) {
      element.showModal();
      // Not the field that only password managers see.
      element.querySelector<HTMLElement>('input:not([tabindex="-1"])')?.focus();
    }
  }, []);

  function finish(result: SignInResult): void {
    if (result.kind === "totpRequired") {
      setChallenge(result);
    } else {
      onAnswer(true);
    }
  }

  const asked = inOrder(challenge?.methods ?? methods);
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={id}
      onClose={() => onAnswer(false)}
    >
      <h2 id={id}>Confirm that it is you</h2>
      <div className="form">
        <p>
          This is something that only you should do, so that nobody else can who
          finds your browser open.
        </p>
        {asked.length > 0 ? (
          <SecondFactorForms
            key={challenge?.verifier ?? ""}
            methods={asked}
            verifier={challenge?.verifier}
            canTrust={false}
            onDone={finish}
          />
        ) : (
          <FirstFactorForm email={email} onDone={finish} />
        )}
        <Button onClick={() => dialog.current?.close()}>Cancel</Button>
      </div>
    </dialog>
  );
}

function FirstFactorForm({
  email,
  onDone,
}: {
  email: string;
  onDone: (result: SignInResult) => void;
}): ReactNode {
  const { signIn, passkey } = useAuthClient();
  const task = useTask();
  const [password, setPassword] = useState("");
  const { formProps, errors, failure, isBusy, isBlocked } = useForm({
    validate: () => fieldErrors({ password: passwordError(password) }),
    fields: { credentials: "password" },
    texts: { INVALID_CREDENTIALS: "This is not your password." },
    submit: async () =>
      onDone(await signIn("password", { flow: "signIn", email, password })),
  });
  return (
    <>
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
          label="Your password"
          name="password"
          value={password}
          onValue={setPassword}
          error={errors.password}
        />
        <Button
          type="submit"
          kind="primary"
          isBusy={isBusy}
          disabled={isBlocked}
        >
          Confirm
        </Button>
      </form>
      {passkey.isSupported() && (
        <>
          <FailureNotice failure={task.failure} />
          <Button
            isBusy={task.isBusy}
            onClick={() =>
              void task.run(async () => onDone(await passkey.signIn({ email })))
            }
          >
            Use a passkey
          </Button>
        </>
      )}
    </>
  );
}
