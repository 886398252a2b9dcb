/**
 * The Chromium that the browser tests drive.
 *
 * Playwright's own browser builds are downloaded from a host that is not
 * reachable everywhere, so the system's browser is used. Run as a program, it
 * prints the path and installs the browser first where it is missing and that
 * is possible.
 */
import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { findOnPath, run, runMain } from "./lib/command.mjs";

/** The names that distributions give to Chromium and Chrome. */
const names = [
  ...["chromium", "chromium-browser", "google-chrome-stable"],
  ...["google-chrome", "chrome"],
];

/** Where they are when they are not on the PATH. */
const places = [
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * How to start the browser in a test: without a sandbox (containers do not
 * offer what it needs) and without connections of its own. Give it a fresh
 * profile folder, too.
 */
export const chromiumArguments = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/**
 * Finds the system's Chromium or Chrome.
 *
 * @returns {string | null} The path of the program, or `null`. The environment
 *   variable `CHROMIUM_PATH` comes first.
 * @throws {Error} When `CHROMIUM_PATH` names a file that does not exist.
 */
export function findChromium() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen !== undefined && chosen !== "") {
    if (existsSync(chosen)) return chosen;
    throw new Error(`CHROMIUM_PATH is ${chosen}, which does not exist`);
  }
  for (const name of names) {
    const found = findOnPath(name);
    if (found !== null) return found;
  }
  return places.find((place) => existsSync(place)) ?? null;
}

/**
 * Finds Chromium, and installs Debian's package when it is missing and this
 * process may do so.
 *
 * @returns {Promise<string>} The path of the program.
 * @throws {Error} When there is none and none can be installed here.
 */
export async function ensureChromium() {
  const found = findChromium();
  if (found !== null) return found;
  if (process.getuid?.() === 0 && findOnPath("apt-get") !== null) {
    console.log("Installing Chromium from the distribution's packages");
    await run("apt-get", ["update", "-q"]);
    await run(
      "apt-get",
      ["install", "-q", "-y", "--no-install-recommends", "chromium"],
      { env: { DEBIAN_FRONTEND: "noninteractive" } },
    );
    const installed = findChromium();
    if (installed !== null) return installed;
  }
  throw new Error(
    "no Chromium or Chrome was found: install one (on Debian: " +
      "`sudo apt-get install chromium`) or set CHROMIUM_PATH",
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  runMain(async () => console.log(await ensureChromium()));
}
