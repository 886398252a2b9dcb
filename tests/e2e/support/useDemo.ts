import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { launchBrowser } from "./browser.js";
import { type Demo, startDemo } from "./demo.js";
import { Device } from "./person.js";

/**
 * Gives the tests of a suite a running demo and a browser.
 *
 * @returns A function that switches a new device on.
 */
export function useDemo() {
  let demo: Demo;
  let browser: Browser;
  beforeAll(async () => {
    demo = await startDemo();
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await demo?.stop();
  });
  return async (options?: Parameters<typeof Device.open>[2]): Promise<Device> =>
    await Device.open(demo, browser, options);
}
