import { describe, it } from "vitest";
import { checkPage } from "./support/accessibility.js";
import { LAPTOP, PHONE } from "./support/browser.js";
import { somebody } from "./support/person.js";
import {
  beginAuthenticatorApp,
  enterPassword,
  isSignedIn,
  saveRecoveryCodes,
} from "./support/secondFactor.js";
import { useDemo } from "./support/useDemo.js";
import { plugIn, withoutAutofill } from "./support/virtualAuthenticator.js";

describe("pages about second factors", () => {
  const open = useDemo();

  it.each([
    ["a laptop", LAPTOP],
    ["a phone", PHONE],
  ])(
    "can be read by everybody and fit the screen, on %s",
    async (_name, screen) => {
      const device = await open({ ...screen, reducedMotion: "reduce" });
      const grace = somebody("Grace");
      await device.signUp(grace);
      await device.follow("Security");
      await device.reads("You have no passkeys");
      await checkPage(device, "Codes by e-mail");
      const app = await beginAuthenticatorApp(device);
      await checkPage(device, "Add an authenticator app");
      await device.fill("Code that the app shows", await app.code());
      await device.press("Turn on");
      await checkPage(device, "Save your recovery codes");
      await saveRecoveryCodes(device);
      await plugIn(device);
      await device.press("Add a passkey");
      await device.saysStatus("The passkey was added.");
      await checkPage(device, "Recovery codes");

      await withoutAutofill(device);
      await device.signOut();
      await enterPassword(device, grace);
      await checkPage(device, "One more step");
      await device.press("Use a recovery code");
      await checkPage(device, "One more step");
      await device.press("Use your authenticator app");
      await device.page.getByLabel("Trust this browser for 30 days").check();
      await device.fill("Code", await app.code());
      await device.press("Confirm");
      await isSignedIn(device);

      // The password is enough in this browser, but not for everything.
      await device.signOut();
      await device.signIn(grace);
      await device.follow("Security");
      await checkPage(device, "Trusted browsers");
      await device.press("Make new codes");
      await device.page
        .getByRole("dialog")
        .getByRole("button", { name: "Make new codes" })
        .click();
      await checkPage(device, "Confirm that it is you");
    },
  );
});
