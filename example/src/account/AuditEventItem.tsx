import type { ReactNode } from "react";
import { deviceName, readDevice } from "../deviceName";
import { placeName } from "../placeName";
import { Icon } from "../ui/Icon";
import { RelativeTime } from "../ui/RelativeTime";
import { auditEventText, refusalReason } from "./auditEventText";
import type { AuditEvent } from "./useAuditTrail";

/** One thing that happened. */
export function AuditEventItem({
  event,
  isOfThisDevice,
}: {
  event: AuditEvent;
  isOfThisDevice: boolean;
}): ReactNode {
  const { text, icon, isAlarming } = auditEventText(event);
  return (
    <li className="row">
      <span className={isAlarming ? "row-icon row-icon-danger" : "row-icon"}>
        <Icon name={icon} />
      </span>
      <div className="row-text">
        <p className="row-title">
          <strong>{text}</strong>
          {event.outcome === "refused" && (
            <span className="badge badge-danger" title={event.code}>
              Refused
              {event.code !== undefined && `: ${refusalReason(event.code)}`}
            </span>
          )}
          {isOfThisDevice && <span className="badge">This device</span>}
        </p>
        <p className="details">
          {event.group !== undefined && (
            <span className="breakable">{event.group}</span>
          )}
          {event.actor !== undefined && (
            <span className="breakable">by {event.actor}</span>
          )}
          <RelativeTime time={event._creationTime} />
          <span title={event.userAgent}>
            {deviceName(readDevice(event.userAgent))}
          </span>
          <span>{placeName(event.ipAddress)}</span>
        </p>
      </div>
    </li>
  );
}
