import { useMutation } from "convex/react";
import type { ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { exactTime } from "../relativeTime";
import { EmailCodeSetupForm } from "../secondFactor/EmailCodeSetupForm";
import { useStepUp } from "../stepUp/stepUpContext";
import { Button } from "../ui/Button";
import { ConfirmForm } from "../ui/ConfirmForm";
import { DialogButton } from "../ui/DialogButton";
import { Icon } from "../ui/Icon";
import { Panel } from "../ui/Panel";
import { useStatus } from "../ui/useStatus";
import type { SecondFactors } from "./secondFactors";

type CodeFactor = SecondFactors["codes"][number];

/** The addresses to which codes are sent. */
export function EmailCodes({
  codes,
  email,
}: {
  codes: readonly CodeFactor[];
  /** The address to begin with. */
  email: string;
}): ReactNode {
  const { place, text, say } = useStatus<HTMLDivElement>();
  return (
    <Panel
      title="Codes by e-mail"
      description="After the password you enter a code that we send you. An authenticator app is safer."
    >
      <div ref={place} role="group" aria-label="Codes by e-mail" tabIndex={-1}>
        {codes.length > 0 && (
          <ul className="rows" aria-label="Addresses for codes">
            {codes.map((code) => (
              <AddressItem key={code._id} code={code} onDone={say} />
            ))}
          </ul>
        )}
        <div className="form-actions">
          <DialogButton
            text="Add an address"
            icon="plus"
            title="Get codes by e-mail"
          >
            {(close) => (
              <EmailCodeSetupForm
                email={email}
                onDone={() => {
                  say("Codes by e-mail are set up.");
                  close();
                }}
              >
                <Button onClick={close}>Cancel</Button>
              </EmailCodeSetupForm>
            )}
          </DialogButton>
          <p role="status" className="status-line">
            {text}
          </p>
        </div>
      </div>
    </Panel>
  );
}

function AddressItem({
  code: { _id: codeFactorId, to, method, verifiedTime },
  onDone,
}: {
  code: CodeFactor;
  onDone: (text: string) => void;
}): ReactNode {
  const remove = useMutation(api.secondFactors.removeCode);
  const withStepUp = useStepUp();
  return (
    <li className="row">
      <span className="row-icon">
        <Icon name={method === "emailCode" ? "mail" : "phone"} />
      </span>
      <div className="row-text">
        <p className="row-title">
          <strong className="breakable">{to}</strong>
        </p>
        <p className="details">
          <span>Added {exactTime(verifiedTime)}</span>
        </p>
      </div>
      <DialogButton
        text="Remove"
        label={`Remove ${to}`}
        kind="danger"
        title={`Send no more codes to ${to}?`}
      >
        {(close) => (
          <ConfirmForm
            action="Remove"
            close={close}
            onConfirm={async () => {
              await withStepUp(() => remove({ codeFactorId }));
              onDone(`${to} was removed.`);
            }}
          >
            <p>You can still sign in with your password and other factors.</p>
          </ConfirmForm>
        )}
      </DialogButton>
    </li>
  );
}
