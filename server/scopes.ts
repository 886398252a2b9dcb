import type { RequestArguments } from "./permissionRequest.js";
import { checkFields } from "./shape.js";

/** An action on resources that a key may be used for. */
export type Scope = {
  /** The resource. */
  resource: string;
  /** What may be done with it. */
  actions: string[];
};

/** What somebody wants to use a key for. */
export type ScopeRequest = { resource: string; action: string };

/** What a key may be used for. */
export type Scopes = Scope[] & {
  /** Whether the key may do something with a resource. */
  can(resource: string, action: string): boolean;
};

/** Scopes that can be asked. */
export function scopesOf(scopes: readonly Scope[]): Scopes {
  const list = scopes.map(({ resource, actions }) => ({
    resource,
    actions: [...actions],
  }));
  return Object.defineProperty(list, "can", {
    value: (resource: string, action: string) =>
      list.some(
        (scope) =>
          scope.resource === resource && scope.actions.includes(action),
      ),
  }) as Scopes;
}

/**
 * What a key is to be used for, in the form in which the component takes it.
 *
 * @throws `INVALID_PARAMETERS` when it has another shape.
 */
export function scopeArguments(
  scope: ScopeRequest | undefined,
): RequestArguments | undefined {
  if (scope === undefined) {
    return undefined;
  }
  checkFields(scope, "resource, action", "scope");
  const { resource, action } = scope;
  return { resources: [{ resource, actions: [action] }] };
}
