/** Where a session came from, as far as its address tells. */

/**
 * Names the place of an IP address. A real app may look up a town; this demo
 * asks nobody.
 *
 * @param ipAddress - IPv4 or IPv6, if it is known.
 */
export function placeName(ipAddress: string | null | undefined): string {
  if (ipAddress === null || ipAddress === undefined) {
    return "Unknown address";
  }
  const isLoopback = ipAddress === "::1" || ipAddress.startsWith("127.");
  return isLoopback ? `This computer (${ipAddress})` : `IP ${ipAddress}`;
}
