import type { PermissionDefinition } from "./definePermissions.js";
import type { Roles } from "./roles.js";

/** An invitation to make. */
export type NewInvite<P extends PermissionDefinition = PermissionDefinition> =
  Roles<P> & {
    /** The group to join; missing for an invitation to the app alone. */
    groupId?: string;
    /**
     * Who invites, and needs the permissions for it; missing when the app does.
     * `undefined` is refused, so that nobody who is not signed in invites as
     * the app.
     */
    invitedByUserId?: string;
    /** Whom it is for; missing for a link that anybody may use. */
    email?: string;
    /**
     * Until when it can be accepted, in milliseconds since 1970: up to 90 days
     * from now; after the organization's `inviteLifetimeMs` by default.
     */
    expiresTime?: number;
    /** How many people may accept a link: 1 by default, up to 10,000. */
    maxUses?: number;
    /** The app's own data about the invitation, up to 16 KiB. */
    extend?: unknown;
  };
