import type { ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { Command } from "./Command";
import { useQuery } from "../useQuery";

/** A command that exchanges a key for a token. */
export function KeyExchange({
  presented,
}: {
  /** The key, or what stands for it. */
  presented: string;
}): ReactNode {
  const siteUrl = useQuery(api.keys.siteUrl);
  return siteUrl === undefined ? null : (
    <div className="form key-exchange">
      <div>
        <h3 className="list-heading">Exchange it for a token</h3>
        <p className="form-note">
          The answer is a token that a Convex client can use for five minutes,
          so that the key itself stays on your server.
        </p>
      </div>
      <Command
        text={`curl -X POST -H "Authorization: Bearer ${presented}" ${siteUrl}/api/auth/token`}
        copyLabel="Copy token command"
      />
    </div>
  );
}
