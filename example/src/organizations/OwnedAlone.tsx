import type { ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { organizationPath } from "../router";
import { Link } from "../ui/Link";
import { Notice } from "../ui/Notice";
import { countOf } from "./countOf";
import { useQuery } from "../useQuery";

/** Why the account cannot be deleted yet: organizations need an owner. */
export function OwnedAlone(): ReactNode {
  const organizations = useQuery(api.organizations.listOwnedAlone) ?? [];
  return (
    <Notice kind="danger" title="You are the only owner of an organization">
      Make somebody else an owner first, or delete the organization:
      <ul className="owned-alone">
        {organizations.map(({ _id, name, members }) => (
          <li key={_id}>
            <Link
              to={organizationPath(_id, members > 1 ? "members" : "settings")}
              className="breakable"
            >
              {name}
            </Link>{" "}
            ({countOf(members, "member")})
          </li>
        ))}
      </ul>
    </Notice>
  );
}
