import { useState, type ReactNode } from "react";
import { NewRecoveryCodes } from "./NewRecoveryCodes";
import { RecoveryCodesContext } from "./recoveryCodesContext";

/** Shows recovery codes above whatever page there is. */
export function RecoveryCodesProvider({
  children,
}: {
  children: ReactNode;
}): ReactNode {
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  return (
    <RecoveryCodesContext value={setCodes}>
      {children}
      {codes !== null && (
        <NewRecoveryCodes
          codes={codes}
          onSaved={() => {
            setCodes(null);
            requestAnimationFrame(focusPage);
          }}
        />
      )}
    </RecoveryCodesContext>
  );
}

/** What asked for the codes may have gone, and the focus with it. */
function focusPage(): void {
  if (document.activeElement === document.body) {
    document.querySelector<HTMLElement>("main h1")?.focus();
  }
}
