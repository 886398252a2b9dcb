import { useConvexConnectionState } from "convex/react";
import { useEffect, useState, type ReactNode } from "react";

/** A connection that is back within so many milliseconds is not worth a word. */
const PATIENCE_MS = 1_500;

/** Says that what is on the page may be out of date. */
export function ConnectionNotice(): ReactNode {
  const { isWebSocketConnected } = useConvexConnectionState();
  return <div role="status">{!isWebSocketConnected && <Disconnected />}</div>;
}

function Disconnected(): ReactNode {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, []);
  return isLong ? (
    <p className="connection-notice">
      <span className="spinner" aria-hidden="true" />
      No connection to the server. Reconnecting…
    </p>
  ) : null;
}
