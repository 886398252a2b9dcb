import { describe, expect, it } from "vitest";
import { confirm, gone } from "./support/dialog.js";
import { somebody } from "./support/person.js";
import {
  addAuthenticatorApp,
  enterPassword,
  isSignedIn,
} from "./support/secondFactor.js";
import { useDemo } from "./support/useDemo.js";
import { plugIn, withoutAutofill } from "./support/virtualAuthenticator.js";

describe("passkeys in a real browser", () => {
  const open = useDemo();

  it("a person adds one, signs out, and signs in with it", async () => {
    const ada = somebody("Ada");
    const device = await open();
    await device.signUp(ada);
    const { session, authenticatorId } = await plugIn(device);
    await device.follow("Security");
    await device.reads("You have no passkeys");
    await device.press("Add a passkey");
    await device.reads("Never used");
    await device.saysStatus("The passkey was added.");
    // It is another way in beside the password, which needs no recovery.
    await gone(device.page.getByRole("heading", { name: "Recovery codes" }));
    const { credentials } = await session.send("WebAuthn.getCredentials", {
      authenticatorId,
    });
    expect(credentials).toHaveLength(1);
    expect(credentials[0]).toMatchObject({ isResidentCredential: true });
    await withoutAutofill(device);
    await device.signOut();
    await device.visit("/sign-in");
    await device.press("Sign in with a passkey");
    await device.sees("Profile");
    await device.follow("Security");
    await device.reads("Last used");
  });

  it("is offered in the field for the address, and signs in when it is picked", async () => {
    const device = await open();
    await device.signUp(somebody("Joan"));
    await plugIn(device);
    await device.follow("Security");
    await device.press("Add a passkey");
    await device.reads("Never used");
    await device.signOut();
    await device.visit("/sign-in");
    // The authenticator picks what it is offered, at once.
    await device.sees("Profile");
  });

  it("adds no second one to the same authenticator, renames and removes it", async () => {
    const device = await open();
    await device.signUp(somebody("Grace"));
    await plugIn(device);
    await device.follow("Security");
    await device.press("Add a passkey");
    await device.reads("Never used");
    const name =
      (await device.page.locator(".row-title strong").first().textContent()) ??
      "";
    await device.press(`Rename ${name}`);
    await device.fill("Name", "Desk");
    await device.press("Save");
    await device.saysStatus(`${name} is called Desk now.`);
    await device.page
      .getByRole("listitem")
      .filter({ hasText: "Desk" })
      .waitFor();
    await device.press("Remove Desk");
    await confirm(device, "Remove");
    await device.reads("Desk was removed.");
    await device.reads("You have no passkeys");
  });

  it("a second one lies on another authenticator, and the first can go", async () => {
    const device = await open();
    await device.signUp(somebody("Mary"));
    const first = await plugIn(device);
    await device.follow("Security");
    await device.press("Add a passkey");
    await device.reads("Never used");
    await first.session.send("WebAuthn.removeVirtualAuthenticator", {
      authenticatorId: first.authenticatorId,
    });
    await plugIn(device, { transport: "usb" });
    await device.press("Add a passkey");
    const rows = device.page
      .getByRole("list", { name: "Your passkeys" })
      .getByRole("listitem");
    await rows.nth(1).waitFor();
    await rows
      .first()
      .getByRole("button", { name: /^Remove/ })
      .click();
    await confirm(device, "Remove");
    await device.reads(/was removed\./);
    await expect.poll(() => rows.count()).toBe(1);
    await withoutAutofill(device);
    await device.signOut();
    await device.visit("/sign-in");
    await device.press("Sign in with a passkey");
    await isSignedIn(device);
  });

  it("one that does not verify its user is asked for the second factor, and is one for a password", async () => {
    const ada = somebody("Barbara");
    const device = await open();
    await device.signUp(ada);
    await device.follow("Security");
    const { app } = await addAuthenticatorApp(device);
    await plugIn(device, {
      transport: "usb",
      verifies: false,
      resident: false,
    });
    await device.press("Add a passkey");
    await device.reads("Never used");
    await withoutAutofill(device);
    await device.signOut();
    await device.visit("/sign-in");
    await device.fill("E-mail", ada.email);
    await device.press("Sign in with a passkey");
    await device.sees("One more step");
    await device.fill("Code", await app.code());
    await device.press("Confirm");
    await isSignedIn(device);

    await device.signOut();
    await enterPassword(device, ada);
    await device.press("Use a passkey");
    await device.press("Continue with a passkey");
    await isSignedIn(device);
  });
});
