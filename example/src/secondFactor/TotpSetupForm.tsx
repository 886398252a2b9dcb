import type { TotpSetup } from "convex-gatehouse/client";
import { useAuthClient } from "convex-gatehouse/react";
import { useState, type ReactNode } from "react";
import { Button } from "../ui/Button";
import { CopyButton } from "../ui/CopyButton";
import { FailureNotice } from "../ui/FailureNotice";
import { TextField } from "../ui/TextField";
import { useForm } from "../ui/useForm";
import { useStepUp } from "../stepUp/stepUpContext";
import { FirstCodeForm } from "./FirstCodeForm";
import { QrCode } from "./QrCode";

/** Setting an authenticator app up: its name, its secret, its first code. */
export function TotpSetupForm({
  onDone,
  children,
}: {
  onDone: () => void;
  /** What stands beside the buttons. */
  children?: ReactNode;
}): ReactNode {
  const { totp } = useAuthClient();
  const [setup, setSetup] = useState<TotpSetup | null>(null);
  return setup === null ? (
    <NameForm onSetup={setSetup}>{children}</NameForm>
  ) : (
    <FirstCodeForm
      label="Code that the app shows"
      intro={<Secret setup={setup} />}
      beside={children}
      onCode={(code) => totp.verify({ code, totpId: setup.totpId })}
      onDone={onDone}
    />
  );
}

function NameForm({
  onSetup,
  children,
}: {
  onSetup: (setup: TotpSetup) => void;
  children: ReactNode;
}): ReactNode {
  const { totp } = useAuthClient();
  const withStepUp = useStepUp();
  const [name, setName] = useState("");
  const { formProps, failure, isBusy, isBlocked } = useForm({
    validate: () => ({}),
    submit: async () => {
      const trimmed = name.trim();
      const options = trimmed === "" ? {} : { name: trimmed };
      onSetup(await withStepUp(() => totp.enroll(options)));
    },
  });
  return (
    <form {...formProps} className="form">
      <TextField
        label="Name of the app or device"
        name="name"
        autoComplete="off"
        maxLength={64}
        autoFocus
        placeholder="My phone"
        hint="You may leave this empty."
        value={name}
        onValue={setName}
      />
      <FailureNotice failure={failure} />
      <div className="form-actions">
        <Button
          type="submit"
          kind="primary"
          isBusy={isBusy}
          disabled={isBlocked}
        >
          Continue
        </Button>
        {children}
      </div>
    </form>
  );
}

/** The secret, to be scanned or to be typed. */
function Secret({ setup: { uri, secret } }: { setup: TotpSetup }): ReactNode {
  return (
    <>
      <p>Scan this with your authenticator app.</p>
      <QrCode text={uri} label="QR code for your authenticator app" />
      <details className="secret">
        <summary>Type it in instead</summary>
        <p className="secret-text">
          <code aria-label="Secret">{inGroups(secret)}</code>
          <CopyButton text={secret} label="Copy the secret" />
        </p>
        <p className="field-hint">
          Choose “time-based” if the app asks. Spaces do not matter.
        </p>
      </details>
    </>
  );
}

/** A secret in groups of four, as people type it. */
function inGroups(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(" ") ?? secret;
}
