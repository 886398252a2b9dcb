/**
 * What the apps log of each request would stand between the tables.
 *
 * @returns {() => void} Lets the console speak again.
 */
export function muteConsole() {
  const { debug, error, info, log, warn } = console;
  const silence = () => {};
  Object.assign(console, {
    debug: silence,
    error: silence,
    info: silence,
    log: silence,
    warn: silence,
  });
  return () => Object.assign(console, { debug, error, info, log, warn });
}
