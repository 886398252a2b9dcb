import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import {
  confirm,
  createKey,
  endedKeyRow,
  keyRow,
  shownKey,
} from "./support/key.js";
import { createOrganization } from "./support/organization.js";
import { type Device, somebody } from "./support/person.js";
import { useDemo } from "./support/useDemo.js";

const run = promisify(execFile);

describe("API keys in a real browser", () => {
  const open = useDemo();

  /** Sends the request of the command on the page, with a key, from outside. */
  async function use(
    device: Device,
    raw: string,
    path = "/api/me",
  ): Promise<{ status: number; code?: string; headers: Headers }> {
    const command = await device.page
      .locator("pre.command")
      .first()
      .textContent();
    const origin = /https?:\/\/[^/ ]+/.exec(command ?? "")?.[0] ?? "";
    const response = await fetch(origin + path, {
      headers: { Authorization: `Bearer ${raw}` },
    });
    const { status, headers } = response;
    const body = (await response.json()) as { error?: { code: string } };
    return {
      ...{ status, headers },
      ...(body.error === undefined ? {} : { code: body.error.code }),
    };
  }

  it("shows a key once, and when it is used, live; rotates and revokes it", async () => {
    const ada = somebody("Ada");
    const device = await open();
    await device.context.grantPermissions([
      "clipboard-read",
      "clipboard-write",
    ]);
    await device.signUp(ada);
    await device.follow("API keys");
    await device.reads("You have no API keys");
    const raw = await createKey(device, {
      name: "Backup",
      scopes: ["profile:read"],
    });
    await device.press("Copy key");
    await device.reads("Copied.");
    const clipboard = () =>
      device.page.evaluate(() => navigator.clipboard.readText());
    expect(await clipboard()).toBe(raw);
    const row = keyRow(device, "Backup");
    await row.getByText("Never used").waitFor();
    await row.getByText(raw.slice(0, 9), { exact: true }).waitFor();

    // The command is one that works as it is copied.
    await device.press("Copy command");
    await device.reads("Copied.");
    await expect.poll(clipboard).toContain("curl");
    const { stdout } = await run("sh", ["-c", `${await clipboard()} --silent`]);
    expect(JSON.parse(stdout)).toMatchObject({ name: "Ada", email: ada.email });
    await row.getByText("Last used").waitFor();

    await device.press("I have copied it");
    await device.page
      .getByLabel("Your key", { exact: true })
      .waitFor({ state: "detached" });
    expect(await device.page.content()).not.toContain(raw);

    await device.press("Rotate Backup");
    await confirm(device, "Rotate");
    await device.sees("New key for Backup");
    const rotated = await shownKey(device);
    expect(rotated).not.toBe(raw);
    await endedKeyRow(device, "Backup").getByText("Replaced").waitFor();
    expect(await use(device, raw)).toMatchObject({
      ...{ status: 401, code: "API_KEY_REVOKED" },
    });
    expect(await use(device, rotated)).toMatchObject({ status: 200 });

    await device.press("Revoke Backup");
    await confirm(device, "Revoke");
    await device.reads("Backup was revoked.");
    await device.reads("None of your keys works");
    expect(await use(device, rotated)).toMatchObject({
      ...{ status: 401, code: "API_KEY_REVOKED" },
    });
    await device.close();
  });

  it("lets a disabled key rest, and refuses what it was not made for", async () => {
    const device = await open();
    await device.signUp(somebody("Grace"));
    await device.follow("API keys");
    const raw = await createKey(device, {
      name: "Reader",
      scopes: ["profile:read"],
    });
    expect(await use(device, raw, "/api/reports")).toMatchObject({
      ...{ status: 403, code: "SCOPE_CHECK_FAILED" },
    });
    await device.press("Disable Reader");
    await keyRow(device, "Reader").getByText("Disabled").waitFor();
    expect(await use(device, raw)).toMatchObject({
      ...{ status: 401, code: "API_KEY_DISABLED" },
    });
    await device.press("Enable Reader");
    await keyRow(device, "Reader").getByText("Active").waitFor();
    expect(await use(device, raw)).toMatchObject({ status: 200 });
    await device.close();
  });

  it("keeps a key to its rate limit, and tells when to come back", async () => {
    const device = await open();
    await device.signUp(somebody("Edith"));
    await device.follow("API keys");
    const raw = await createKey(device, {
      ...{ name: "Busy", scopes: ["profile:read"] },
      limit: "10 uses per minute",
    });
    for (let count = 0; count < 10; count += 1)
      expect(await use(device, raw)).toMatchObject({ status: 200 });
    const refused = await use(device, raw);
    expect(refused).toMatchObject({
      ...{ status: 429, code: "API_KEY_RATE_LIMITED" },
    });
    expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(0);
    await device.close();
  });

  it("publishes a report with a key, which shows on the page at once", async () => {
    const device = await open();
    await device.signUp(somebody("Hedy"));
    await createOrganization(device, "Frequencies");
    await device.follow("API keys");
    await createKey(device, { name: "Press", scopes: ["report:publish"] });
    const command = await device.page.locator("pre.command").textContent();
    await device.follow("Reports");
    await device.reads("No reports yet");
    await run("sh", ["-c", `${command ?? ""} --silent --fail`]);
    await device.sees("Hello");
    await device.close();
  });

  it("says what is missing before a key is made", async () => {
    const device = await open();
    await device.signUp(somebody("Joan"));
    await device.follow("API keys");
    await device.press("New key");
    await device.press("Create key");
    await device.reads("Enter a name.");
    await device.reads("Choose at least one thing it may do.");
    await device.page.keyboard.press("Escape");
    await device.reads("You have no API keys");
    await device.close();
  });
});
