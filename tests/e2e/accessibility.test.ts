import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { LAPTOP, PHONE } from "./support/browser.js";
import {
  createOrganization,
  inviteByEmail,
  inviteByLink,
  openPart,
} from "./support/organization.js";
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

/** A name that does not fit on one line of a phone. */
const LONG_NAME = "The Society for Extraordinarilylongwindedness of Names";

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

  /** Makes sure that what the device shows is fit for everybody. */
  const checkPage = async (device: Device, heading: string) => {
    await device.sees(heading);
    expect(await violations(device), heading).toEqual([]);
    expect(await overflow(device), heading).toBeLessThanOrEqual(0);
  };

  it("can be read by everybody and fits the screen", async () => {
    const device = await open({ ...screen, reducedMotion: "reduce" });
    const check = (heading: string) => checkPage(device, heading);
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

  it("so can organizations, reports and invitations", async () => {
    const device = await open({ ...screen, reducedMotion: "reduce" });
    const check = (heading: string) => checkPage(device, heading);
    await device.signUp(somebody("Grace"));
    await device.visit("/reports");
    await check("Reports");
    await device.visit("/organizations");
    await check("Organizations");
    await device.press("New organization");
    await check("Create an organization");
    await createOrganization(device, LONG_NAME);
    await check(LONG_NAME);
    await device.press(`Change roles of Grace`);
    await device.page.getByRole("checkbox", { name: "Owner" }).waitFor();
    await check("Roles of Grace");
    await device.press("Cancel");

    await openPart(device, "Groups");
    await device.press(`Add a group to ${LONG_NAME}`);
    await check("New group in");
    await device.fill("Name", LONG_NAME);
    await device.press("Add");
    await device.reads("Nobody belongs to this group alone.");
    await check(LONG_NAME);
    await device.press(`Add a member to ${LONG_NAME}`);
    await device.page.getByLabel("Person").waitFor();
    await check("Add a member to");
    await device.press("Cancel");

    await inviteByEmail(device, somebody("Heinrich-Maximilian"), "Reader");
    const link = await inviteByLink(device, "5 people");
    await device.page
      .getByRole("list", { name: "Pending invitations" })
      .getByText("0 of 5 used")
      .waitFor();
    await check("Pending invitations");
    await openPart(device, "Roles");
    await device.page.getByText("Editor").waitFor();
    await check(LONG_NAME);
    await device.press("New role");
    await check("New role in");
    await device.press("Cancel");
    await openPart(device, "Activity");
    await device.reads("Grace created it");
    await check(LONG_NAME);
    await openPart(device, "Settings");
    await check("Delete organization");
    await device.press("Delete organization");
    await check(`Delete ${LONG_NAME}?`);
    await device.press("Cancel");

    await device.visit("/reports");
    await device.fill("Title", LONG_NAME);
    await device.press("Publish");
    await device.page
      .getByRole("list", { name: "Reports" })
      .getByRole("heading", { name: LONG_NAME })
      .waitFor();
    await check("Reports");
    await device.visit("/organizations");
    await check("Organizations");
    await device.visit(link);
    await device.reads("There is nothing left to accept.");
    await check("Invitation");
    await device.press("Sign out");
    await device.reads(`Join ${LONG_NAME}`);
    await check("Create account");
    const guest = await open({ ...screen, reducedMotion: "reduce" });
    await guest.signUp(somebody("Kurt"));
    await guest.visit(link);
    await guest.page.getByRole("button", { name: /^Join/ }).waitFor();
    await checkPage(guest, "Invitation");
    await guest.close();
    await device.close();
  });
});
