import type { TotpSetup } from "convex-gatehouse/client";
import { useAuthClient } from "convex-gatehouse/react";
import { useState, type ReactNode } from "react";
import { Button } from "../ui/Button";
import { CodeField } from "../ui/CodeField";
import { CopyButton } from "../ui/CopyButton";
import { FailureNotice } from "../ui/FailureNotice";
import { TextField } from "../ui/TextField";
import { fieldErrors, useForm } from "../ui/useForm";
import { useStepUp } from "../stepUp/stepUpContext";
import { FACTOR_CODE_DIGITS, factorCodeError } from "./factorCode";
import { QrCode } from "./QrCode";
import { useShowRecoveryCodes } from "./recoveryCodesContext";

/** Setting an authenticator app up: its name, its secret, its first code. */
export function TotpSetupForm({
  onDone,
  children,
}: {
  onDone: () => void;
  /** What stands beside the buttons. */
  children?: ReactNode;
}): ReactNode {
  const [setup, setSetup] = useState<TotpSetup | null>(null);
  return setup === null ? (
    <NameForm onSetup={setSetup}>{children}</NameForm>
  ) : (
    <FirstCodeForm setup={setup} onDone={onDone}>
      {children}
    </FirstCodeForm>
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

function FirstCodeForm({
  setup: { uri, secret, totpId },
  onDone,
  children,
}: {
  setup: TotpSetup;
  onDone: () => void;
  children: ReactNode;
}): ReactNode {
  const { totp } = useAuthClient();
  const withStepUp = useStepUp();
  const showRecoveryCodes = useShowRecoveryCodes();
  const [code, setCode] = useState("");
  const { formProps, errors, failure, isBusy, isBlocked } = useForm({
    validate: () => fieldErrors({ code: factorCodeError(code) }),
    fields: { code: "code" },
    submit: async () => {
      const result = await withStepUp(() => totp.verify({ code, totpId }));
      if (result.kind === "signedIn" && result.recoveryCodes !== undefined) {
        showRecoveryCodes(result.recoveryCodes);
      }
      onDone();
    },
  });
  return (
    <form {...formProps} className="form">
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
      <CodeField
        label="Code that the app shows"
        length={FACTOR_CODE_DIGITS}
        value={code}
        onValue={setCode}
        error={errors.code}
      />
      <FailureNotice failure={failure} />
      <div className="form-actions">
        <Button
          type="submit"
          kind="primary"
          isBusy={isBusy}
          disabled={isBlocked}
        >
          Turn on
        </Button>
        {children}
      </div>
    </form>
  );
}

/** A secret in groups of four, as people type it. */
function inGroups(secret: string): string {
  return secret.match(/.{1,4}/g)?.join(" ") ?? secret;
}
