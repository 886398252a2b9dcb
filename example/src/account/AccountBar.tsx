import { useAuth } from "convex-gatehouse/react";
import { useState, type ReactNode } from "react";
import { OrganizationSwitcher } from "../organizations/OrganizationSwitcher";
import { usePath, type Path } from "../router";
import { Avatar } from "../ui/Avatar";
import { Button } from "../ui/Button";
import { Icon, type IconName } from "../ui/Icon";
import { Link } from "../ui/Link";
import { Logo } from "../ui/Logo";
import { displayName, type Viewer } from "./viewer";

const PAGES: readonly { path: Path; label: string; icon: IconName }[] = [
  { path: "/profile", label: "Profile", icon: "user" },
  { path: "/sessions", label: "Sessions", icon: "computer" },
  { path: "/security", label: "Security", icon: "key" },
  { path: "/activity", label: "Activity", icon: "list" },
  { path: "/keys", label: "API keys", icon: "key" },
  { path: "/organizations", label: "Organizations", icon: "building" },
  { path: "/reports", label: "Reports", icon: "report" },
];

/** The top of a signed-in person's pages. */
export function AccountBar({ viewer }: { viewer: Viewer }): ReactNode {
  return (
    <header className="bar">
      <div className="bar-row">
        <Link to="/profile" className="bar-home bar-home-signed-in">
          <Logo />
        </Link>
        <OrganizationSwitcher />
        <div className="who">
          <Avatar name={displayName(viewer)} />
          <span className="who-text">
            <strong>{displayName(viewer)}</strong>
            {viewer.name !== undefined && <span>{viewer.email}</span>}
          </span>
        </div>
        <SignOutButton />
      </div>
      <AccountTabs />
    </header>
  );
}

function AccountTabs(): ReactNode {
  const path = usePath();
  const present = PAGES.find(
    (page) => path === page.path || path.startsWith(`${page.path}/`),
  );
  return (
    <nav className="tabs" aria-label="Account">
      {PAGES.map((page) => (
        <Link
          key={page.path}
          to={page.path}
          aria-current={page === present ? "page" : undefined}
        >
          <Icon name={page.icon} />
          {page.label}
        </Link>
      ))}
    </nav>
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
