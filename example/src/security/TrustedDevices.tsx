import { useMutation } from "convex/react";
import { type ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { deviceName, readDevice } from "../deviceName";
import { exactTime } from "../relativeTime";
import { Button } from "../ui/Button";
import { DeviceIcon } from "../ui/DeviceIcon";
import { FailureNotice } from "../ui/FailureNotice";
import { Panel } from "../ui/Panel";
import { RelativeTime } from "../ui/RelativeTime";
import { useStatus } from "../ui/useStatus";
import { useTask } from "../ui/useTask";
import type { SecondFactors } from "./secondFactors";

type TrustedDevice = SecondFactors["trustedDevices"][number];

/** The browsers in which nobody is asked for the second factor. */
export function TrustedDevices({
  devices,
}: {
  devices: readonly TrustedDevice[];
}): ReactNode {
  const remove = useMutation(api.secondFactors.removeTrustedDevice);
  const removeAll = useMutation(api.secondFactors.removeTrustedDevices);
  const { run, isBusy, failure } = useTask();
  const { place, text, say } = useStatus<HTMLDivElement>();

  async function forget(
    change: () => Promise<unknown>,
    done: string,
  ): Promise<void> {
    if (await run(change)) {
      say(done);
    }
  }

  return (
    <Panel
      title="Trusted browsers"
      description="Here you are not asked for a second factor when you sign in."
    >
      <div ref={place} role="group" aria-label="Trusted browsers" tabIndex={-1}>
        <FailureNotice failure={failure} />
        {devices.length === 0 ? (
          <p>You trust no browser.</p>
        ) : (
          <ul className="rows" aria-label="Your trusted browsers">
            {devices.map((device) => (
              <DeviceItem
                key={device._id}
                device={device}
                isBusy={isBusy}
                onRemove={(name) =>
                  void forget(
                    () => remove({ trustedDeviceId: device._id }),
                    `${name} is not trusted any more.`,
                  )
                }
              />
            ))}
          </ul>
        )}
        <div className="form-actions">
          {devices.length > 0 && (
            <Button
              kind="danger"
              isBusy={isBusy}
              onClick={() =>
                void forget(
                  () => removeAll({}),
                  "No browser is trusted any more.",
                )
              }
            >
              Trust none any more
            </Button>
          )}
          <p role="status" className="status-line">
            {text}
          </p>
        </div>
      </div>
    </Panel>
  );
}

function DeviceItem({
  device: { userAgent, _creationTime, lastUsedTime, expirationTime },
  isBusy,
  onRemove,
}: {
  device: TrustedDevice;
  isBusy: boolean;
  onRemove: (name: string) => void;
}): ReactNode {
  const device = readDevice(userAgent);
  const name = deviceName(device);
  return (
    <li className="row">
      <DeviceIcon kind={device.kind} />
      <div className="row-text">
        <p className="row-title">
          <strong>{name}</strong>
        </p>
        <p className="details">
          <span>
            Last used <RelativeTime time={lastUsedTime} />
          </span>
          <span>Until {exactTime(expirationTime)}</span>
        </p>
      </div>
      <Button
        isBusy={isBusy}
        // Two browsers of one kind have one name.
        aria-label={`Remove ${name}, trusted since ${exactTime(_creationTime)}`}
        onClick={() => onRemove(name)}
      >
        Remove
      </Button>
    </li>
  );
}
