import type { TestProject } from "vitest/node";
import { launchBrowser } from "./browser.js";
import { type Demo, startBuiltDemo } from "./demo.js";

declare module "vitest" {
  interface ProvidedContext {
    /** The demo, which all tests share. */
    demo: Demo;
    /** Where the browser is, which all tests share, too. */
    browserEndpoint: string;
  }
}

/**
 * Starts a demo and a browser before the tests, and stops them after them. The
 * tests do not disturb each other, because nobody is in two of them.
 */
export default async function setup(
  project: TestProject,
): Promise<() => Promise<void>> {
  const demo = await startBuiltDemo();
  const browser = await launchBrowser();
  const { appUrl, convexUrl } = demo;
  project.provide("demo", { appUrl, convexUrl });
  project.provide("browserEndpoint", browser.wsEndpoint());
  return async () => {
    await browser.close();
    await demo.stop();
  };
}
