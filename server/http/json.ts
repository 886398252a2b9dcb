/** The headers of an answer in JSON, and for how long it may be kept. */
export function jsonHeaders(cacheControl: string): Headers {
  return new Headers({
    "Content-Type": "application/json",
    "Cache-Control": cacheControl,
  });
}
