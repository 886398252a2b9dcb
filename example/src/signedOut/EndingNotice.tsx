import type { AuthStateError, SignOutReason } from "convex-gatehouse/client";
import type { ReactNode } from "react";
import { Notice } from "../ui/Notice";

/** Says why the person is not signed in any more. */
export function EndingNotice({
  ending,
  error,
}: {
  ending: SignOutReason | "deleted" | undefined;
  error: AuthStateError | undefined;
}): ReactNode {
  if (error?.code === "AUTH_HANDSHAKE_REJECTED") {
    return (
      <Notice kind="danger" title="The server did not accept your session">
        Please sign in again.
      </Notice>
    );
  }
  switch (ending) {
    case undefined:
      return null;
    case "signedOut":
      return (
        <Notice kind="success" title="You are signed out">
          See you soon.
        </Notice>
      );
    case "deleted":
      return (
        <Notice kind="success" title="Your account was deleted">
          Nothing of it is left but this goodbye.
        </Notice>
      );
    case "revoked":
      return (
        <Notice kind="danger" title="You were signed out on this device">
          It was done from another device, or your password was changed. Sign in
          again to go on.
        </Notice>
      );
    case "expired":
      return (
        <Notice kind="danger" title="Your session has ended">
          Sign in again to go on where you were.
        </Notice>
      );
  }
}
