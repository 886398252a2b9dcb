/**
 * What to call a person.
 *
 * @param user - The user, or `null` for somebody whose account is gone.
 */
export function personName(
  user: { name?: string; email?: string } | null,
): string {
  return user === null
    ? "A deleted account"
    : (user.name ?? user.email ?? "Somebody");
}
