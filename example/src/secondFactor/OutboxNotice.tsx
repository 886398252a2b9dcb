import type { ReactNode } from "react";
import { Icon } from "../ui/Icon";
import { Notice } from "../ui/Notice";

/** Says where the e-mail is: in this demo, in the outbox. */
export function OutboxNotice(): ReactNode {
  return (
    <Notice>
      This demo sends no real mail. Yours is in its outbox:{" "}
      <a href="/outbox" target="_blank" className="link-with-icon">
        Open the outbox
        <Icon name="external" />
        <span className="visually-hidden"> (opens a new tab)</span>
      </a>
    </Notice>
  );
}
