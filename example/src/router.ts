/** The few lines of routing that the demo needs. */

import { useSyncExternalStore } from "react";

/** The parts of an organization's page. */
export const ORGANIZATION_TABS = [
  "members",
  "groups",
  "invitations",
  "roles",
  "keys",
  "activity",
  "settings",
] as const;

/** A part of an organization's page. */
export type OrganizationTab = (typeof ORGANIZATION_TABS)[number];

/** The pages, by their path. */
export type Path =
  | "/"
  | "/sign-in"
  | "/sign-up"
  | "/forgot-password"
  | "/profile"
  | "/sessions"
  | "/security"
  | "/activity"
  | "/keys"
  | "/organizations"
  | `/organizations/${string}`
  | "/reports"
  | `/join?${string}`
  | "/outbox";

/** The path of an organization's page, or of a part of it. */
export function organizationPath(
  organizationId: string,
  tab: OrganizationTab = "members",
): Path {
  const path = `/organizations/${encodeURIComponent(organizationId)}` as const;
  return tab === "members" ? path : `${path}/${tab}`;
}

/** The path of a group's page in its organization. */
export function groupPath(organizationId: string, groupId: string): Path {
  const groups = organizationPath(organizationId, "groups");
  return groupId === organizationId
    ? groups
    : (`${groups}/${encodeURIComponent(groupId)}` as Path);
}

/** The path of the page on which an invitation is accepted. */
export function joinPath(token: string): Path {
  return `/join?invite=${encodeURIComponent(token)}`;
}

/** Where an organization's page is at. */
export interface OrganizationRoute {
  organizationId: string;
  tab: OrganizationTab;
  /** The chosen group below the organization, if one is. */
  groupId: string | null;
}

/**
 * Reads the path of an organization's page.
 *
 * @param path - The present path.
 * @returns `null` for other pages, and for parts that there are not.
 */
export function readOrganizationPath(path: string): OrganizationRoute | null {
  const [, page, id, tab = "members", group, ...rest] = path.split("/");
  const known = ORGANIZATION_TABS.find((candidate) => candidate === tab);
  const isWrong =
    rest.length > 0 || (group !== undefined && known !== "groups");
  if (page !== "organizations" || id === undefined || isWrong) {
    return null;
  }
  return known === undefined
    ? null
    : {
        organizationId: decode(id),
        tab: known,
        groupId: group === undefined ? null : decode(group),
      };
}

/** Somebody may have typed a percent sign that begins nothing. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("popstate", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("popstate", listener);
  };
}

/** The present path, without a slash at its end. */
export function usePath(): string {
  return useSyncExternalStore(subscribe, () =>
    window.location.pathname.replace(/(.)\/+$/, "$1"),
  );
}

/** The token of the invitation with which the person came, or `null`. */
export function useInvitationToken(): string | null {
  return useSyncExternalStore(subscribe, invitationToken);
}

function invitationToken(): string | null {
  return new URLSearchParams(window.location.search).get("invite");
}

/** The pages between which an invitation is kept. */
const KEEP_INVITATION: readonly Path[] = [
  "/",
  "/sign-in",
  "/sign-up",
  "/forgot-password",
];

/**
 * The address of a page. An invitation stays in it until the person is signed
 * in, so that it also survives a reload.
 */
export function hrefOf(path: Path): string {
  const token = invitationToken();
  return token !== null && KEEP_INVITATION.includes(path)
    ? `${path}?invite=${encodeURIComponent(token)}`
    : path;
}

/** Goes to a page without loading the document anew. */
export function navigate(path: Path): void {
  window.history.pushState(null, "", hrefOf(path));
  pathChanged();
  window.scrollTo({ top: 0 });
}

/** Puts a page in the place of the present one: nobody wants to go back. */
export function redirect(path: Path): void {
  window.history.replaceState(null, "", hrefOf(path));
  pathChanged();
}

function pathChanged(): void {
  for (const listener of [...listeners]) {
    listener();
  }
}
