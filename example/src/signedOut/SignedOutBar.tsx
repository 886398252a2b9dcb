import type { ReactNode } from "react";
import { Icon } from "../ui/Icon";
import { Link } from "../ui/Link";
import { Logo } from "../ui/Logo";

/** The top of the pages that need no session. */
export function SignedOutBar({ link }: { link?: ReactNode }): ReactNode {
  return (
    <header className="bar">
      <div className="bar-row">
        <Link to="/" className="bar-home">
          <Logo />
        </Link>
        {link ?? (
          <Link to="/outbox" className="bar-link" target="_blank">
            <Icon name="mail" />
            Outbox
            <span className="visually-hidden"> (opens a new tab)</span>
          </Link>
        )}
      </div>
    </header>
  );
}
