import type { ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { EmptyState } from "../ui/EmptyState";
import { RelativeTime } from "../ui/RelativeTime";
import { Skeleton } from "../ui/Skeleton";
import { useQuery } from "../useQuery";

/** The reports of the active organization, live. */
export function ReportList(): ReactNode {
  // Without a `groupId`, the server takes the organization that is active.
  const reports = useQuery(api.reports.list, {});
  if (reports === undefined) {
    return (
      <div className="panel">
        <Skeleton lines={4} />
      </div>
    );
  }
  if (reports.length === 0) {
    return (
      <EmptyState icon="report" title="No reports yet">
        <p>The first one appears here as soon as it is published.</p>
      </EmptyState>
    );
  }
  return (
    <ul className="emails" aria-label="Reports" aria-live="polite">
      {reports.map((report) => (
        <li key={report._id}>
          <article className="panel email">
            <header className="email-header">
              <h2 className="breakable">{report.title}</h2>
              <p className="details">
                <span className="breakable">{report.author}</span>
                <RelativeTime time={report._creationTime} />
              </p>
            </header>
            {report.text !== "" && <p className="report-text">{report.text}</p>}
          </article>
        </li>
      ))}
    </ul>
  );
}
