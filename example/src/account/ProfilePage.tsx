import type { ReactNode } from "react";
import { exactTime } from "../relativeTime";
import { Icon } from "../ui/Icon";
import { PageHeading } from "../ui/PageHeading";
import { Panel } from "../ui/Panel";
import { ChangePasswordForm } from "./ChangePasswordForm";
import { DeleteAccount } from "./DeleteAccount";
import { NameForm } from "./NameForm";
import type { Viewer } from "./viewer";

/** Who the person is, and what can be changed about that. */
export function ProfilePage({
  viewer,
  onDeletion,
}: {
  viewer: Viewer;
  onDeletion: (isDeleted: boolean) => void;
}): ReactNode {
  return (
    <>
      <PageHeading title="Profile">
        <p>Member since {exactTime(viewer._creationTime)}.</p>
      </PageHeading>
      <Panel title="About you">
        <dl className="facts">
          <dt>E-mail</dt>
          <dd>
            <span className="breakable">{viewer.email ?? "None"}</span>
            <EmailMark viewer={viewer} />
          </dd>
        </dl>
        <NameForm name={viewer.name ?? ""} />
      </Panel>
      <Panel
        title="Change password"
        description="Your other devices will be signed out."
      >
        <ChangePasswordForm email={viewer.email ?? ""} />
      </Panel>
      <Panel
        title="Delete account"
        description="Your account and everything in it goes for good."
        isDangerous
      >
        <DeleteAccount onDeletion={onDeletion} />
      </Panel>
    </>
  );
}

function EmailMark({ viewer }: { viewer: Viewer }): ReactNode {
  const time = viewer.emailVerificationTime;
  return time === undefined ? (
    <span className="badge">Not verified</span>
  ) : (
    <span className="badge badge-good" title={`Verified ${exactTime(time)}`}>
      <Icon name="check" />
      Verified
    </span>
  );
}
