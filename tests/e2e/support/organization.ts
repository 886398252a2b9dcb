/** What people do with organizations in the example app. */
import type { Locator } from "playwright-core";
import { confirm, dialogOf } from "./dialog.js";
import { type Device, type Identity, somebody } from "./person.js";

/**
 * Creates an organization, from any page of a signed-in person; the person owns
 * it and is on its page then.
 */
export async function createOrganization(
  device: Device,
  name: string,
): Promise<void> {
  await device.page
    .getByRole("navigation", { name: "Account" })
    .getByRole("link", { name: "Organizations" })
    .click();
  await device.press("New organization");
  await device.fill("Name", name);
  await confirm(device, "Create organization");
  await device.sees(name);
}

/** Goes to a part of the organization's page that the person is on. */
export async function openPart(device: Device, name: string): Promise<void> {
  await device.page
    .getByRole("navigation", { name: "Organization" })
    .getByRole("link", { name })
    .click();
}

/** Invites somebody by e-mail, from the organization's page. */
export async function inviteByEmail(
  device: Device,
  { email }: Identity,
  role: string,
): Promise<void> {
  await openPart(device, "Invitations");
  const form = device.page.getByRole("form", { name: "Invite by e-mail" });
  await form.getByLabel("E-mail").fill(email);
  await form.getByLabel("Role").selectOption({ label: role });
  await form.getByRole("button", { name: "Send invitation" }).click();
  await form.getByText("Sent", { exact: true }).waitFor();
}

/** Two people in a new organization: who owns it, and who was invited. */
export async function twoPeople(
  open: () => Promise<Device>,
  organization: string,
  role: string,
): Promise<{ owner: Device; guest: Device; bob: Identity }> {
  const bob = somebody("Bob");
  const owner = await open();
  await owner.signUp(somebody("Ada"));
  await createOrganization(owner, organization);
  await inviteByEmail(owner, bob, role);
  const guest = await open();
  await guest.signUp(bob);
  await guest.visit(await guest.linkFor(bob));
  await guest.press(`Join ${organization}`);
  await guest.sees(organization);
  return { owner, guest, bob };
}

/** Makes a link with which people can join, and reads it as a path. */
export async function inviteByLink(
  device: Device,
  uses: string,
): Promise<string> {
  await openPart(device, "Invitations");
  const form = device.page.getByRole("form", { name: "Invite by link" });
  await form.getByLabel("For", { exact: true }).selectOption({ label: uses });
  await form.getByRole("button", { name: "Create link" }).click();
  const link = await form.getByLabel("Copy it now").inputValue();
  await form.getByRole("button", { name: "Done" }).click();
  const { pathname, search } = new URL(link);
  return pathname + search;
}

/** The person's row in the list of an organization's members. */
export function memberRow(device: Device, { name }: Identity): Locator {
  return device.page
    .getByRole("list", { name: /^Members of/ })
    .getByRole("listitem")
    .filter({ has: device.page.getByText(name, { exact: true }) });
}

/** Gives a member one role in the place of all others. */
export async function giveRole(
  device: Device,
  person: Identity,
  role: string,
): Promise<void> {
  await memberRow(device, person)
    .getByRole("button", { name: `Change roles of ${person.name}` })
    .click();
  const dialog = dialogOf(device);
  const chosen = dialog.getByRole("checkbox", { name: role, exact: true });
  await chosen.waitFor();
  const held = dialog.getByRole("checkbox", { checked: true });
  for (let left = await held.count(); left > 0; left -= 1)
    await held.first().uncheck();
  await chosen.check();
  await confirm(device, "Save");
}

/** The choice of the active organization. */
export function switcher(device: Device): Locator {
  return device.page.getByLabel("Active organization");
}

/** Deletes the organization whose page the person is on. */
export async function deleteOrganization(
  device: Device,
  name: string,
): Promise<void> {
  await openPart(device, "Settings");
  await device.press("Delete organization");
  await dialogOf(device).getByRole("textbox").fill(name);
  await confirm(device, "Delete organization");
}

/**
 * Notes what progress bars show from now on, also for a moment only.
 *
 * @returns A function that tells what was seen, in percent.
 */
export async function watchProgress(
  device: Device,
): Promise<() => Promise<number[]>> {
  const seen = await device.page.evaluateHandle(() => {
    const percents: number[] = [];
    new MutationObserver(() => {
      const bar = document.querySelector('[role="progressbar"]');
      const percent = bar?.getAttribute("aria-valuenow") ?? null;
      if (percent !== null) percents.push(Number(percent));
    }).observe(document, {
      subtree: true,
      childList: true,
      attributes: true,
    });
    return percents;
  });
  return async () => await seen.jsonValue();
}
