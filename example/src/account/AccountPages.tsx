import { useQuery } from "convex/react";
import { useEffect, type ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import type { Farewell } from "../App";
import { redirect, usePath } from "../router";
import { ErrorBoundary } from "../ui/ErrorBoundary";
import { LoadingPage } from "../ui/LoadingPage";
import { PageFooter } from "../ui/PageFooter";
import { AccountBar } from "./AccountBar";
import { ActivityPage } from "./ActivityPage";
import { ProfilePage } from "./ProfilePage";
import { SessionsPage } from "./SessionsPage";
import type { Viewer } from "./viewer";

/** The pages of a signed-in person. */
export function AccountPages({
  onFarewell,
}: {
  onFarewell: (farewell: Farewell) => void;
}): ReactNode {
  const viewer = useQuery(api.users.viewer);
  const email = viewer?.email;
  useEffect(() => {
    if (email !== undefined) {
      onFarewell({ email, wasDeleted: false });
    }
  }, [email, onFarewell]);
  // `null`: the session has just ended, and the next render shows it.
  if (viewer === undefined || viewer === null) {
    return <LoadingPage />;
  }
  return (
    <>
      <AccountBar viewer={viewer} />
      <main className="page">
        <ErrorBoundary>
          <Page viewer={viewer} onFarewell={onFarewell} />
        </ErrorBoundary>
      </main>
      <PageFooter />
    </>
  );
}

const PATHS: readonly string[] = ["/profile", "/sessions", "/activity"];

function Page({
  viewer,
  onFarewell,
}: {
  viewer: Viewer;
  onFarewell: (farewell: Farewell) => void;
}): ReactNode {
  const path = usePath();
  const hasPage = PATHS.includes(path);
  useEffect(() => {
    // The forms' pages are no place to be in when one is signed in, nor to
    // come back to after signing out.
    if (!hasPage) {
      redirect("/profile");
    }
  }, [hasPage]);
  switch (path) {
    case "/sessions":
      return <SessionsPage />;
    case "/activity":
      return <ActivityPage />;
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
