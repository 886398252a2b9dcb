import type { ReactNode } from "react";
import { Icon } from "../ui/Icon";
import { Notice } from "../ui/Notice";

/** Says where the e-mail is: in this demo, in the outbox. */
export function CodeStepHeading({
  title,
  email,
  children,
}: {
  title: string;
  email: string;
  children: ReactNode;
}): ReactNode {
  return (
    <>
      {/* The code field has the focus, hence no `PageHeading`. */}
      <header className="page-heading">
        <title>{`${title} · Gatehouse demo`}</title>
        <h1>{title}</h1>
        <p>
          {children} <strong className="breakable">{email}</strong>.
        </p>
      </header>
      <Notice>
        This demo sends no real mail. Yours is in its outbox:{" "}
        <a href="/outbox" target="_blank" className="link-with-icon">
          Open the outbox
          <Icon name="external" />
          <span className="visually-hidden"> (opens a new tab)</span>
        </a>
      </Notice>
    </>
  );
}
