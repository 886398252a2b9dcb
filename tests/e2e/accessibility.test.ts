import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { LAPTOP, PHONE } from "./support/browser.js";
import { type Device, somebody } from "./support/person.js";
import { useDemo } from "./support/useDemo.js";

const axe = readFileSync(
  createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
  "utf8",
);

/** What axe finds against WCAG 2.2, levels A and AA. */
async function violations(device: Device): Promise<string[]> {
  await device.page.evaluate(axe);
  return await device.page.evaluate(async () => {
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
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    });
    return result.violations.map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`,
    );
  });
}

/** How many pixels the page is wider than the screen. */
async function overflow(device: Device): Promise<number> {
  return await device.page.evaluate(
    () => document.documentElement.scrollWidth - window.innerWidth,
  );
}

describe.each([
  ["a laptop, light", { ...LAPTOP, colorScheme: "light" as const }],
  ["a laptop, dark", { ...LAPTOP, colorScheme: "dark" as const }],
  ["a phone, light", { ...PHONE, colorScheme: "light" as const }],
  ["a phone, dark", { ...PHONE, colorScheme: "dark" as const }],
])("every page on %s", (_name, screen) => {
  const open = useDemo();

  it("can be read by everybody and fits the screen", async () => {
    const device = await open({
      ...screen,
      reducedMotion: "reduce",
    });
    const check = async (heading: string) => {
      await device.sees(heading);
      expect(await violations(device), heading).toEqual([]);
      expect(await overflow(device), heading).toBeLessThanOrEqual(0);
    };
    for (const [path, heading] of [
      ["/sign-in", "Sign in"],
      ["/sign-up", "Create account"],
      ["/forgot-password", "Forgot your password?"],
      ["/outbox", "Outbox"],
    ] as const) {
      await device.visit(path);
      await check(heading);
    }
    const ada = somebody("Ada");
    await device.startSignUp(ada);
    await check("Check your e-mail");
    await device.fill("Code", await device.codeFor(ada));
    await device.press("Confirm");
    await device.page.getByRole("navigation", { name: "Account" }).waitFor();
    for (const [path, heading] of [
      ["/profile", "Profile"],
      ["/sessions", "Your sessions"],
      ["/activity", "Activity"],
    ] as const) {
      await device.visit(path);
      await check(heading);
    }
    await device.close();
  });
});
