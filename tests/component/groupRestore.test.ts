import { beforeEach, describe, expect, it } from "vitest";
import type { Id } from "../../component/_generated/dataModel.js";
import {
  api,
  DAY,
  deploy,
  events,
  internal,
  outcome,
  pass,
  useFrozenClock,
} from "./fixture/backend.js";
import {
  deleteGroup,
  deletionStatus,
  restoreGroup,
} from "./fixture/deletions.js";
import {
  CONFIG,
  done,
  group,
  join,
  may,
  organization,
  person,
} from "./fixture/groups.js";
import {
  disorder,
  finish,
  groupRows,
  loseScheduled,
  populate,
  removal,
  runBatch,
} from "./fixture/trees.js";

useFrozenClock();

let t: ReturnType<typeof deploy>;
/** Owns the organizations. */
let ada: Id<"User">;

beforeEach(async () => {
  t = deploy();
  ada = await person(t, "ada");
});

const remove = (groupId: string, actorUserId?: string) =>
  deleteGroup(t, groupId, actorUserId);
const restore = (groupId: string, actorUserId?: string) =>
  restoreGroup(t, groupId, actorUserId);
const get = (groupId: string) => t.query(api.group.read.get, { groupId });
const status = (subjectId: string) => deletionStatus(t, subjectId);

describe("a grace period", () => {
  // Timers, with which convex-test plays the scheduler, end at 2^31 ms.
  const GRACE = 20 * DAY;
  let acme: Id<"Group">;
  let team: Id<"Group">;

  beforeEach(async () => {
    acme = await organization(t, ada, { slug: "acme" });
    team = await group(t, acme);
    done(
      await t.mutation(api.groupWrite.update, {
        ...{ config: CONFIG, groupId: acme },
        data: { settings: { deletionGraceMs: GRACE } },
      }),
    );
  });

  it("hides an organization, and removes nothing before its end", async () => {
    const rows = await groupRows(t);
    done(await remove(acme));
    expect(await get(team)).toBeNull();
    const { _id: jobId, run, dueTime } = await removal(t);
    expect(dueTime).toBe(Date.now() + GRACE);
    await t.mutation(internal.removalJob.run, { jobId, run });
    pass(GRACE - 1);
    await t.mutation(internal.removalJob.resume, {});
    await t.mutation(internal.removalJob.run, { jobId, run });
    expect(await status(acme)).toMatchObject({ state: "waiting" });
    expect(await groupRows(t)).toEqual(rows);
  });

  it("ends with the removal", async () => {
    done(await remove(acme));
    await finish(t);
    expect(await groupRows(t)).toEqual({});
    expect(await status(acme)).toMatchObject({ state: "done", groups: 2 });
  });

  it("ends with the removal even if Convex has lost it", async () => {
    done(await remove(acme));
    await loseScheduled(t);
    pass(GRACE);
    await t.mutation(internal.removalJob.resume, {});
    await finish(t);
    expect(await groupRows(t)).toEqual({});
  });

  it("lets an owner restore everything", async () => {
    const grace = await person(t, "grace");
    await join(t, acme, grace, ["admin"]);
    const rows = await groupRows(t);
    done(await remove(acme));
    pass(GRACE - DAY);
    expect(outcome(await restore(acme, grace))).toBe("FORBIDDEN");
    done(await restore(acme, ada));
    expect(await get(team)).toMatchObject({ _id: team });
    expect(await may(t, ada, team, "project:read")).toBe("allowed");
    expect(await status(acme)).toBeNull();
    await finish(t);
    pass(DAY);
    await t.mutation(internal.removalJob.resume, {});
    await finish(t);
    expect(await groupRows(t)).toEqual(rows);
    expect(await disorder(t)).toEqual([]);
    expect((await events(t)).slice(-2)).toEqual([
      ...["groupRestored: FORBIDDEN", "groupRestored"],
    ]);
  });

  it("is over when the removal has begun", async () => {
    await populate(t, acme, 1_100);
    done(await remove(acme));
    pass(GRACE);
    await runBatch(t);
    expect((await removal(t)).state).toBe("running");
    expect(outcome(await restore(acme))).toBe("GROUP_NOT_FOUND");
    await finish(t);
    expect(outcome(await restore(acme))).toBe("GROUP_NOT_FOUND");
  });

  it("begins anew with another deletion", async () => {
    done(await remove(acme));
    pass(DAY);
    done(await restore(acme));
    pass(DAY);
    done(await remove(acme));
    expect((await removal(t)).dueTime).toBe(Date.now() + GRACE);
    pass(GRACE - DAY);
    done(await restore(acme));
  });

  it("is for organizations: a group below is removed at once", async () => {
    done(await remove(team));
    await finish(t);
    expect(await groupRows(t)).toMatchObject({ Group: 1 });
    expect(outcome(await restore(team))).toBe("GROUP_NOT_FOUND");
  });
});
