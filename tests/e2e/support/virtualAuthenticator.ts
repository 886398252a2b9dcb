/** Authenticators that a test plugs in (WebAuthn Level 3, section 11, by CDP). */
import type { CDPSession } from "playwright-core";
import type { Device } from "./person.js";

/** What kind of authenticator it is; one that is built in and verifies its user by default. */
export interface AuthenticatorKind {
  /** How it is reached. */
  transport?: "internal" | "usb";
  /** Whether it verifies its user, by PIN or otherwise. */
  verifies?: boolean;
  /** Whether it finds its credentials by itself. */
  resident?: boolean;
}

/** Plugs an authenticator in. */
export async function plugIn(
  device: Device,
  {
    transport = "internal",
    verifies = true,
    resident = true,
  }: AuthenticatorKind = {},
): Promise<{ session: CDPSession; authenticatorId: string }> {
  const session = await device.context.newCDPSession(device.page);
  await session.send("WebAuthn.enable");
  const { authenticatorId } = await session.send(
    "WebAuthn.addVirtualAuthenticator",
    {
      options: {
        protocol: "ctap2",
        transport,
        hasResidentKey: resident,
        hasUserVerification: verifies,
        isUserVerified: verifies,
        automaticPresenceSimulation: true,
      },
    },
  );
  return { session, authenticatorId };
}

/** As in a browser that offers no passkeys in fields. */
export async function withoutAutofill(device: Device): Promise<void> {
  const switchOff = () => {
    PublicKeyCredential.isConditionalMediationAvailable = () =>
      Promise.resolve(false);
  };
  await device.context.addInitScript(switchOff);
  // The page that is open shows the form, too, as soon as somebody signs out.
  await device.page.evaluate(switchOff);
}
