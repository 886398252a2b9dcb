/** Whether everybody can use what a page shows. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect } from "vitest";
import { gone } from "./dialog.js";
import type { Device } from "./person.js";

const axe = readFileSync(
  createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
  "utf8",
);

/** The rules of WCAG 2.2, levels A and AA. */
const EVERY_RULE = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/**
 * Those of them that look at colours. The themes differ in nothing else
 * (`example/src/styles/tokens.css`), so nothing else can be right in one and
 * wrong in the other.
 */
const COLOR_RULES = ["color-contrast", "link-in-text-block"];

/** What axe finds against some rules, which are tags or names of rules. */
async function violations(device: Device, rules: string[]): Promise<string[]> {
  // It stays in a page until that is left.
  if (!(await device.page.evaluate(() => "axe" in globalThis)))
    await device.page.evaluate(axe);
  return await device.page.evaluate(async (runOnly) => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(
          context: Document,
          options: object,
        ): Promise<{
          violations: { id: string; nodes: { html: string }[] }[];
        }>;
      };
    };
    const result = await axe.run(document, {
      runOnly,
      resultTypes: ["violations"],
    });
    return result.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`,
    );
  }, rules);
}

/**
 * Waits until no colour is on its way from one theme to the other. One that an
 * element inherits begins to change only when the outer one has, a frame later.
 */
async function colorsSettle(): Promise<void> {
  for (let still = 0; still < 2;) {
    await new Promise(requestAnimationFrame);
    still = document.getAnimations().length === 0 ? still + 1 : 0;
  }
}

/** How many pixels the page is wider than the screen. */
async function overflow(device: Device): Promise<number> {
  return await device.page.evaluate(
    () =>
      document.documentElement.scrollWidth -
      // A phone makes its window as wide as what overflows.
      document.documentElement.clientWidth,
  );
}

/**
 * Makes sure that what the device shows is fit for everybody: nothing that axe
 * finds in either theme, and nothing that is wider than the screen. Waits until
 * everything is there first.
 *
 * @param heading What the page or the dialog is called.
 */
export async function checkPage(
  device: Device,
  heading: string,
): Promise<void> {
  await device.sees(heading);
  await gone(device.page.locator(".skeleton"));
  // What is below the bar at the top cannot be pressed until one scrolls.
  await device.page.evaluate(() => window.scrollTo(0, 0));
  for (const [colorScheme, rules] of [
    ["light", EVERY_RULE],
    ["dark", COLOR_RULES],
  ] as const) {
    await device.page.emulateMedia({ colorScheme });
    await device.page.evaluate(colorsSettle);
    const found = await violations(device, rules);
    expect(found, `${heading}, ${colorScheme}`).toEqual([]);
  }
  expect(await overflow(device), heading).toBeLessThanOrEqual(0);
}
