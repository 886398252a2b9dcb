import { describe, expect, it } from "vitest";
import { checkPage } from "./support/accessibility.js";
import { LAPTOP, PHONE } from "./support/browser.js";
import { cancel, confirm, dialogOf, focused, gone } from "./support/dialog.js";
import { createKey, endedKeyRow } from "./support/key.js";
import {
  createOrganization,
  inviteByEmail,
  inviteByLink,
  openPart,
} from "./support/organization.js";
import { somebody } from "./support/person.js";
import { useDemo } from "./support/useDemo.js";

/** Whether the focus is on something that an open dialog covers. */
function focusIsBehindDialog(): boolean {
  const focus = document.activeElement;
  return (
    focus !== null &&
    focus !== document.body &&
    focus.closest("dialog") === null
  );
}

describe("every page", () => {
  const open = useDemo();

  describe.each([
    ["a laptop", LAPTOP],
    ["a phone", PHONE],
  ])("on %s", (screenName, screen) => {
    // Two organizations cannot have the same short name.
    const LONG_NAME = `The Society for Extraordinarilylongwindedness of Names on ${screenName}`;

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
    });

    it("so can API keys", async () => {
      const device = await open({ ...screen, reducedMotion: "reduce" });
      const check = (heading: string) => checkPage(device, heading);
      await device.signUp(somebody("Radia"));
      await device.visit("/keys");
      await device.reads("You have no API keys");
      await check("API keys");
      await device.press("New key");
      await check("Create an API key");
      await device.press("Create key");
      await device.reads("Enter a name.");
      await check("Create an API key");
      await cancel(device);
      const name = "Extraordinarilylongwindednameofakeywithoutanyspaces";
      await createKey(device, {
        name,
        scopes: ["profile:read", "report:read", "report:publish"],
        limit: "1,000 uses per day",
      });
      await check(`${name} is ready`);
      await device.press(`Edit ${name}`);
      await check(`Edit ${name}`);
      await cancel(device);
      await device.press(`Rotate ${name}`);
      await check(`Rotate ${name}?`);
      await confirm(device, "Rotate");
      await device.sees(`New key for ${name}`);
      await device.press("I have copied it");
      await endedKeyRow(device, name).getByText("Replaced").waitFor();
      await check("Keys that have ended");
      await check("Exchange it for a token");

      const organization = `Keys on ${screenName} for ${LONG_NAME}`;
      await createOrganization(device, organization);
      await openPart(device, "API keys");
      await device.reads("has no API keys");
      await check(organization);
      await device.press("New key");
      await check("Create an API key");
      await cancel(device);
      await createKey(device, {
        name,
        scopes: ["report:read"],
        isRevokedOnLeave: true,
        quota: "100 uses, again every day",
      });
      await device.press("I have copied it");
      await device.reads("Ends when you leave");
      await check(organization);
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
      await cancel(device);
      await createOrganization(device, LONG_NAME);
      await check(LONG_NAME);
      await device.press(`Change roles of Grace`);
      await device.page.getByRole("checkbox", { name: "Owner" }).waitFor();
      await check("Roles of Grace");
      await cancel(device);

      await openPart(device, "Groups");
      await device.press(`Add group to ${LONG_NAME}`);
      await check("New group in");
      await device.fill("Name", LONG_NAME);
      await confirm(device, "Add");
      await device.reads("Nobody has been added to this group itself.");
      await check("Members of this group");
      await device.press(`Add member to ${LONG_NAME}`);
      await device.page.getByLabel("Person").waitFor();
      await check("Add a member to");
      await cancel(device);
      await device.press(`Delete ${LONG_NAME}`);
      await confirm(device, "Delete");
      await device.page
        .getByRole("button", { name: `Dismiss ${LONG_NAME}` })
        .waitFor();
      await check(LONG_NAME);

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
      await cancel(device);
      await openPart(device, "Activity");
      await device.reads("Grace created the organization");
      await check(LONG_NAME);
      await openPart(device, "Settings");
      await check("Delete organization");
      await device.press("Delete organization");
      await check(`Delete ${LONG_NAME}?`);
      await cancel(device);

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
    });
  });

  it("lets dialogs be opened, filled in, cancelled and left by keyboard", async () => {
    const device = await open();
    await device.signUp(somebody("Hedy"));
    await device.visit("/organizations");
    const { page } = device;
    const opener = page.getByRole("button", { name: "New organization" });
    await opener.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Create an organization" });
    await focused(dialog.getByLabel("Name", { exact: true }));
    // Nothing behind the dialog can be reached, however often one goes on.
    for (let step = 0; step < 8; step += 1) {
      await page.keyboard.press("Tab");
      expect(await page.evaluate(focusIsBehindDialog)).toBe(false);
    }
    await page.keyboard.press("Escape");
    await gone(dialog);
    await focused(opener);

    await page.keyboard.press("Enter");
    await focused(dialog.getByLabel("Name", { exact: true }));
    await page.keyboard.press("Enter");
    await device.reads("Enter a name.");
    await focused(dialog.getByLabel("Name", { exact: true }));
    await page.keyboard.type("Keyboard House");
    await page.keyboard.press("Enter");
    await device.sees("Keyboard House");

    await openPart(device, "Groups");
    await page
      .getByRole("button", { name: "Add group to Keyboard House" })
      .press("Enter");
    await focused(dialogOf(device).getByLabel("Name", { exact: true }));
    await page.keyboard.type("Keys");
    await page.keyboard.press("Enter");
    await focused(page.getByRole("heading", { name: "Keys", level: 2 }));
    await page.getByRole("button", { name: "Delete Keys" }).press("Enter");
    await page
      .getByRole("dialog", { name: "Delete Keys?" })
      .getByRole("button", { name: "Delete" })
      .press("Enter");
    const dismiss = page.getByRole("button", { name: "Dismiss Keys" });
    await dismiss.press("Enter");
    await gone(dismiss);
  });

  it("puts the focus where the new key is, and beside what has gone", async () => {
    const device = await open();
    await device.signUp(somebody("Annie"));
    await device.visit("/keys");
    const { page } = device;
    await page.getByRole("button", { name: "New key" }).press("Enter");
    await focused(dialogOf(device).getByLabel("Name"));
    await page.keyboard.type("By keyboard");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await page.keyboard.press("Enter");
    await focused(page.getByLabel("Your key", { exact: true }));
    await page.getByRole("button", { name: "I have copied it" }).press("Enter");
    await focused(page.getByRole("group", { name: "Your keys" }));
    await page
      .getByRole("button", { name: "Revoke By keyboard" })
      .press("Enter");
    await page
      .getByRole("dialog", { name: "Revoke By keyboard?" })
      .getByRole("button", { name: "Revoke" })
      .press("Enter");
    await device.reads("By keyboard was revoked.");
    await focused(page.getByRole("group", { name: "Your keys" }));
  });
});
