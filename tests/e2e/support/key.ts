/** What people do with API keys in the example app. */
import type { Locator } from "playwright-core";
import type { Device } from "./person.js";

/** A key to make. Texts are those of the page. */
type NewKey = { name: string; scopes: string[]; limit?: string };

/** Creates a key on the page of the keys, and reads it, which can be done once. */
export async function createKey(
  device: Device,
  { name, scopes, limit = "No limit" }: NewKey,
): Promise<string> {
  await device.press("New key");
  const dialog = device.page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  for (const scope of scopes)
    await dialog.getByRole("checkbox", { name: scope }).check();
  await dialog.getByLabel("Rate limit").selectOption({ label: limit });
  await dialog.getByRole("button", { name: "Create key" }).click();
  await device.sees(`${name} is ready`);
  return await shownKey(device);
}

/** The key that is shown this once. */
export async function shownKey(device: Device): Promise<string> {
  return await device.page.getByLabel("Your key", { exact: true }).inputValue();
}

/** The row of a key that works. */
export function keyRow(device: Device, name: string): Locator {
  return rowIn(device, "API keys", name);
}

/** The row of a key that does not work any more. */
export function endedKeyRow(device: Device, name: string): Locator {
  return rowIn(device, "Keys that have ended", name);
}

/** Presses the button with which a dialog is confirmed. */
export async function confirm(device: Device, action: string): Promise<void> {
  await device.page
    .getByRole("dialog")
    .getByRole("button", { name: action, exact: true })
    .click();
}

function rowIn(device: Device, list: string, name: string): Locator {
  return device.page
    .getByRole("list", { name: list, exact: true })
    .locator(":scope > li")
    .filter({ has: device.page.getByText(name, { exact: true }) });
}
