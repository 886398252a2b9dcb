/** What people do with second factors in the example app. */
import { AuthenticatorApp } from "./authenticatorApp.js";
import { gone } from "./dialog.js";
import type { Device, Identity } from "./person.js";

/** Begins to set an authenticator app up, on the page about security. */
export async function beginAuthenticatorApp(
  device: Device,
): Promise<AuthenticatorApp> {
  await device.press("Add an authenticator app");
  await device.fill("Name of the app or device", "Phone");
  await device.press("Continue");
  await device.page
    .getByRole("img", { name: "QR code for your authenticator app" })
    .waitFor();
  await device.page.getByText("Type it in instead").click();
  const secret = await device.page
    .getByLabel("Secret", { exact: true })
    .textContent();
  return new AuthenticatorApp(secret ?? "");
}

/** Sets an authenticator app up, on the page about security. */
export async function addAuthenticatorApp(
  device: Device,
): Promise<{ app: AuthenticatorApp; recoveryCodes: string[] }> {
  const app = await beginAuthenticatorApp(device);
  await device.fill("Code that the app shows", await app.code());
  await device.press("Turn on");
  return { app, recoveryCodes: await saveRecoveryCodes(device) };
}

/** Reads the recovery codes that are shown this once, and says so. */
export async function saveRecoveryCodes(device: Device): Promise<string[]> {
  const list = device.page.getByRole("list", { name: "Recovery codes" });
  await list.waitFor();
  // Nothing closes the only copy but saying that it is saved.
  for (let press = 0; press < 4; press += 1) {
    await device.page.keyboard.press("Escape");
  }
  const codes = await list.getByRole("listitem").allTextContents();
  await device.press("I have saved them");
  await gone(list);
  return codes.map((code) => code.trim());
}

/** Enters e-mail address and password, and waits for the second step. */
export async function enterPassword(
  device: Device,
  { email, password }: Identity,
): Promise<void> {
  await device.submitSignIn(email, password);
  await device.sees("One more step");
}

/** Enters the code that is on its way, once the page asks for it. */
export async function enterSentCode(
  device: Device,
  identity: Identity,
): Promise<void> {
  await device.page.getByLabel("Code", { exact: true }).waitFor();
  await device.fill("Code", await device.codeFor(identity));
}

/** Waits until the pages of a signed-in person are there. */
export async function isSignedIn(device: Device): Promise<void> {
  await device.page.getByRole("navigation", { name: "Account" }).waitFor();
}
