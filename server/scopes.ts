/** An action on resources that a key may be used for. */
export type Scope = {
  /** The resource. */
  resource: string;
  /** What may be done with it. */
  actions: string[];
};

/** What a key may be used for. */
export type Scopes = Scope[] & {
  /** Whether the key may do something with a resource. */
  can(resource: string, action: string): boolean;
};

/** Scopes that can be asked. */
export function scopesOf(scopes: readonly Scope[]): Scopes {
  const list = scopes.map(({ resource, actions }) => ({
    ...{ resource, actions: [...actions] },
  }));
  return Object.defineProperty(list, "can", {
    value: (resource: string, action: string) =>
      list.some(
        (scope) =>
          scope.resource === resource && scope.actions.includes(action),
      ),
  }) as Scopes;
}
