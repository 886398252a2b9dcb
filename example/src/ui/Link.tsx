import type { AnchorHTMLAttributes, ReactNode } from "react";
import { hrefOf, navigate, type Path } from "../router";

/** A link to another page of the demo. */
export function Link({
  to,
  children,
  ...attributes
}: { to: Path } & AnchorHTMLAttributes<HTMLAnchorElement>): ReactNode {
  return (
    <a
      {...attributes}
      href={hrefOf(to)}
      onClick={(event) => {
        // A click that asks for another tab or window is the browser's.
        const isPlain =
          event.button === 0 &&
          !event.metaKey &&
          !event.ctrlKey &&
          !event.shiftKey &&
          !event.altKey;
        if (isPlain && attributes.target === undefined) {
          event.preventDefault();
          navigate(to);
        }
      }}
    >
      {children}
    </a>
  );
}
