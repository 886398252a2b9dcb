import type { ReactNode } from "react";
import { Link } from "./Link";
import { ThemeChoice } from "./ThemeChoice";

/** What ends every page. */
export function PageFooter(): ReactNode {
  return (
    <footer className="page-footer">
      <p>
        A demo of Gatehouse, the authentication component for Convex. It sends
        no mail: <Link to="/outbox">see its outbox</Link>.
      </p>
      <ThemeChoice />
    </footer>
  );
}
