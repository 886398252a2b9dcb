import { useMutation } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import type { ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { organizationPath } from "../router";
import { Avatar } from "../ui/Avatar";
import { Button } from "../ui/Button";
import { FailureNotice } from "../ui/FailureNotice";
import { Link } from "../ui/Link";
import { useTask } from "../ui/useTask";
import { countOf } from "./countOf";
import { RoleBadges } from "./RoleBadges";

type Item = FunctionReturnType<typeof api.organizations.list>[number];

/** One organization in the list. */
export function OrganizationItem({
  organization: { _id, name, slug, roles, members, isActive },
}: {
  organization: Item;
}): ReactNode {
  const setActive = useMutation(api.organizations.setActive);
  const { run, isBusy, failure } = useTask();
  return (
    <li className="row">
      <Avatar name={name} isSquare />
      <div className="row-text">
        <p className="row-title">
          <Link to={organizationPath(_id)} className="row-link breakable">
            {name}
          </Link>
          <RoleBadges roles={roles} />
        </p>
        <p className="details">
          <span>{countOf(members, "member")}</span>
          {slug !== undefined && <span className="breakable">{slug}</span>}
        </p>
        <FailureNotice failure={failure} />
      </div>
      <div className="row-actions">
        {isActive ? (
          <span className="badge badge-good">Active</span>
        ) : (
          <Button
            isBusy={isBusy}
            aria-label={`Switch to ${name}`}
            onClick={() => void run(() => setActive({ groupId: _id }))}
          >
            Switch
          </Button>
        )}
      </div>
    </li>
  );
}
