import { type Scope, type Scopes, scopesOf } from "./scopes.js";

/** A key that works, and whom it stands for. */
export type VerifiedKey = {
  /** The user who owns it; missing when a group does. */
  userId?: string;
  /** The group that owns it. */
  groupId?: string;
  keyId: string;
  /** Its kind. */
  configId: string;
  /** Its name. */
  name: string;
  /** What it may be used for now. */
  scopes: Scopes;
};

/** A verified key as the app sees it. */
export function verifiedKey(
  identity: Omit<VerifiedKey, "scopes"> & { scopes: Scope[] },
): VerifiedKey {
  return { ...identity, scopes: scopesOf(identity.scopes) };
}
