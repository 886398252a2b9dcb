import { useAuthClient } from "convex-gatehouse/react";
import type { ReactNode } from "react";
import { useShowRecoveryCodes } from "../secondFactor/recoveryCodesContext";
import { useStepUp } from "../stepUp/stepUpContext";
import { ConfirmForm } from "../ui/ConfirmForm";
import { DialogButton } from "../ui/DialogButton";
import { Notice } from "../ui/Notice";
import { Panel } from "../ui/Panel";

/** With so few codes left, it is time for new ones. */
const FEW = 3;

/** How many recovery codes are left, and making new ones. */
export function RecoveryCodes({ left }: { left: number }): ReactNode {
  const { secondFactor } = useAuthClient();
  const withStepUp = useStepUp();
  const showRecoveryCodes = useShowRecoveryCodes();
  return (
    <Panel
      title="Recovery codes"
      description="For the day on which your phone is lost: each lets you in once."
    >
      <div className="form">
        {left < FEW && (
          <Notice kind="warning">
            {left === 0
              ? "You have no recovery codes. Make new ones and keep them."
              : "You have used most of them. Make new ones."}
          </Notice>
        )}
        <p>{left === 1 ? "1 code is left." : `${left} codes are left.`}</p>
        <div className="form-actions">
          <DialogButton text="Make new codes" title="Make new recovery codes?">
            {(close) => (
              <ConfirmForm
                action="Make new codes"
                close={close}
                onConfirm={async () => {
                  const codes = await withStepUp(() =>
                    secondFactor.recoveryCodes(),
                  );
                  showRecoveryCodes(codes);
                }}
              >
                <p>The codes that you have now do not work any more then.</p>
              </ConfirmForm>
            )}
          </DialogButton>
        </div>
      </div>
    </Panel>
  );
}
