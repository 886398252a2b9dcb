import { beforeEach, describe, expect, it } from "vitest";
import type { Id } from "../../component/_generated/dataModel.js";
import { api, deploy, outcome, useFrozenClock } from "./fixture/backend.js";
import {
  CONFIG,
  done,
  group,
  join,
  may,
  organization,
  person,
} from "./fixture/groups.js";

useFrozenClock();

let t: ReturnType<typeof deploy>;
/** Administers the organization. */
let grace: Id<"User">;
let acme: Id<"Group">;
let payroll: Id<"Group">;
let lab: Id<"Group">;

beforeEach(async () => {
  t = deploy();
  acme = await organization(t, await person(t, "ada"));
  payroll = await group(t, acme);
  lab = await group(t, acme);
  grace = await person(t, "grace");
  await join(t, acme, grace, ["admin"]);
});

/** Tries to move a group as Grace. */
async function move(groupId: string, parentGroupId: string) {
  return await t.mutation(api.groupWrite.update, {
    ...{ config: CONFIG, groupId, data: { parentGroupId } },
    actorUserId: grace,
  });
}

describe("moving a group by an actor", () => {
  it("is no way to get more rights in it", async () => {
    await join(t, lab, grace, ["owner"]);
    expect(await may(t, grace, payroll, "project:delete")).toBe("FORBIDDEN");
    expect(outcome(await move(payroll, lab))).toBe("FORBIDDEN");
    expect(await may(t, grace, payroll, "project:delete")).toBe("FORBIDDEN");
    // What is the actor's already can go anywhere.
    done(await move(lab, payroll));
  });

  it("takes what the actor has in both places", async () => {
    done(await move(payroll, lab));
    const linus = await person(t, "linus");
    await join(t, payroll, linus, ["admin"]);
    const answer = await t.mutation(api.groupWrite.update, {
      ...{ config: CONFIG, groupId: payroll, data: { parentGroupId: acme } },
      actorUserId: linus,
    });
    expect(outcome(answer)).toBe("FORBIDDEN");
  });
});
