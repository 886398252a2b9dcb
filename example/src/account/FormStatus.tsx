import type { ReactNode } from "react";
import { Icon } from "../ui/Icon";

/** What became of a form, beside its button. */
export function FormStatus({ children }: { children: ReactNode }): ReactNode {
  const hasText = children !== false && children !== null;
  return (
    <span className="form-status" role="status">
      {hasText && (
        <>
          <Icon name="check" />
          {children}
        </>
      )}
    </span>
  );
}
