import { useEffect, useState, type ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import type { Farewell } from "../farewell";
import { JoinPage } from "../join/JoinPage";
import { KeysPage } from "../keys/KeysPage";
import { OrganizationPage } from "../organizations/OrganizationPage";
import { OrganizationsPage } from "../organizations/OrganizationsPage";
import { ReportsPage } from "../reports/ReportsPage";
import {
  joinPath,
  readOrganizationPath,
  redirect,
  useInvitationToken,
  usePath,
} from "../router";
import { ErrorBoundary } from "../ui/ErrorBoundary";
import { LoadingPage } from "../ui/LoadingPage";
import { PageFooter } from "../ui/PageFooter";
import { AccountBar } from "./AccountBar";
import { StepUpProvider } from "../stepUp/StepUpProvider";
import { SecurityPage } from "../security/SecurityPage";
import { ActivityPage } from "./ActivityPage";
import { ProfilePage } from "./ProfilePage";
import { SessionsPage } from "./SessionsPage";
import type { Viewer } from "./viewer";
import { useQuery } from "../useQuery";

/** The pages of a signed-in person. */
export function AccountPages({
  onFarewell,
}: {
  onFarewell: (farewell: Farewell) => void;
}): ReactNode {
  const path = usePath();
  const viewer = useViewer();
  const email = viewer?.email;
  useEffect(() => {
    if (email !== undefined) {
      onFarewell({ email, wasDeleted: false });
    }
  }, [email, onFarewell]);
  if (viewer === null) {
    return <LoadingPage />;
  }
  return (
    <StepUpProvider email={viewer.email ?? ""}>
      <AccountBar viewer={viewer} />
      <main className="page">
        {/* Another page begins anew, also after one that failed. */}
        <ErrorBoundary resetKey={path}>
          <Page viewer={viewer} onFarewell={onFarewell} />
        </ErrorBoundary>
      </main>
      <PageFooter />
    </StepUpProvider>
  );
}

/**
 * The signed-in person; `null` while loading. When the session ends, the last
 * answer stays: another page comes, or the person gets another session.
 */
function useViewer(): Viewer | null {
  const viewer = useQuery(api.users.viewer) ?? null;
  const [last, setLast] = useState(viewer);
  if (viewer !== null && viewer !== last) {
    setLast(viewer);
  }
  return viewer ?? last;
}

function Page({
  viewer,
  onFarewell,
}: {
  viewer: Viewer;
  onFarewell: (farewell: Farewell) => void;
}): ReactNode {
  const path = usePath();
  const invitation = useInvitationToken();
  const organization = readOrganizationPath(path);
  const hasPage = organization !== null || PATHS.includes(path);
  useEffect(() => {
    // The forms' pages are no place to be in when one is signed in, nor to
    // come back to after signing out. Who came with an invitation goes on there.
    if (!hasPage) {
      redirect(invitation === null ? "/profile" : joinPath(invitation));
    }
  }, [hasPage, invitation]);
  if (organization !== null) {
    return (
      <OrganizationPage
        key={organization.organizationId}
        route={organization}
      />
    );
  }
  switch (path) {
    case "/sessions":
      return <SessionsPage />;
    case "/security":
      return <SecurityPage email={viewer.email ?? ""} />;
    case "/activity":
      return <ActivityPage />;
    case "/keys":
      return <KeysPage />;
    case "/organizations":
      return <OrganizationsPage />;
    case "/reports":
      return <ReportsPage />;
    case "/join":
      return <JoinPage viewer={viewer} />;
    default:
      return (
        <ProfilePage
          viewer={viewer}
          onDeletion={(wasDeleted) =>
            onFarewell({ email: viewer.email ?? "", wasDeleted })
          }
        />
      );
  }
}

const PATHS: readonly string[] = [
  "/profile",
  "/sessions",
  "/security",
  "/activity",
  "/keys",
  "/organizations",
  "/reports",
  "/join",
];
