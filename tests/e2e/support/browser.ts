/** The system's Chromium, as a person's browser. */
import {
  type BrowserContextOptions,
  type BrowserServer,
  chromium,
} from "playwright-core";
import { chromiumArguments, findChromium } from "../../../scripts/chromium.mjs";

/** Starts the browser, which tests connect to. Each context is another device. */
export async function launchBrowser(): Promise<BrowserServer> {
  const executablePath = findChromium();
  if (executablePath === null) {
    throw new Error(
      "There is no Chromium; `node scripts/chromium.mjs` installs it",
    );
  }
  return await chromium.launchServer({
    executablePath,
    args: chromiumArguments,
    host: "127.0.0.1",
  });
}

/** A laptop. */
export const LAPTOP: BrowserContextOptions = {
  viewport: { width: 1280, height: 800 },
};

/** A small phone. */
export const PHONE: BrowserContextOptions = {
  viewport: { width: 360, height: 740 },
  hasTouch: true,
  isMobile: true,
};
