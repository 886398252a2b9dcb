import type { FunctionReturnType } from "convex/server";
import type { ReactNode } from "react";
import type { api } from "../../convex/_generated/api";
import { CopyButton } from "../ui/CopyButton";
import { Icon } from "../ui/Icon";
import { RelativeTime } from "../ui/RelativeTime";

type Email = FunctionReturnType<typeof api.outbox.list>[number];

/** One e-mail, with its code in large digits, or its link. */
export function OutboxEmail({ email }: { email: Email }): ReactNode {
  const { code, link } = email;
  return (
    <article className="panel email">
      <header className="email-header">
        <h2>{email.subject}</h2>
        <p className="details">
          <span className="breakable">To {email.to}</span>
          <RelativeTime time={email._creationTime} />
        </p>
      </header>
      <p>{email.text}</p>
      {code !== undefined && (
        <div className="email-code">
          <code>{code}</code>
          <CopyButton text={code} label={`Copy code ${code}`} />
        </div>
      )}
      {link !== undefined && (
        <div className="email-link">
          <a href={link} className="link-with-icon">
            Open the invitation
            <Icon name="link" />
          </a>
          <CopyButton text={link} label={`Copy the link to ${email.to}`} />
        </div>
      )}
    </article>
  );
}
