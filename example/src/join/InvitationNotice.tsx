import type { ReactNode } from "react";
import { Notice } from "../ui/Notice";
import { obstacle, offer, type Invitation } from "./invitation";

/** Tells who is not signed in what the invitation is for. */
export function InvitationNotice({
  invitation,
}: {
  /** `undefined`: there is none, or it is not known yet. */
  invitation: Invitation | null | undefined;
}): ReactNode {
  if (invitation === undefined) {
    return null;
  }
  const found = obstacle(invitation);
  if (found !== null || invitation === null) {
    return (
      <Notice kind="danger" title={found?.title ?? ""}>
        {found?.text}
      </Notice>
    );
  }
  return (
    <Notice icon="mail" title={`Join ${invitation.groupName ?? "us"}`}>
      {offer(invitation)} Create an account or sign in, and accept.
    </Notice>
  );
}
