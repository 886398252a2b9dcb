import { useAuth } from "convex-gatehouse/react";
import { useState, type ReactNode } from "react";
import { usePath, type Path } from "../router";
import { Button } from "../ui/Button";
import { Icon, type IconName } from "../ui/Icon";
import { Link } from "../ui/Link";
import { Logo } from "../ui/Logo";
import { displayName, type Viewer } from "./viewer";

const PAGES: readonly { path: Path; label: string; icon: IconName }[] = [
  { path: "/profile", label: "Profile", icon: "user" },
  { path: "/sessions", label: "Sessions", icon: "computer" },
  { path: "/activity", label: "Activity", icon: "list" },
];

/** The top of a signed-in person's pages. */
export function AccountBar({ viewer }: { viewer: Viewer }): ReactNode {
  const path = usePath();
  const present = PAGES.find((page) => page.path === path)?.path ?? "/profile";
  return (
    <header className="bar">
      <div className="bar-row">
        <Link to="/profile" className="bar-home bar-home-signed-in">
          <Logo />
        </Link>
        <nav className="tabs" aria-label="Account">
          {PAGES.map((page) => (
            <Link
              key={page.path}
              to={page.path}
              aria-current={page.path === present ? "page" : undefined}
            >
              <Icon name={page.icon} />
              {page.label}
            </Link>
          ))}
        </nav>
        <div className="who">
          <span className="avatar" aria-hidden="true">
            {[...displayName(viewer)][0]?.toUpperCase()}
          </span>
          <span className="who-text">
            <strong>{displayName(viewer)}</strong>
            {viewer.name !== undefined && <span>{viewer.email}</span>}
          </span>
        </div>
        <SignOutButton />
      </div>
    </header>
  );
}

function SignOutButton(): ReactNode {
  const { signOut } = useAuth();
  const [isBusy, setBusy] = useState(false);
  return (
    <Button
      isBusy={isBusy}
      onClick={() => {
        setBusy(true);
        void signOut();
      }}
    >
      Sign out
    </Button>
  );
}
