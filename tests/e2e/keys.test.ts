import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { ConvexHttpClient } from "convex/browser";
import { describe, expect, it } from "vitest";
import { api } from "../../example/convex/_generated/api.js";
import { cancel, confirm, dialogOf, focused, gone } from "./support/dialog.js";
import {
  createKey,
  endedKeyRow,
  keyRow,
  shownKey,
  siteUrl,
  useKey,
} from "./support/key.js";
import { createOrganization } from "./support/organization.js";
import { somebody } from "./support/person.js";
import { useDemo } from "./support/useDemo.js";

const run = promisify(execFile);

describe("API keys in a real browser", () => {
  const open = useDemo();

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
    await expect.poll(clipboard).toBe(raw);
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
    await gone(device.page.getByLabel("Your key", { exact: true }));
    expect(await device.page.content()).not.toContain(raw);

    await device.press("Rotate Backup");
    await confirm(device, "Rotate");
    await device.sees("New key for Backup");
    const rotated = await shownKey(device);
    expect(rotated).not.toBe(raw);
    await endedKeyRow(device, "Backup").getByText("Replaced").waitFor();
    expect(await useKey(device, raw)).toMatchObject({
      status: 401,
      code: "API_KEY_REVOKED",
    });
    expect(await useKey(device, rotated)).toMatchObject({ status: 200 });

    await device.press("Revoke Backup");
    await confirm(device, "Revoke");
    await device.reads("Backup was revoked.");
    await device.reads("None of your keys works");
    expect(await useKey(device, rotated)).toMatchObject({
      status: 401,
      code: "API_KEY_REVOKED",
    });
  });

  it("lets a disabled key rest, and refuses what it was not made for", async () => {
    const device = await open();
    await device.signUp(somebody("Grace"));
    await device.follow("API keys");
    const raw = await createKey(device, {
      name: "Reader",
      scopes: ["profile:read"],
    });
    expect(await useKey(device, raw, "/api/reports")).toMatchObject({
      status: 403,
      code: "SCOPE_CHECK_FAILED",
    });
    await device.press("Disable Reader");
    await keyRow(device, "Reader").getByText("Disabled").waitFor();
    expect(await useKey(device, raw)).toMatchObject({
      status: 401,
      code: "API_KEY_DISABLED",
    });
    await device.press("Enable Reader");
    await keyRow(device, "Reader").getByText("Active").waitFor();
    expect(await useKey(device, raw)).toMatchObject({ status: 200 });
  });

  it("keeps a key to its rate limit, and tells when to come back", async () => {
    const device = await open();
    await device.signUp(somebody("Edith"));
    await device.follow("API keys");
    const raw = await createKey(device, {
      name: "Busy",
      scopes: ["profile:read"],
      limit: "10 uses per minute",
    });
    for (let count = 0; count < 9; count += 1)
      expect(await useKey(device, raw)).toMatchObject({ status: 200 });
    await keyRow(device, "Busy").getByText("1 left").waitFor();
    expect(await useKey(device, raw)).toMatchObject({ status: 200 });
    await keyRow(device, "Busy").getByText("0 left").waitFor();
    const refused = await useKey(device, raw);
    expect(refused).toMatchObject({
      status: 429,
      code: "API_KEY_RATE_LIMITED",
    });
    expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(0);
  });

  it("publishes a report with a key, which shows on the page at once", async () => {
    const device = await open();
    await device.signUp(somebody("Hedy"));
    await createOrganization(device, "Frequencies");
    await device.visit("/keys");
    await createKey(device, { name: "Press", scopes: ["report:publish"] });
    const command = await device.page.locator("pre.command").textContent();
    await device.follow("Reports");
    await device.reads("No reports yet");
    await run("sh", ["-c", `${command ?? ""} --silent --fail`]);
    await device.sees("Hello");
  });

  it("changes a key: its name, what it may do, and its limits", async () => {
    const device = await open();
    await device.signUp(somebody("Barbara"));
    await device.follow("API keys");
    const raw = await createKey(device, {
      name: "Draft",
      scopes: ["profile:read"],
      limit: "10 uses per minute",
    });
    expect(await useKey(device, raw, "/api/reports")).toMatchObject({
      status: 403,
      code: "SCOPE_CHECK_FAILED",
    });
    const row = keyRow(device, "Draft");
    await row.getByText("10 uses per minute").waitFor();
    await device.press("Edit Draft");
    const dialog = dialogOf(device);
    await dialog.getByLabel("Name").fill("Final");
    await dialog.getByRole("checkbox", { name: "profile:read" }).uncheck();
    await device.press("Save");
    await device.reads("Choose at least one thing it may do.");
    await dialog.getByRole("checkbox", { name: "report:read" }).check();
    await dialog.getByLabel("Rate limit").selectOption({ label: "No limit" });
    await dialog.getByLabel("Expires after").selectOption({ label: "Never" });
    await confirm(device, "Save");
    const changed = keyRow(device, "Final");
    await changed.getByText("Never expires").waitFor();
    await gone(changed.getByText("10 uses per minute"));
    expect(await useKey(device, raw, "/api/reports")).toMatchObject({
      status: 200,
      body: { organization: null, reports: [] },
    });
    expect(await useKey(device, raw)).toMatchObject({ status: 403 });

    // Nothing was changed here: nothing changes.
    await device.press("Edit Final");
    await confirm(device, "Save");
    await changed.getByText("Never expires").waitFor();
  });

  it("shows at once that a quota is used up, and gives a new one", async () => {
    const device = await open();
    await device.signUp(somebody("Katherine"));
    await device.follow("API keys");
    const raw = await createKey(device, {
      name: "Trial",
      scopes: ["profile:read"],
      quota: "10 uses in all",
    });
    await keyRow(device, "Trial").getByText("10 uses in all").waitFor();
    for (let count = 0; count < 9; count += 1)
      expect(await useKey(device, raw)).toMatchObject({ status: 200 });
    await keyRow(device, "Trial").getByText("1 left").waitFor();
    expect(await useKey(device, raw)).toMatchObject({ status: 200 });
    await keyRow(device, "Trial").getByText("0 left").waitFor();
    expect(await useKey(device, raw)).toMatchObject({
      status: 429,
      code: "API_KEY_QUOTA_EXCEEDED",
    });
    await endedKeyRow(device, "Trial").getByText("Used up").waitFor();

    await device.press("Edit Trial");
    await dialogOf(device)
      .getByLabel("Quota")
      .selectOption({ label: "10 uses in all, counted anew" });
    await confirm(device, "Save");
    await device.reads("Trial was changed.");
    await keyRow(device, "Trial").getByText("Active").waitFor();
    expect(await useKey(device, raw)).toMatchObject({ status: 200 });
  });

  it("exchanges a key for a token that Convex accepts", async () => {
    const device = await open();
    await device.signUp(somebody("Margaret"));
    await device.follow("API keys");
    const raw = await createKey(device, {
      name: "Client",
      scopes: ["profile:read"],
    });
    await device.press("I have copied it");
    await device.sees("Exchange it for a token");
    const command = device.page.locator("pre.command").last();
    const { stdout } = await run(
      "sh",
      ["-c", `${(await command.textContent()) ?? ""} --silent --fail`],
      { env: { ...process.env, API_KEY: raw } },
    );
    const answer = JSON.parse(stdout) as { access_token: string };
    expect(answer).toMatchObject({
      token_type: "Bearer",
      expires_in: 300,
      scope: "profile:read",
    });
    // It is taken as a token, and is nobody's session.
    const client = new ConvexHttpClient(await siteUrl(device));
    client.setAuth(answer.access_token);
    expect(await client.query(api.users.viewer, {})).toBeNull();
    client.setAuth(`${answer.access_token}x`);
    await expect(client.query(api.users.viewer, {})).rejects.toThrow();
  });

  it("types into the dialog that was opened last, however fast", async () => {
    const device = await open();
    await device.signUp(somebody("Dorothy"));
    await device.follow("API keys");
    await device.press("New key");
    const field = dialogOf(device).getByLabel("Name");
    await field.fill("Cancelled");
    // Faster than anybody: before the browser tells that the first has closed.
    await device.page.evaluate(() => {
      for (const name of ["Cancel", "New key"])
        [...document.querySelectorAll("button")]
          .find(({ textContent }) => textContent === name)
          ?.click();
    });
    await expect.poll(() => field.inputValue()).toBe("");
    await focused(field);
    await device.page.keyboard.type("By keyboard");
    await expect.poll(() => field.inputValue()).toBe("By keyboard");
    await cancel(device);
    await device.press("New key");
    await field.fill("Another");
    await dialogOf(device)
      .getByRole("checkbox", { name: "profile:read" })
      .check();
    await confirm(device, "Create key");
    await device.sees("Another is ready");
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
    await gone(dialogOf(device));
    await device.reads("You have no API keys");
  });
});
