import { describe, it } from "vitest";
import { confirm, dialogOf } from "./support/dialog.js";
import { somebody } from "./support/person.js";
import { useDemo } from "./support/useDemo.js";

describe("the example app in a real browser", () => {
  const open = useDemo();

  it("signs a person up who proves the address, and remembers the password", async () => {
    const ada = somebody("Ada");
    const device = await open();
    await device.signUp(ada);
    await device.reads(ada.email);
    await device.signOut();
    await device.reads("You are signed out");
    await device.signIn(ada);
  });

  it("keeps the person signed in over a reload", async () => {
    const grace = somebody("Grace");
    const device = await open();
    await device.signUp(grace);
    await device.page.reload();
    await device.sees("Profile");
  });

  it("shows a sign-in elsewhere at once, and signs that device out live", async () => {
    const edith = somebody("Edith");
    const laptop = await open();
    await laptop.signUp(edith);
    await laptop.visit("/sessions");
    await laptop.reads("You are signed in on this device only.");

    const phone = await open();
    await phone.signIn(edith);
    await laptop.seesSessions(2);

    await laptop.press("Sign out everywhere else");
    await phone.reads("You were signed out on this device");
    await laptop.reads("Signed out on 1 other device.");
    await laptop.seesSessions(1);
  });

  it("keeps tabs of one device in step", async () => {
    const mary = somebody("Mary");
    const device = await open();
    const tab = await device.openTab();
    await tab.sees("Sign in");
    await device.signUp(mary);
    await tab.sees("Profile");
    await tab.press("Sign out");
    await device.reads("You are signed out");
  });

  it("does not sign out without a network", async () => {
    const joan = somebody("Joan");
    const device = await open();
    await device.signUp(joan);
    await device.context.setOffline(true);
    await device.page.getByRole("link", { name: "Sessions" }).click();
    await device.context.setOffline(false);
    await device.sees("Your sessions");
    await device.reads("This device");
  });

  it("changes the profile, live in the header", async () => {
    const radia = somebody("Radia");
    const device = await open();
    await device.signUp(radia);
    await device.page.getByRole("textbox", { name: "Name" }).fill("Radia P.");
    await device.page.getByRole("textbox", { name: "Name" }).press("Enter");
    await device.page
      .getByRole("banner")
      .getByText("Radia P.", { exact: true })
      .waitFor();
  });

  it("deletes the account after a typed confirmation", async () => {
    const hedy = somebody("Hedy");
    const device = await open();
    await device.signUp(hedy);
    await device.press("Delete account");
    await dialogOf(device).getByRole("textbox").fill("delete");
    await confirm(device, "Delete for good");
    await device.reads("Your account was deleted");
    await device.submitSignIn(hedy.email, hedy.password);
    await device.reads(/wrong|do not match|not right/i);
  });
});
