/** What people do with API keys in the example app. */
import type { Locator } from "playwright-core";
import { confirm, dialogOf } from "./dialog.js";
import type { Device } from "./person.js";

/** A key to make. Texts are those of the page. */
type NewKey = {
  name: string;
  scopes: string[];
  limit?: string;
  quota?: string;
  /** Of an organization's key: whether it ends when the person leaves. */
  isRevokedOnLeave?: boolean;
};

/** Creates a key on the page of the keys, and reads it, which can be done once. */
export async function createKey(
  device: Device,
  {
    name,
    scopes,
    limit = "No limit",
    quota = "Any number of uses",
    isRevokedOnLeave = false,
  }: NewKey,
): Promise<string> {
  await device.press("New key");
  const dialog = dialogOf(device);
  await dialog.getByLabel("Name").fill(name);
  for (const scope of scopes)
    await dialog.getByRole("checkbox", { name: scope }).check();
  await dialog.getByLabel("Rate limit").selectOption({ label: limit });
  await dialog.getByLabel("Quota").selectOption({ label: quota });
  if (isRevokedOnLeave)
    await dialog.getByLabel("Revoke it when I leave").check();
  await confirm(device, "Create key");
  await device.sees(`${name} is ready`);
  return await shownKey(device);
}

/** The answer to a request with a key. */
export type KeyAnswer = {
  status: number;
  /** Why it was refused, if it was. */
  code?: string;
  body: unknown;
  headers: Headers;
};

/** Sends a request with a key from outside, to where the page says. */
export async function useKey(
  device: Device,
  raw: string,
  path = "/api/me",
  body?: object,
): Promise<KeyAnswer> {
  const response = await fetch((await siteUrl(device)) + path, {
    headers: { Authorization: `Bearer ${raw}` },
    ...(body === undefined
      ? {}
      : { method: "POST", body: JSON.stringify(body) }),
  });
  const { status, headers } = response;
  const answer = (await response.json()) as { error?: { code?: string } };
  const code = answer.error?.code;
  return {
    status,
    headers,
    body: answer,
    ...(code === undefined ? {} : { code }),
  };
}

/** Where the app's HTTP routes are, by a command on the page. */
export async function siteUrl(device: Device): Promise<string> {
  const address = /https?:\/\/[^/ ]+/;
  const command = device.page
    .locator("pre.command")
    .filter({ hasText: address })
    .first();
  return address.exec((await command.textContent()) ?? "")?.[0] ?? "";
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

function rowIn(device: Device, list: string, name: string): Locator {
  return device.page
    .getByRole("list", { name: list, exact: true })
    .locator(":scope > li")
    .filter({ has: device.page.getByText(name, { exact: true }) });
}
