import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, inject, onTestFinished } from "vitest";
import { type Demo, type OwnDemo, startServer } from "./demo.js";
import { Device } from "./person.js";

type DeviceOptions = Parameters<typeof Device.open>[2];

/**
 * Gives the tests of a suite the browser.
 *
 * @returns A function that switches a new device on, for a demo of the test's
 *   own. The device is switched off when the test is over; if it has failed, what
 *   the device shows is printed.
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
    onTestFinished(async ({ task }) => {
      if (task.result?.state === "fail") await device.report();
      await device.close();
    });
    return device;
  };
}

/**
 * Gives the tests of a suite a server of their own, the app and the browser.
 *
 * @returns A function that switches a new device on, as that of
 *   {@link useBrowser} does.
 */
export function useDemo() {
  const open = useBrowser();
  let demo: OwnDemo;
  beforeAll(async () => {
    demo = await startServer(inject("appUrl"));
  });
  afterAll(async () => {
    await demo?.stop();
  });
  return async (options?: DeviceOptions): Promise<Device> =>
    await open(demo, options);
}
