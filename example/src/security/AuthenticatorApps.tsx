import { useMutation } from "convex/react";
import type { ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { exactTime } from "../relativeTime";
import { TotpSetupForm } from "../secondFactor/TotpSetupForm";
import { useStepUp } from "../stepUp/stepUpContext";
import { Button } from "../ui/Button";
import { ConfirmForm } from "../ui/ConfirmForm";
import { DialogButton } from "../ui/DialogButton";
import { Icon } from "../ui/Icon";
import { Panel } from "../ui/Panel";
import { useStatus } from "../ui/useStatus";
import type { SecondFactors } from "./secondFactors";

type Totp = SecondFactors["totps"][number];

/** The person's authenticator apps. */
export function AuthenticatorApps({
  totps,
}: {
  totps: readonly Totp[];
}): ReactNode {
  const { place, text, say } = useStatus<HTMLDivElement>();
  return (
    <Panel
      title="Authenticator apps"
      description="After the password you enter the code that an app on your phone shows."
    >
      <div
        ref={place}
        role="group"
        aria-label="Authenticator apps"
        tabIndex={-1}
      >
        {totps.length > 0 && (
          <ul className="rows" aria-label="Your authenticator apps">
            {totps.map((totp) => (
              <AppItem key={totp._id} totp={totp} onDone={say} />
            ))}
          </ul>
        )}
        <div className="form-actions">
          <DialogButton
            text="Add an authenticator app"
            icon="plus"
            kind={totps.length === 0 ? "primary" : "secondary"}
            title="Add an authenticator app"
          >
            {(close) => (
              <TotpSetupForm
                onDone={() => {
                  say("The app is set up.");
                  close();
                }}
              >
                <Button onClick={close}>Cancel</Button>
              </TotpSetupForm>
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

function AppItem({
  totp: { _id: totpId, name, verifiedTime },
  onDone,
}: {
  totp: Totp;
  onDone: (text: string) => void;
}): ReactNode {
  const remove = useMutation(api.secondFactors.removeTotp);
  const withStepUp = useStepUp();
  const title = name ?? "Authenticator app";
  return (
    <li className="row">
      <span className="row-icon">
        <Icon name="phone" />
      </span>
      <div className="row-text">
        <p className="row-title">
          <strong className="breakable">{title}</strong>
        </p>
        <p className="details">
          <span>Added {exactTime(verifiedTime)}</span>
        </p>
      </div>
      <DialogButton
        text="Remove"
        label={`Remove ${title}`}
        kind="danger"
        title={`Remove ${title}?`}
      >
        {(close) => (
          <ConfirmForm
            action="Remove"
            close={close}
            onConfirm={async () => {
              await withStepUp(() => remove({ totpId }));
              onDone(`${title} was removed.`);
            }}
          >
            <p>Its codes do not let you in any more.</p>
          </ConfirmForm>
        )}
      </DialogButton>
    </li>
  );
}
