import type { ButtonHTMLAttributes, ReactNode } from "react";

/** How a button looks. */
export type ButtonKind = "primary" | "secondary" | "danger" | "plain";

/**
 * A button. While it is busy or disabled it ignores clicks, but keeps the
 * focus: one that vanished from under the keyboard would send it to the top.
 */
export function Button({
  kind = "secondary",
  isBusy = false,
  disabled = false,
  type = "button",
  onClick,
  children,
  ...attributes
}: {
  kind?: ButtonKind;
  isBusy?: boolean;
} & ButtonHTMLAttributes<HTMLButtonElement>): ReactNode {
  return (
    <button
      {...attributes}
      type={type}
      className={`button button-${kind}`}
      aria-busy={isBusy}
      aria-disabled={isBusy || disabled}
      onClick={(event) => {
        if (isBusy || disabled) {
          // Enter in a field clicks the form's button, too.
          event.preventDefault();
        } else {
          onClick?.(event);
        }
      }}
    >
      {isBusy && <span className="spinner" aria-hidden="true" />}
      {children}
    </button>
  );
}
