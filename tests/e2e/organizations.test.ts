import { describe, expect, it } from "vitest";
import { confirm, dialogOf, gone } from "./support/dialog.js";
import {
  createOrganization,
  deleteOrganization,
  giveRole,
  inviteByEmail,
  inviteByLink,
  memberRow,
  openPart,
  switcher,
  twoPeople,
  watchProgress,
} from "./support/organization.js";
import { somebody } from "./support/person.js";
import { useDemo } from "./support/useDemo.js";

describe("organizations in a real browser", () => {
  const open = useDemo();

  it("keeps an e-mail invitation through sign-up, and shows who joins at once", async () => {
    const bob = somebody("Bob");
    const owner = await open();
    await owner.signUp(somebody("Ada"));
    await createOrganization(owner, "Lovelace & Co");
    await inviteByEmail(owner, bob, "Reader");
    const pending = owner.page.getByRole("list", {
      name: "Pending invitations",
    });
    await pending.getByText(bob.email).waitFor();

    const guest = await open();
    await guest.visit(await guest.linkFor(bob));
    await guest.reads("Join Lovelace & Co");
    await guest.follow("Sign in");
    await guest.follow("Create an account");
    await guest.reads("Join Lovelace & Co");
    await expect
      .poll(() => guest.page.getByLabel("E-mail").inputValue())
      .toBe(bob.email);
    await guest.fillSignUp(bob);
    await guest.confirmCode(bob);
    await guest.press("Join Lovelace & Co");
    await guest.sees("Lovelace & Co");

    await owner.reads("No invitation is pending.");
    await openPart(owner, "Members");
    await memberRow(owner, bob).getByText("Reader").waitFor();
  });

  it("opens and locks the reports live as the role changes", async () => {
    const { owner, guest, bob } = await twoPeople(open, "Analytical", "Member");
    await guest.visit("/reports");
    await guest.reads("Reports are locked for you");

    await openPart(owner, "Members");
    await giveRole(owner, bob, "Reader");
    await guest.reads("No reports yet");
    await gone(guest.page.getByLabel("Title"));

    await giveRole(owner, bob, "Editor");
    await guest.page.getByLabel("Title").fill("On engines");
    await guest.press("Publish");
    await guest.sees("On engines");
    await owner.page.getByRole("link", { name: "Reports" }).click();
    await owner.sees("On engines");

    await owner.page.goBack();
    await giveRole(owner, bob, "Member");
    await guest.reads("Reports are locked for you");
  });

  it("takes everything away live from a member who is removed", async () => {
    const { owner, guest, bob } = await twoPeople(open, "Difference", "Admin");
    await openPart(owner, "Members");
    await memberRow(owner, bob)
      .getByRole("button", { name: "Remove Bob" })
      .click();
    await confirm(owner, "Remove");
    await guest.reads("You have no access to this organization");
    await gone(switcher(guest));
    await owner.reads("Bob is not a member of Difference any more.");
    await gone(memberRow(owner, bob));
  });

  it("builds, moves and deletes a tree of groups", async () => {
    const owner = await open();
    await owner.signUp(somebody("Grace"));
    await createOrganization(owner, "Compilers");
    await openPart(owner, "Groups");
    for (const [parent, name] of [
      ["Compilers", "Engineering"],
      ["Engineering", "Backend"],
      ["Backend", "Storage"],
      ["Compilers", "Sales"],
    ] as const) {
      await owner.page
        .getByRole("button", { name: `Add group to ${parent}` })
        .first()
        .click();
      await owner.fill("Name", name);
      await confirm(owner, "Add");
      await owner.page.getByRole("heading", { name, level: 2 }).waitFor();
    }
    const tree = owner.page.getByRole("navigation", {
      name: "Groups of Compilers",
    });
    await tree.getByRole("link", { name: "Backend" }).click();
    await owner.press("Move Backend");
    await dialogOf(owner)
      .getByLabel("New place")
      .selectOption({ label: "\u2003Sales" });
    await confirm(owner, "Move");
    const above = owner.page.getByRole("navigation", { name: "Groups above" });
    await above.getByRole("link", { name: "Sales" }).waitFor();

    await owner.press("Delete Backend");
    await confirm(owner, "Delete");
    await expect
      .poll(() => tree.getByRole("link").allInnerTexts())
      .toEqual(["Engineering", "Sales"]);
  });

  it("lets a link be used as often as it says, and revokes one", async () => {
    const owner = await open();
    await owner.signUp(somebody("Ada"));
    await createOrganization(owner, "Link House");
    const link = await inviteByLink(owner, "1 person");
    const first = await open();
    await first.signUp(somebody("Carla"));
    await first.visit(link);
    await first.press("Join Link House");
    await first.sees("Link House");
    const second = await open();
    await second.signUp(somebody("Dora"));
    await second.visit(link);
    await second.reads("This invitation has been used up");
    await first.press("Leave Link House");
    await confirm(first, "Leave");
    await first.reads("You belong to no organization yet");

    const other = await inviteByLink(owner, "5 people");
    await second.visit(other);
    await second.page
      .getByRole("button", { name: "Join Link House" })
      .waitFor();
    await owner.press("Revoke link");
    await second.reads("This invitation was taken back");
  });

  it("does not let an invitation be accepted with another address", async () => {
    const { owner, guest } = await twoPeople(open, "Mailbox", "Member");
    const stranger = somebody("Eve");
    await inviteByEmail(owner, stranger, "Member");
    await guest.visit(await guest.linkFor(stranger));
    await guest.reads("This invitation is for another address");
    await guest.press("Sign out and use another account");
    await guest.sees("Create account");
    await expect
      .poll(() => guest.page.getByLabel("E-mail").inputValue())
      .toBe(stranger.email);
  });

  it("switches between organizations on all devices at once", async () => {
    const ada = somebody("Ada");
    const laptop = await open();
    await laptop.signUp(ada);
    await createOrganization(laptop, "First House");
    await createOrganization(laptop, "Second House");
    const phone = await open();
    await phone.signIn(ada);
    await phone.visit("/reports");
    await phone.reads(/What Second House publishes/);
    await switcher(laptop).selectOption({ label: "First House" });
    await laptop.sees("First House");
    await phone.reads(/What First House publishes/);
  });

  it("makes a role of its own, gives it, and keeps it while somebody has it", async () => {
    const { owner, guest, bob } = await twoPeople(open, "Role Model", "Member");
    await openPart(owner, "Roles");
    await owner.press("New role");
    const dialog = dialogOf(owner);
    await dialog.getByLabel("Name", { exact: true }).fill("auditor");
    await dialog
      .getByRole("group", { name: "Reports" })
      .getByRole("checkbox", { name: "read" })
      .check();
    await confirm(owner, "Create role");
    await owner.page
      .getByRole("list", { name: "Roles", exact: true })
      .getByText("auditor")
      .waitFor();
    await openPart(owner, "Members");
    await giveRole(owner, bob, "auditor");
    await guest.visit("/reports");
    await guest.reads("No reports yet");
    await openPart(owner, "Roles");
    await owner.press("Delete the role auditor");
    await owner.press("Delete");
    await owner.reads("Somebody has this role.");
  });

  it("explains that the last owner cannot leave, nor delete the account", async () => {
    const owner = await open();
    await owner.signUp(somebody("Hedy"));
    await createOrganization(owner, "One Owner");
    await owner.press("Leave One Owner");
    await owner.press("Leave");
    await owner.reads("You are the only owner of One Owner");
    await owner.visit("/profile");
    await owner.press("Delete account");
    const dialog = dialogOf(owner);
    await dialog.getByRole("textbox").fill("delete");
    await owner.press("Delete for good");
    await dialog.getByRole("link", { name: "One Owner" }).waitFor();
  });

  it("deletes an organization after its name was typed: gone in both windows", async () => {
    const { owner, guest } = await twoPeople(open, "Short Lived", "Member");
    await openPart(owner, "Settings");
    await owner.press("Delete organization");
    const dialog = dialogOf(owner);
    await dialog.getByRole("textbox").fill("Short");
    await dialog.getByRole("button", { name: "Delete organization" }).click();
    await owner.reads("Type the name “Short Lived”.");
    await dialog.getByRole("textbox").fill("Short Lived");
    await confirm(owner, "Delete organization");
    await guest.reads("You have no access to this organization");
    await owner.sees("Organizations");
    await owner.reads("Short Lived was deleted");
    await owner.reads("You belong to no organization yet");
  });

  it("restores a deleted organization while its grace period lasts", async () => {
    const { owner, guest, bob } = await twoPeople(
      open,
      "Second Chance",
      "Member",
    );
    await openPart(owner, "Settings");
    await owner.page
      .getByLabel("After a deletion, it can be restored for")
      .selectOption({ label: "7 days" });
    await owner.press("Save safety settings");
    await owner.reads("Saved");
    await deleteOrganization(owner, "Second Chance");
    await guest.reads("You have no access to this organization");
    await owner.press("Restore Second Chance");
    await guest.sees("Second Chance");
    await owner.follow("Second Chance");
    await memberRow(owner, bob).waitFor();
  });

  it("shows how far the deletion of a large organization is", async () => {
    const owner = await open();
    await owner.signUp(somebody("Ada"));
    await createOrganization(owner, "Large House");
    await openPart(owner, "Settings");
    await owner.press("Add 1,200 people");
    await owner.page
      .getByText("Added", { exact: true })
      .waitFor({ timeout: 120_000 });
    const window = await owner.openTab();
    await window.visit("/organizations");
    await window.reads("1,201 members");
    const seen = await watchProgress(window);
    await deleteOrganization(owner, "Large House");
    await window.reads("Large House was deleted");
    const percents = await seen();
    // A busy machine may be done with two batches before it draws the first.
    expect(percents.length).toBeGreaterThan(0);
    expect(percents).toEqual(percents.toSorted((a, b) => a - b));
    await owner.press("Dismiss Large House");
    await gone(window.page.getByText("Large House was deleted"));
  });
});
