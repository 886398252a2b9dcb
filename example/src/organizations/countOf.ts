/**
 * A number of things in words: `1 member`, `3 members`.
 *
 * @param count - How many there are.
 * @param thing - What one of them is called.
 */
export function countOf(count: number, thing: string): string {
  return count === 1 ? `1 ${thing}` : `${count.toLocaleString()} ${thing}s`;
}
