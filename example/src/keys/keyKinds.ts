/** What keys can be made for, and used with, by whom they belong to. */

import type { KeyScope } from "../../convex/keyScopes";

/** Something that a key can be made for. */
export interface ScopeChoice {
  scope: KeyScope;
  description: string;
  /** Whether the person may not give it to a key. */
  isDisabled?: boolean;
}

/** A request that can be made with a key. */
export interface KeyRequest {
  name: string;
  /** What the key has to be made for; `null`: any key will do. */
  scope: KeyScope | null;
  /** Arguments of `curl`, after the key. */
  options: string;
  path: string;
}

const REPORT_REQUESTS: readonly KeyRequest[] = [
  {
    ...{ name: "GET /api/reports", scope: "report:read" },
    ...{ options: "", path: "/api/reports" },
  },
  {
    ...{ name: "POST /api/reports", scope: "report:publish" },
    options: ` --json '{"title":"Hello","text":"Sent with a key."}'`,
    path: "/api/reports",
  },
];

/** What a person's own keys can be made for. */
export const PERSON_SCOPES: readonly ScopeChoice[] = [
  {
    scope: "profile:read",
    description: "Read your name and e-mail address",
  },
  {
    scope: "report:read",
    description: "Read the reports of your active organization",
  },
  {
    scope: "report:publish",
    description: "Publish reports there, if your role allows it",
  },
];

/** The requests of a person's own keys. */
export const PERSON_REQUESTS: readonly KeyRequest[] = [
  {
    ...{ name: "GET /api/me", scope: "profile:read" },
    ...{ options: "", path: "/api/me" },
  },
  ...REPORT_REQUESTS,
];

/** What an organization's keys can be made for: permissions of the app. */
export const ORGANIZATION_SCOPES = [
  {
    scope: "report:read",
    action: "read",
    description: "Read the reports of this organization",
  },
  {
    scope: "report:publish",
    action: "publish",
    description: "Publish reports here",
  },
] as const;

/** The requests of an organization's keys. */
export const ORGANIZATION_REQUESTS: readonly KeyRequest[] = [
  ...REPORT_REQUESTS,
  {
    ...{ name: "GET /api/me", scope: null },
    ...{ options: "", path: "/api/me" },
  },
];
