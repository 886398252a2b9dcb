import { useMutation } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useId, useState, type ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { deviceName, readDevice } from "../deviceName";
import { placeName } from "../placeName";
import { Button } from "../ui/Button";
import { DeviceIcon } from "../ui/DeviceIcon";
import { RelativeTime } from "../ui/RelativeTime";

/** A session as the server lists it. */
export type Session = FunctionReturnType<typeof api.sessions.list>[number];

/** One device on which the person is signed in. */
export function SessionItem({
  session,
  run,
}: {
  session: Session;
  /** Runs a change and tells the person what became of it. */
  run: (task: () => Promise<unknown>, done: string) => Promise<void>;
}): ReactNode {
  const id = useId();
  const revoke = useMutation(api.sessions.revoke);
  const [isBusy, setBusy] = useState(false);
  const device = readDevice(session.userAgent);
  const name = deviceName(device);

  async function signOut(): Promise<void> {
    setBusy(true);
    await run(
      () => revoke({ sessionId: session._id }),
      `Signed out on ${name}.`,
    );
    setBusy(false);
  }

  return (
    <li className="row">
      <DeviceIcon kind={device.kind} />
      <div className="row-text">
        <p className="row-title">
          <strong title={session.userAgent ?? undefined}>{name}</strong>
          {session.current && (
            <span className="badge badge-good">This device</span>
          )}
        </p>
        <p className="details" id={id}>
          <span className="details-line">{placeName(session.ipAddress)}</span>
          <span>
            Signed in <RelativeTime time={session._creationTime} />
          </span>
          <span>
            {session.current ? (
              "Active now"
            ) : (
              <>
                Last active <RelativeTime time={session.lastActiveTime} />
              </>
            )}
          </span>
        </p>
      </div>
      {!session.current && (
        <Button
          isBusy={isBusy}
          aria-label={`Sign out ${name}`}
          aria-describedby={id}
          onClick={() => void signOut()}
        >
          Sign out
        </Button>
      )}
    </li>
  );
}
