import { describe, expect, it } from "vitest";
import { PHONE } from "./support/browser.js";
import { dialogOf, gone } from "./support/dialog.js";
import { somebody } from "./support/person.js";
import {
  addAuthenticatorApp,
  enterPassword,
  enterSentCode,
  isSignedIn,
  saveRecoveryCodes,
} from "./support/secondFactor.js";
import { useDemo } from "./support/useDemo.js";

describe("second factors in a real browser", () => {
  const open = useDemo();

  it("an app is set up by its QR code, asked for, trusted, and removed after a step-up", async () => {
    const ada = somebody("Ada");
    const device = await open();
    await device.signUp(ada);
    await device.follow("Security");
    const { app, recoveryCodes } = await addAuthenticatorApp(device);
    expect(new Set(recoveryCodes).size).toBe(10);
    await device.reads("10 codes are left.");
    // The page has stayed where it was, in another session.
    await device.reads("The app is set up.");

    await device.signOut();
    await enterPassword(device, ada);
    await device.fill("Code", "000000");
    await device.press("Confirm");
    await device.reads(/This code is wrong/);
    await device.fill("Code", await app.code());
    await device.page.getByLabel("Trust this browser for 30 days").check();
    await device.press("Confirm");
    await isSignedIn(device);

    // The browser is trusted: the password is enough.
    await device.signOut();
    await device.signIn(ada);
    await device.follow("Security");
    await device.page
      .getByRole("list", { name: "Your trusted browsers" })
      .getByRole("button", { name: /^Remove Chrome .*, trusted since / })
      .waitFor();

    // But not for taking the factor away.
    await device.press("Remove Phone");
    await device.page
      .getByRole("dialog", { name: "Remove Phone?" })
      .getByRole("button", { name: "Remove" })
      .click();
    const proof = device.page.getByRole("dialog", {
      name: "Confirm that it is you",
    });
    await proof.getByLabel("Code", { exact: true }).fill(await app.code());
    await proof.getByRole("button", { name: "Confirm" }).click();
    await gone(proof);
    await device.reads("Phone was removed.");
    await device.signOut();
    await device.signIn(ada);
  });

  it("a recovery code lets somebody in once, and new ones can be made", async () => {
    const grace = somebody("Grace");
    const device = await open();
    await device.signUp(grace);
    await device.follow("Security");
    const { recoveryCodes } = await addAuthenticatorApp(device);
    const [code = ""] = recoveryCodes;
    await device.signOut();

    await enterPassword(device, grace);
    await device.press("Use a recovery code");
    await device.fill("Recovery code", code);
    await device.press("Confirm");
    await isSignedIn(device);
    await device.follow("Security");
    await device.reads("9 codes are left.");
    await device.page.getByRole("button", { name: "Make new codes" }).click();
    await device.page
      .getByRole("dialog")
      .getByRole("button", { name: "Make new codes" })
      .click();
    const renewed = await saveRecoveryCodes(device);
    expect(renewed).not.toContain(code);
    await device.reads("10 codes are left.");
    await device.signOut();

    await enterPassword(device, grace);
    await device.press("Use a recovery code");
    await device.fill("Recovery code", recoveryCodes[1] ?? "");
    await device.press("Confirm");
    await device.reads(/was used before/);
    await device.press("Back");
    await device.sees("Sign in");
  });

  it("closing the dialog of a step-up leaves everything as it is", async () => {
    const joan = somebody("Joan");
    const device = await open();
    await device.signUp(joan);
    await device.follow("Security");
    const { app } = await addAuthenticatorApp(device);
    await device.signOut();
    await enterPassword(device, joan);
    await device.fill("Code", await app.code());
    await device.page.getByLabel("Trust this browser for 30 days").check();
    await device.press("Confirm");
    await isSignedIn(device);
    await device.signOut();
    await device.signIn(joan);
    await device.follow("API keys");
    await device.press("New key");
    const dialog = device.page.getByRole("dialog", {
      name: "Create an API key",
    });
    await dialog.getByLabel("Name").fill("CI");
    await dialog.getByRole("checkbox").first().check();
    await dialog.getByRole("button", { name: "Create key" }).click();
    const proof = device.page.getByRole("dialog", {
      name: "Confirm that it is you",
    });
    await proof.getByRole("button", { name: "Cancel" }).click();
    await gone(proof);
    await device.reads("Confirm that it is you to go on.");
    await dialog.getByRole("button", { name: "Create key" }).click();
    await proof.getByLabel("Code", { exact: true }).fill(await app.code());
    await proof.getByRole("button", { name: "Confirm" }).click();
    await gone(dialogOf(device));
    await device.sees("CI is ready");
  });

  it("another session in one tab leaves the page of another tab as it is", async () => {
    const device = await open();
    await device.signUp(somebody("Hedy"));
    const other = await device.openTab();
    await other.fill("Name", "Half typed");
    await device.follow("Security");
    await addAuthenticatorApp(device);
    await device.reads("The app is set up.");
    // Who is shown out for a moment finds an empty form afterwards.
    await expect
      .poll(() => other.page.getByLabel("Name", { exact: true }).inputValue())
      .toBe("Half typed");
    await other.press("Save");
    await other.page.getByRole("banner").getByText("Half typed").waitFor();
  });

  it("codes by e-mail are set up and asked for, on a phone", async () => {
    const mary = somebody("Mary");
    const device = await open(PHONE);
    await device.signUp(mary);
    await device.follow("Security");
    await device.press("Add an address");
    await device.press("Send a code");
    await enterSentCode(device, mary);
    await device.press("Turn on");
    await saveRecoveryCodes(device);
    await device.reads("Codes by e-mail are set up.");
    await device.signOut();
    await enterPassword(device, mary);
    await device.press("Send the code");
    await enterSentCode(device, mary);
    await device.press("Confirm");
    await isSignedIn(device);
  });
});
