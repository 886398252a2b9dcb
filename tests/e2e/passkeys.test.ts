import { describe, expect, it } from "vitest";
import { type Device, somebody } from "./support/person.js";
import { useDemo } from "./support/useDemo.js";

/** Plugs an authenticator in (WebAuthn Level 3, section 11, by CDP). */
async function plugIn(device: Device, options: { verifies?: boolean } = {}) {
  const session = await device.context.newCDPSession(device.page);
  await session.send("WebAuthn.enable");
  const { authenticatorId } = await session.send(
    "WebAuthn.addVirtualAuthenticator",
    {
      options: {
        ...{ protocol: "ctap2", transport: "internal" },
        ...{ hasResidentKey: true, hasUserVerification: true },
        isUserVerified: options.verifies ?? true,
        automaticPresenceSimulation: true,
      },
    },
  );
  return { session, authenticatorId };
}

describe("passkeys in a real browser", () => {
  const open = useDemo();

  it("a person adds one, signs out, and signs in with it", async () => {
    const ada = somebody("Ada");
    const device = await open();
    await device.signUp(ada);
    const { session, authenticatorId } = await plugIn(device);
    await device.follow("Security");
    await device.reads("You have no passkeys");
    await device.press("Add a passkey");
    await device.reads("Never used");
    const { credentials } = await session.send("WebAuthn.getCredentials", {
      authenticatorId,
    });
    expect(credentials).toHaveLength(1);
    expect(credentials[0]).toMatchObject({ isResidentCredential: true });
    // As in a browser that offers no passkeys in fields.
    await device.context.addInitScript(() => {
      PublicKeyCredential.isConditionalMediationAvailable = () =>
        Promise.resolve(false);
    });
    await device.press("Sign out");
    await device.visit("/sign-in");
    await device.press("Sign in with a passkey");
    await device.sees("Profile");
    await device.follow("Security");
    await device.reads("Last used");
    await device.close();
  });

  it("is offered in the field for the address, and signs in when it is picked", async () => {
    const device = await open();
    await device.signUp(somebody("Joan"));
    await plugIn(device);
    await device.follow("Security");
    await device.press("Add a passkey");
    await device.reads("Never used");
    await device.press("Sign out");
    await device.visit("/sign-in");
    // The authenticator picks what it is offered, at once.
    await device.sees("Profile");
    await device.close();
  });

  it("adds no second one to the same authenticator, renames and removes it", async () => {
    const device = await open();
    await device.signUp(somebody("Grace"));
    await plugIn(device);
    await device.follow("Security");
    await device.press("Add a passkey");
    await device.reads("Never used");
    const name =
      (await device.page.locator(".row-title strong").first().textContent()) ??
      "";
    await device.press(`Rename ${name}`);
    await device.fill("Name", "Desk");
    await device.press("Save");
    await device.page
      .getByRole("listitem")
      .filter({ hasText: "Desk" })
      .waitFor();
    await device.press("Remove Desk");
    await device.page
      .getByRole("dialog")
      .getByRole("button", { name: "Remove" })
      .click();
    await device.reads("Desk was removed.");
    await device.reads("You have no passkeys");
    await device.close();
  });
});
