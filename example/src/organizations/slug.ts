/** Short names of organizations, as they stand in addresses. */

/** The longest short name, in characters. */
export const MAX_SLUG_LENGTH = 64;

/**
 * Makes a short name of a name: `Café Müller` becomes `cafe-muller`.
 *
 * @param name - What was typed so far.
 */
export function slugOf(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, MAX_SLUG_LENGTH)
    .replace(/^-+|-+$/g, "");
}

/** What is wrong with a short name, or `null`; none at all is fine. */
export function slugError(slug: string): string | null {
  return slug === "" || /^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)
    ? null
    : "Use small letters, digits and single dashes between them.";
}
