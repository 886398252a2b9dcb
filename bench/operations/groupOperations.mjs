/**
 * The operations of organizations that are counted, in the order in which they
 * run.
 *
 * @typedef {Partial<Record<keyof typeof groupOperationLabels, () =>
 *   Promise<unknown>>>} GroupOperations What an app does for each. One that it
 *   does not offer is missing.
 */

export const groupOperationLabels = {
  create: "create an organization",
  invite: "invite somebody",
  accept: "accept the invitation",
  permission: "check a permission",
  members: "list the members",
  remove: "delete the organization",
};
