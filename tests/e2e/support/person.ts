/** A person at a device, who sees and does what people can. */
import { randomUUID } from "node:crypto";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { ConvexHttpClient } from "convex/browser";
import { expect, vi } from "vitest";
import { api } from "../../../example/convex/_generated/api.js";
import type { Demo } from "./demo.js";
import { LAPTOP } from "./browser.js";

/** Who signs up. */
export type Identity = { name: string; email: string; password: string };

/** A person nobody knows yet, in no test. */
export function somebody(name: string): Identity {
  return {
    name,
    email: `${name.toLowerCase()}.${randomUUID().slice(0, 8)}@example.com`,
    password: `${name} likes long passwords`,
  };
}

/**
 * How long a person waits for a page to do something, in milliseconds: long
 * enough for a slow machine with much else to do.
 */
const PATIENCE_MS = 60_000;

/** The letters that somebody has read, by their ids. */
const read = new Set<string>();

/** A device with a page of the app. */
export class Device {
  readonly #demo: Demo;
  /** The device's browser profile. */
  readonly context: BrowserContext;
  /** The page in front. */
  readonly page: Page;

  private constructor(demo: Demo, context: BrowserContext, page: Page) {
    this.#demo = demo;
    this.context = context;
    this.page = page;
  }

  /** Switches a new device on; the first visit opens the app. */
  static async open(
    demo: Demo,
    browser: Browser,
    options = LAPTOP,
  ): Promise<Device> {
    const context = await browser.newContext(options);
    context.setDefaultTimeout(PATIENCE_MS);
    await context.addInitScript((convexUrl) => {
      Object.assign(globalThis, { CONVEX_URL: convexUrl });
    }, demo.convexUrl);
    const page = await context.newPage();
    return new Device(demo, context, page);
  }

  /** Opens the app in one more tab of this device. */
  async openTab(): Promise<Device> {
    const page = await this.context.newPage();
    await page.goto(this.#demo.appUrl);
    return new Device(this.#demo, this.context, page);
  }

  /** Goes to a page of the app, as by a bookmark. */
  async visit(path: string): Promise<void> {
    await this.page.goto(this.#demo.appUrl + path);
  }

  /** Waits until the page has a heading. */
  async sees(heading: string): Promise<void> {
    await this.page.getByRole("heading", { name: heading }).waitFor();
  }

  /** Waits until the page says something. */
  async reads(text: string | RegExp): Promise<void> {
    await this.page.getByText(text).first().waitFor();
  }

  /** Waits until something is said to who does not see the page, too. */
  async saysStatus(text: string): Promise<void> {
    await this.page.getByRole("status").getByText(text).waitFor();
  }

  /** Types into a field. */
  async fill(label: string, text: string): Promise<void> {
    await this.page.getByLabel(label, { exact: true }).fill(text);
  }

  /** Follows a link of the page. */
  async follow(name: string): Promise<void> {
    await this.page.getByRole("link", { name, exact: true }).click();
  }

  /** Presses a button. */
  async press(name: string): Promise<void> {
    await this.page.getByRole("button", { name, exact: true }).click();
  }

  /** Fills in the sign-up form and waits for the code to be asked for. */
  async startSignUp(identity: Identity): Promise<void> {
    await this.visit("/sign-up");
    await this.fillSignUp(identity);
  }

  /** Fills in the sign-up form that is there, and waits for the code. */
  async fillSignUp({ name, email, password }: Identity): Promise<void> {
    await this.page.getByLabel("Name").fill(name);
    await this.fill("E-mail", email);
    await this.fill("Password", password);
    await this.press("Create account");
    await this.sees("Check your e-mail");
  }

  /** Signs up, code included. */
  async signUp(identity: Identity): Promise<void> {
    await this.startSignUp(identity);
    await this.confirmCode(identity);
    await this.sees("Profile");
  }

  /** Enters the code that the app asks for. */
  async confirmCode(identity: Identity): Promise<void> {
    await this.fill("Code", await this.codeFor(identity));
    await this.press("Confirm");
  }

  /** Fills in the sign-in form. */
  async submitSignIn(email: string, password: string): Promise<void> {
    await this.visit("/sign-in");
    await this.fill("E-mail", email);
    await this.fill("Password", password);
    await this.press("Sign in");
  }

  /**
   * Signs out, and waits until the browser has forgotten the session: a page that
   * is opened at once would find it yet.
   */
  async signOut(): Promise<void> {
    await this.press("Sign out");
    await this.page
      .getByRole("navigation", { name: "Account" })
      .waitFor({ state: "detached" });
  }

  /** Signs in. */
  async signIn({ email, password }: Identity): Promise<void> {
    await this.submitSignIn(email, password);
    await this.page.getByRole("navigation", { name: "Account" }).waitFor();
  }

  /** Waits for a code in the person's mailbox that was not read before. */
  async codeFor(identity: Identity): Promise<string> {
    return await this.#newestUnread(identity, "code");
  }

  /** Waits for a link in the person's mailbox; it is a path of the app. */
  async linkFor(identity: Identity): Promise<string> {
    const link = await this.#newestUnread(identity, "link");
    const { pathname, search } = new URL(link);
    return pathname + search;
  }

  /** A code or a link from the newest letter that nobody has read. */
  async #newestUnread(
    { email }: Identity,
    part: "code" | "link",
  ): Promise<string> {
    const client = new ConvexHttpClient(this.#demo.convexUrl, {
      logger: false,
    });
    return await vi.waitFor(
      async () => {
        // The newest is the first.
        for (const letter of await client.query(api.outbox.list, {})) {
          const { _id: id, to, [part]: text } = letter;
          if (to !== email || text === undefined || read.has(id)) continue;
          read.add(id);
          return text;
        }
        throw new Error(`There is no new ${part} for ${email}`);
      },
      { timeout: PATIENCE_MS },
    );
  }

  /** Waits until the list of sessions shows as many devices. */
  async seesSessions(count: number): Promise<void> {
    const sessions = this.page
      .getByRole("list", { name: "Sessions" })
      .getByRole("listitem");
    await expect.poll(() => sessions.count()).toBe(count);
  }

  /** Prints what the page shows. */
  async report(): Promise<void> {
    const shown = await this.page.locator("body").ariaSnapshot();
    console.log(`${this.page.url()} shows:\n${shown}`);
  }

  /** Turns the device off. */
  async close(): Promise<void> {
    await this.context.close();
  }
}
