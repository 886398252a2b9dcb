import type { ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { exactTime } from "../relativeTime";
import { RelativeTime } from "../ui/RelativeTime";
import { quotaText, rateLimitText, type Key } from "./keyText";
import { useQuery } from "../useQuery";

/** What there is to know about a key. */
export function KeyDetails({ apiKey }: { apiKey: Key }): ReactNode {
  const { start, scopes, expiresAt, lastUsedAt } = apiKey;
  return (
    <>
      <p className="details">
        <span>
          Begins with <code>{start}</code>
        </span>
        <span>
          {lastUsedAt === undefined ? (
            "Never used"
          ) : (
            <>
              Last used <RelativeTime time={lastUsedAt} />
            </>
          )}
        </span>
        <span>
          {expiresAt === undefined
            ? "Never expires"
            : `Until ${exactTime(expiresAt)}`}
        </span>
        <KeyLimits apiKey={apiKey} />
        <MadeBy apiKey={apiKey} />
      </p>
      <ul className="badges key-scopes" aria-label="Scopes">
        {scopes.map((scope) => (
          <li key={scope} className="badge">
            {scope}
          </li>
        ))}
      </ul>
    </>
  );
}

/** The limits of a key, with what is left of them as long as it works. */
function KeyLimits({
  apiKey: { _id: keyId, rateLimit, quota, revoked },
}: {
  apiKey: Key;
}): ReactNode {
  const isLimited = rateLimit !== undefined || quota !== undefined;
  const usage = useQuery(
    api.keys.usage,
    isLimited && !revoked ? { keyId } : "skip",
  );
  return (
    <>
      {rateLimit !== undefined && (
        <span>
          {rateLimitText(rateLimit)}
          {leftText(usage?.rateLimit)}
        </span>
      )}
      {quota !== undefined && (
        <span>
          {quotaText(quota)}
          {leftText(usage?.quota)}
        </span>
      )}
    </>
  );
}

function leftText(allowance: { remaining: number } | undefined): string {
  return allowance === undefined
    ? ""
    : `, ${allowance.remaining.toLocaleString("en")} left`;
}

/** Who made an organization's key, on whose membership it depends. */
function MadeBy({
  apiKey: { maker, revoked, revokeOnLeave },
}: {
  apiKey: Key;
}): ReactNode {
  if (maker === undefined) {
    return null;
  }
  const who = maker.isYou ? "you" : maker.name;
  const leaves = maker.isYou ? "you leave" : `${maker.name} leaves`;
  return (
    <>
      <span className="breakable">Made by {who}</span>
      {!revoked && revokeOnLeave && (
        <span className="breakable">Ends when {leaves}</span>
      )}
      {!revoked && !maker.isMember && (
        <span className="breakable">
          Rests, because {maker.name} is not a member
        </span>
      )}
    </>
  );
}
