import type { ActionContext } from "./context.js";
import type { PermissionDefinition } from "./definePermissions.js";

/**
 * What an organization can settle, for itself and for all groups below. What is
 * missing is the app's default (`groups.settings` of `createAuth`), and without
 * one the default that stands here.
 */
export type GroupSettings = {
  /** The most members of the organization, and of any group below: 100. */
  memberLimit?: number;
  /** The most invitations that wait for an answer, in each group: 100. */
  pendingInviteLimit?: number;
  /** Milliseconds an invitation is valid: seven days; up to 90 days. */
  inviteLifetimeMs?: number;
  /** The most groups of the type `team` below one group: 100. */
  teamLimit?: number;
  /** The most members of a group of the type `team`: `memberLimit`. */
  teamMemberLimit?: number;
  /** The most roles of the organization's own: 50. */
  roleLimit?: number;
  /** Whether the last team below a group cannot be deleted: no. */
  keepsLastTeam?: boolean;
  /** Whether the slug stays as it is: no. */
  slugLocked?: boolean;
  /** Whether only members with a second factor may do anything: no. */
  requireSecondFactor?: boolean;
  /** Whether it cannot be deleted while it has other members: no. */
  deletionProtection?: boolean;
  /** Milliseconds during which it can be restored: 0; up to 90 days. */
  deletionGraceMs?: number;
};

/** The fields of {@link GroupSettings}. */
export const SETTINGS_FIELDS =
  "memberLimit?: number, pendingInviteLimit?: number, inviteLifetimeMs?: number, teamLimit?: number, teamMemberLimit?: number, roleLimit?: number, keepsLastTeam?: boolean, slugLocked?: boolean, requireSecondFactor?: boolean, deletionProtection?: boolean, deletionGraceMs?: number";

/** An invitation that the app is asked to send. */
export type InvitationRequest = {
  /** The address. */
  email: string;
  /** The token with which it can be accepted. Only this e-mail has it. */
  token: string;
  /** A link to `redirectTo` with the token as `invite`, if one was named. */
  url?: string;
  /** The group to join; missing for an invitation to the app alone. */
  group?: { _id: string; name: string };
  /** Who invites; missing when the app does. */
  invitedByUserId?: string;
  /** The roles of the membership. */
  roles: string[];
  /** Until when it can be accepted. */
  expires: Date;
};

/** What `createAuth` is told about groups. */
export type GroupsConfig<
  P extends PermissionDefinition = PermissionDefinition,
> = {
  /**
   * The resources and roles of the app, from `definePermissions`. Without
   * them, roles can have any name, and those that are not built in allow
   * nothing.
   */
  permissions?: P;
  /**
   * Which users may create organizations: `"everyone"` by default;
   * `"verified"`: who has proved an address or a number. The app itself
   * always may.
   */
  creation?: "everyone" | "verified" | "nobody";
  /** The most groups a user may own: 100, up to 500. */
  groupsPerUser?: number;
  /**
   * Defaults for what organizations can settle. Whether members need a second
   * factor is settled by each organization alone.
   */
  settings?: Omit<GroupSettings, "requireSecondFactor">;
  /**
   * Sends an invitation. It runs in an action, after the invitation was
   * stored.
   */
  sendInvitation?: (
    invitation: InvitationRequest,
    ctx: ActionContext,
  ) => Promise<void>;
};

/** The settings of groups in the form in which the component takes them. */
export function groupsArguments({ groups = {} }: { groups?: GroupsConfig }) {
  const { permissions, creation, groupsPerUser, settings } = groups;
  return {
    permissions: permissions && {
      resources: statementsOf(permissions.resources),
      roles: Object.entries(permissions.roles).map(([role, allowed]) => ({
        role,
        permissions: statementsOf(allowed),
      })),
    },
    creation,
    groupsPerUser,
    settings,
  };
}

/** Actions by resource in the form in which the component takes them. */
export function statementsOf(
  actions: Readonly<Record<string, readonly string[] | undefined>>,
): { resource: string; actions: string[] }[] {
  return Object.entries(actions).map(([resource, names]) => ({
    resource,
    actions: [...(names ?? [])],
  }));
}

/** The same the other way round. */
export function actionsByResource(
  statements: readonly { resource: string; actions: string[] }[],
): Record<string, string[]> {
  return Object.fromEntries(
    statements.map(({ resource, actions }) => [resource, actions]),
  );
}
