/** Whose keys a page shows. */

import type { FunctionArgs } from "convex/server";
import type { api } from "../../convex/_generated/api";
import type { KeyRequest, ScopeChoice } from "./keyKinds";

/** What a new key is to be like. */
export type NewKeyTerms = FunctionArgs<typeof api.keys.create>;

/** A person or an organization, and what the present person may do. */
export interface KeyOwner {
  /** The name of all its keys together, as `Your keys`. */
  label: string;
  /** What stands where there are no keys. */
  texts: { none: string; noneWorks: string; advice: string };
  /** What its keys can be made for. */
  scopes: readonly ScopeChoice[];
  /** What they can be used with. */
  requests: readonly KeyRequest[];
  canCreate: boolean;
  canUpdate: boolean;
  canDelete: boolean;
  /** Whether a key can end when who made it leaves. */
  canBeLeft: boolean;
  /**
   * Makes a key.
   *
   * @param revokeOnLeave - Whether it ends when the person leaves.
   * @returns The only copy of it.
   */
  create: (terms: NewKeyTerms, revokeOnLeave: boolean) => Promise<string>;
}
