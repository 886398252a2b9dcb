import { ConvexHttpClient } from "convex/browser";
import { describe, expect, it } from "vitest";
import { api } from "../../example/convex/_generated/api.js";
import { cancel, confirm, dialogOf, gone } from "./support/dialog.js";
import {
  createKey,
  endedKeyRow,
  keyRow,
  siteUrl,
  useKey,
} from "./support/key.js";
import {
  createOrganization,
  giveRole,
  openPart,
  twoPeople,
} from "./support/organization.js";
import { type Device, somebody } from "./support/person.js";
import { useDemo } from "./support/useDemo.js";

/** Removes a member, from the organization's page. */
async function removeMember(device: Device, name: string): Promise<void> {
  await openPart(device, "Members");
  await device.press(`Remove ${name}`);
  await confirm(device, "Remove");
  await device.reads(`${name} is not a member of`);
}

describe("API keys of organizations in a real browser", () => {
  const open = useDemo();

  it("makes a key that acts for the organization", async () => {
    const device = await open();
    await device.signUp(somebody("Ada"));
    await createOrganization(device, "Publishers");
    await openPart(device, "API keys");
    await device.reads("Publishers has no API keys");
    const raw = await createKey(device, {
      name: "Website",
      scopes: ["report:read", "report:publish"],
    });
    const row = keyRow(device, "Website");
    await row.getByText("Made by you").waitFor();
    expect(await useKey(device, raw)).toMatchObject({
      status: 200,
      body: { organization: "Publishers", key: "Website" },
    });
    const report = {
      title: "From outside",
      text: "Nobody is signed in there.",
    };
    expect(await useKey(device, raw, "/api/reports", report)).toMatchObject({
      status: 200,
    });
    expect(await useKey(device, raw, "/api/reports")).toMatchObject({
      body: {
        organization: "Publishers",
        reports: [{ title: "From outside", author: "The API key Website" }],
      },
    });
    expect(
      await useKey(device, raw, "/api/reports", { title: "x".repeat(121) }),
    ).toMatchObject({ status: 400 });
    await row.getByText("Last used").waitFor();
    await device.press("Disable Website");
    await row.getByText("Disabled").waitFor();
    expect(await useKey(device, raw)).toMatchObject({
      status: 401,
      code: "API_KEY_DISABLED",
    });
    await openPart(device, "Activity");
    await device.reads("Ada created an API key");
    // A person's own keys are elsewhere.
    await device.visit("/keys");
    await device.reads("You have no API keys");
    await device.visit("/reports");
    await device.sees("From outside");
    await device.reads("The API key Website");
  });

  it("exchanges a key for a token with which a Convex client reads", async () => {
    const device = await open();
    await device.signUp(somebody("Ida"));
    await createOrganization(device, "Observatory");
    await openPart(device, "API keys");
    const raw = await createKey(device, {
      name: "Telescope",
      scopes: ["report:read"],
    });
    const { body } = await useKey(device, raw, "/api/auth/token", {});
    const client = new ConvexHttpClient(await siteUrl(device));
    client.setAuth((body as { access_token: string }).access_token);
    expect(await client.query(api.reports.list, {})).toEqual([]);
    const report = { title: "Stars", text: "" };
    await expect(
      client.mutation(api.reports.publish, report),
    ).rejects.toMatchObject({ data: { code: "SCOPE_CHECK_FAILED" } });
    // A token does not outlive what is done to its key.
    await device.press("Disable Telescope");
    await keyRow(device, "Telescope").getByText("Disabled").waitFor();
    await expect(client.query(api.reports.list, {})).rejects.toMatchObject({
      data: { code: "API_KEY_DISABLED" },
    });
    await device.press("Edit Telescope");
    await device.page.getByRole("checkbox", { name: "report:publish" }).check();
    await confirm(device, "Save");
    await device.press("Enable Telescope");
    await keyRow(device, "Telescope").getByText("Active").waitFor();
    const renewed = await useKey(device, raw, "/api/auth/token", {});
    client.setAuth((renewed.body as { access_token: string }).access_token);
    await client.mutation(api.reports.publish, report);
    expect(await client.query(api.reports.list, {})).toMatchObject([
      { title: "Stars", author: "The API key Telescope" },
    ]);
  });

  it("shows the keys to those whose role allows it, live", async () => {
    const { owner, guest, bob } = await twoPeople(open, "Key House", "Reader");
    await openPart(owner, "API keys");
    await createKey(owner, { name: "Ada’s key", scopes: ["report:read"] });
    const parts = guest.page.getByRole("navigation", { name: "Organization" });
    const tab = parts.getByRole("link", { name: "API keys" });
    await parts.getByRole("link", { name: "Groups" }).waitFor();
    await gone(tab);
    await guest.visit(new URL(`${guest.page.url()}/keys`).pathname);
    await guest.reads("Your role does not include this");

    await openPart(owner, "Members");
    await giveRole(owner, bob, "Admin");
    await keyRow(guest, "Ada’s key").getByText("Made by Ada").waitFor();
    await guest.press("Revoke Ada’s key");
    await confirm(guest, "Revoke");
    await openPart(owner, "API keys");
    await endedKeyRow(owner, "Ada’s key").getByText("Revoked").waitFor();

    await openPart(owner, "Members");
    await giveRole(owner, bob, "Reader");
    await guest.reads("Your role does not include this");
  });

  it("gives a key no more than who makes it may do", async () => {
    const { owner, guest, bob } = await twoPeople(open, "Auditors", "Member");
    await openPart(owner, "Roles");
    await owner.press("New role");
    const dialog = dialogOf(owner);
    await dialog.getByLabel("Name", { exact: true }).fill("auditor");
    for (const [group, action] of [
      ["Reports", "read"],
      ["API keys", "see"],
      ["API keys", "create"],
    ] as const)
      await dialog
        .getByRole("group", { name: group })
        .getByRole("checkbox", { name: action })
        .check();
    await confirm(owner, "Create role");
    await openPart(owner, "Members");
    await giveRole(owner, bob, "auditor");

    await openPart(guest, "API keys");
    await guest.press("New key");
    const publish = guest.page.getByRole("checkbox", {
      name: "report:publish",
    });
    await expect.poll(() => publish.isDisabled()).toBe(true);
    await cancel(guest);
    const raw = await createKey(guest, {
      name: "Bob’s key",
      scopes: ["report:read"],
    });
    expect(await useKey(guest, raw, "/api/reports")).toMatchObject({
      status: 200,
    });
    // Making keys is not changing them.
    const row = keyRow(guest, "Bob’s key");
    await row.waitFor();
    await gone(row.getByRole("button"));

    await giveRole(owner, bob, "Admin");
    await guest.press("Disable Bob’s key");
    await row.getByText("Disabled").waitFor();
    await guest.press("Enable Bob’s key");
    await row.getByText("Active").waitFor();
    expect(await useKey(guest, raw, "/api/reports")).toMatchObject({
      status: 200,
    });
  });

  it("ends a key with the membership of who made it, or lets it rest", async () => {
    const { owner, guest } = await twoPeople(open, "Leavers", "Admin");
    await openPart(guest, "API keys");
    const resting = await createKey(guest, {
      name: "Stays",
      scopes: ["report:read"],
    });
    const ending = await createKey(guest, {
      name: "Leaves",
      scopes: ["report:read"],
      isRevokedOnLeave: true,
    });
    await openPart(owner, "API keys");
    await keyRow(owner, "Leaves").getByText("Ends when Bob leaves").waitFor();
    for (const raw of [resting, ending])
      expect(await useKey(owner, raw)).toMatchObject({ status: 200 });
    await removeMember(owner, "Bob");
    await openPart(owner, "API keys");
    await endedKeyRow(owner, "Leaves").getByText("Revoked").waitFor();
    await keyRow(owner, "Stays").getByText("Resting").waitFor();
    expect(await useKey(owner, ending)).toMatchObject({
      status: 401,
      code: "API_KEY_REVOKED",
    });
    expect(await useKey(owner, resting)).toMatchObject({
      status: 401,
      code: "API_KEY_OWNER_INACTIVE",
    });
  });
});
