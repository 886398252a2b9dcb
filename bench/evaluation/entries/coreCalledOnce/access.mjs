/**
 * A call of a component function that asks the core what a user may do in a
 * group: a permission check by a membership one level above the group.
 */
import { decide } from "../../../../dist/component/accessCore.js";

// With everything that it imports; an import without use would be dropped.
export * from "../../../../dist/component/permission.js";

const organization = {
  ...{ _id: "organization", _creationTime: 1, name: "Analytical Engines" },
  ...{ slug: "analytical-engines", isRoot: true, height: 1, tags: [] },
};
const team = {
  ...{ _id: "team", _creationTime: 2, name: "Mill", type: "team" },
  ...{ parentGroupId: "organization", isRoot: false, height: 0, tags: [] },
};
const membership = {
  ...{ _id: "membership", _creationTime: 3, groupId: "organization" },
  ...{ userId: "user", role: "admin", roles: ["admin"], roleIds: [] },
  ...{ status: "active", isOwner: false },
};

/** @returns {unknown} What keeps the compiled code alive. */
export function callCoreOnce() {
  const { kind } = decide("permissionCheck", {
    now: Date.now(),
    lineage: [team, organization],
    request: { resources: [{ resource: "member", actions: ["create"] }] },
    standing: {
      userId: "user",
      user: { _id: "user", _creationTime: 0, email: "ada@example.com" },
      memberships: [membership],
      customRoles: [],
    },
  });
  if (kind !== "allowed") throw new Error(`The core answered "${kind}"`);
  return decide;
}
