/**
 * The operations of organizations that are counted, in the order in which they
 * run.
 *
 * @typedef {Record<keyof typeof groupOperationLabels, () => Promise<unknown>>
 *   & { addMembers: (count: number) => Promise<void> }} GroupOperations What an
 *   app does for each. `addMembers` is not counted: it puts members into the
 *   tables that the organization was not asked for.
 */

export const groupOperationLabels = {
  create: "create an organization",
  invite: "invite somebody",
  accept: "accept the invitation",
  permission: "check a permission",
  members: "list the members",
  remove: "delete the organization",
};
