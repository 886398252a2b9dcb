import { describe, it } from "vitest";
import { somebody } from "./support/person.js";
import { useDemo } from "./support/useDemo.js";

describe("passwords in a real browser", () => {
  const open = useDemo();

  it("resets a forgotten password and signs the other devices out", async () => {
    const ada = somebody("Ada");
    const laptop = await open();
    await laptop.signUp(ada);
    const phone = await open();
    await phone.visit("/forgot-password");
    await phone.fill("E-mail", ada.email);
    await phone.press("Send code");
    await phone.sees("Choose a new password");
    await phone.fill("Code", await phone.codeFor(ada));
    await phone.fill("New password", "Ada likes even longer passwords");
    await phone.press("Set new password");
    await phone.page.getByRole("navigation", { name: "Account" }).waitFor();
    await laptop.reads("You were signed out on this device");
    await laptop.submitSignIn(ada.email, ada.password);
    await laptop.reads(/wrong|do not match|not right/i);
    await laptop.signIn({
      ...ada,
      password: "Ada likes even longer passwords",
    });
  });

  it("says the same for an unknown address as for a known one", async () => {
    const device = await open();
    await device.visit("/forgot-password");
    await device.fill("E-mail", "nobody.knows@example.com");
    await device.press("Send code");
    await device.sees("Choose a new password");
  });

  it("changes the password, and only this device stays signed in", async () => {
    const grace = somebody("Grace");
    const laptop = await open();
    await laptop.signUp(grace);
    const phone = await open();
    await phone.signIn(grace);
    await laptop.fill("Current password", grace.password);
    await laptop.fill("New password", "Grace found a better one");
    await laptop.press("Change password");
    await laptop.reads("Password changed");
    await phone.reads("You were signed out on this device");
  });

  it("locks after five wrong passwords and says how long", async () => {
    const edith = somebody("Edith");
    const device = await open();
    await device.signUp(edith);
    await device.signOut();
    await device.reads("You are signed out");
    for (let attempt = 1; attempt <= 5; attempt += 1) {
      await device.submitSignIn(edith.email, `wrong ${attempt}`);
      await device.reads(/wrong|do not match|not right/i);
    }
    await device.submitSignIn(edith.email, edith.password);
    await device.reads(/too often/i);
  });

  it("asks for a code when the address is not proved, also at sign-in", async () => {
    const mary = somebody("Mary");
    const device = await open();
    await device.startSignUp(mary);
    await device.submitSignIn(mary.email, mary.password);
    await device.sees("Check your e-mail");
    await device.fill("Code", "00000000");
    await device.press("Confirm");
    await device.reads(/code is wrong|wrong or has expired|not right/i);
    const code = await device.codeFor(mary);
    await device.fill("Code", `${code.slice(0, 4)} ${code.slice(4)}`);
    await device.press("Confirm");
    await device.page.getByRole("navigation", { name: "Account" }).waitFor();
  });
});
