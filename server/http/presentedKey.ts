/** What keys are looked for in, when the app does not say. */
const DEFAULT_HEADERS: readonly string[] = ["authorization", "x-api-key"];

/** The longest key that is looked at, in characters: longer ones are none. */
const MAX_LENGTH = 512;

/**
 * The API key of a request, from the first of the headers that has one. In
 * `Authorization` it stands after the scheme `Bearer`, in whichever case (RFC
 * 6750, section 2.1, and RFC 9110, section 11.1).
 *
 * The token of a session is no key.
 *
 * @param headers The names of the headers, in the order in which they are
 *   looked at.
 * @returns The key as it was sent, which may be anything, or `null`.
 */
export function presentedKey(
  request: { headers: { get(name: string): string | null } },
  headers: readonly string[] = DEFAULT_HEADERS,
): string | null {
  for (const name of headers) {
    const value = request.headers.get(name)?.trim() ?? "";
    const key =
      name.toLowerCase() === "authorization" ? afterBearer(value) : value;
    if (key !== null && key !== "") {
      return key.slice(0, MAX_LENGTH);
    }
  }
  return null;
}

function afterBearer(value: string): string | null {
  const scheme = value.slice(0, 7).toLowerCase();
  const token = value.slice(7).trim();
  return scheme === "bearer " && !isJwt(token) ? token : null;
}

/**
 * Whether it is a session's token rather than a key (RFC 7515, section 3.1): a
 * key can stand in another header beside it.
 */
function isJwt(token: string): boolean {
  return token.split(".", 4).length === 3;
}
