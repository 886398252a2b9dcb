/** What people do with dialogs. */
import type { Locator } from "playwright-core";
import type { Device } from "./person.js";

/** The dialog that is open. */
export function dialogOf(device: Device): Locator {
  return device.page.getByRole("dialog");
}

/**
 * Presses the button with which the open dialog is confirmed, and waits until
 * the dialog is gone. What is looked for after that is found on the page alone.
 */
export async function confirm(device: Device, action: string): Promise<void> {
  const dialog = dialogOf(device);
  await dialog.getByRole("button", { name: action, exact: true }).click();
  await gone(dialog);
}

/** Leaves the open dialog with nothing done, and waits until it is gone. */
export async function cancel(device: Device): Promise<void> {
  await confirm(device, "Cancel");
}

/** Waits until nothing of the kind is on the page. */
export async function gone(element: Locator): Promise<void> {
  await element.first().waitFor({ state: "detached" });
}

/** Waits until an element has the focus. */
export async function focused(element: Locator): Promise<void> {
  await element.and(element.page().locator(":focus")).waitFor();
}
