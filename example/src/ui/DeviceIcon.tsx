import type { ReactNode } from "react";
import type { Device } from "../deviceName";
import { Icon } from "./Icon";

/** The shape of a device. */
export function DeviceIcon({ kind }: { kind: Device["kind"] }): ReactNode {
  return (
    <span className="row-icon">
      <Icon name={kind === "unknown" ? "question" : kind} />
    </span>
  );
}
