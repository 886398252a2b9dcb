import type { TestProject } from "vitest/node";
import { launchBrowser } from "./browser.js";
import { serveBuiltApp } from "./builtApp.js";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the example app is, which is built once for all tests. */
    appUrl: string;
    /** Where the browser is, which all tests share, too. */
    browserEndpoint: string;
  }
}

/**
 * Builds and serves the app and starts a browser before the tests, and stops
 * both after them.
 */
export default async function setup(
  project: TestProject,
): Promise<() => Promise<void>> {
  const app = await serveBuiltApp();
  const browser = await launchBrowser();
  project.provide("appUrl", app.url);
  project.provide("browserEndpoint", browser.wsEndpoint());
  return async () => {
    await browser.close();
    await app.stop();
  };
}
