import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, inject, onTestFinished } from "vitest";
import type { Demo } from "./demo.js";
import { Device } from "./person.js";

type DeviceOptions = Parameters<typeof Device.open>[2];

/**
 * Gives the tests of a suite the browser.
 *
 * @returns A function that switches a new device on, for a demo of the test's
 *   own. The device is switched off when the test is over.
 */
export function useBrowser() {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.connect(inject("browserEndpoint"));
  });
  afterAll(async () => {
    await browser?.close();
  });
  return async (demo: Demo, options?: DeviceOptions): Promise<Device> => {
    const device = await Device.open(demo, browser, options);
    onTestFinished(() => device.close());
    return device;
  };
}

/**
 * Gives the tests of a suite the demo that all tests share, and the browser.
 *
 * @returns A function that switches a new device on, as that of
 *   {@link useBrowser} does.
 */
export function useDemo() {
  const open = useBrowser();
  return async (options?: DeviceOptions): Promise<Device> =>
    await open(inject("demo"), options);
}
