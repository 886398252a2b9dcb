/** The app's own data as a field to write; missing data stay as they are. */
export function withExtend(extend: unknown): { extend?: unknown } {
  return extend === undefined ? {} : { extend };
}
