import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { nextRun, type CronSchedule } from "../../devserver/cronSchedule.js";
import { messages } from "./fixture/functions.js";
import {
  resultOf,
  startFixture,
  type FixtureServer,
} from "./fixture/server.js";

const MONTH = 31 * 24 * 60 * 60 * 1000;

let server: FixtureServer;
beforeAll(async () => {
  server = await startFixture();
});
afterAll(() => server.stop());

describe("scheduled functions", () => {
  test("run, and clients see what they write", async () => {
    const client = server.liveClient();
    const args = { room: "later" };
    const seen = resultOf(
      client,
      messages.list,
      args,
      (list) => list.length > 0,
    );
    await client.mutation(messages.sendLater, {
      ...args,
      body: "hi",
      delay: 0,
    });
    expect(await seen).toEqual(["hi"]);
  });

  test("that fail leave the others alone", async () => {
    const client = server.liveClient();
    const args = { room: "failure" };
    const seen = resultOf(
      client,
      messages.list,
      args,
      (list) => list.length > 0,
    );
    await client.mutation(messages.scheduleFailure, args);
    expect(await seen).toEqual(["after"]);
  });

  test("may be due in a month without running at once, and be cancelled", async () => {
    const client = server.liveClient();
    const args = { room: "month" };
    const id = await client.mutation(messages.sendLater, {
      ...args,
      body: "too early",
      delay: MONTH,
    });
    // A timer that had overflowed would have fired before this one.
    const marker = { room: "marker", body: "x", delay: 1 };
    const passed = resultOf(
      client,
      messages.list,
      { room: "marker" },
      (list) => list.length > 0,
    );
    await client.mutation(messages.sendLater, marker);
    await passed;
    expect(await client.query(messages.list, args)).toEqual([]);
    await client.mutation(messages.cancel, { id });
    expect(await client.query(messages.jobStates, {})).toContain("canceled");
  });
});

describe("crons", () => {
  test("those of the app and its components are registered", () => {
    expect(server.crons).toMatchObject([
      {
        identifier: "say hello",
        componentPath: "",
        functionPath: "messages:send",
        kind: "mutation",
      },
      { identifier: "clean up", functionPath: "messages:failLater" },
      { identifier: "record an origin", componentPath: "recorder" },
    ]);
  });

  test("those of components run in their component", async () => {
    const line = "[CONVEX M(recorder/origins:record)] [LOG] recorded null";
    let own: FixtureServer | undefined;
    await new Promise<void>((resolve, reject) => {
      const log = (_level: string, printed: string) => {
        if (printed === line) {
          resolve();
        }
      };
      startFixture({ log }).then((started) => (own = started), reject);
    });
    await own?.stop();
  });

  test("an interval begins at once", async () => {
    const client = server.liveClient();
    const args = { room: "cron" };
    expect(
      await resultOf(client, messages.list, args, (list) => list.length > 0),
    ).toEqual(["hello"]);
  });

  test.each<[CronSchedule, string]>([
    [{ type: "interval", minutes: 5 }, "2026-01-31T23:55:30.000Z"],
    [{ type: "hourly", minuteUTC: 15 }, "2026-02-01T00:15:00.000Z"],
    [{ type: "hourly" }, "2026-02-01T00:00:00.000Z"],
    [{ type: "daily", hourUTC: 23, minuteUTC: 51 }, "2026-01-31T23:51:00.000Z"],
    [{ type: "daily", hourUTC: 23, minuteUTC: 50 }, "2026-02-01T23:50:00.000Z"],
    [
      { type: "weekly", dayOfWeek: "monday", hourUTC: 6 },
      "2026-02-02T06:00:00.000Z",
    ],
    [{ type: "monthly", day: 31, hourUTC: 0 }, "2026-03-31T00:00:00.000Z"],
    [{ type: "cron", cron: "*/20 8-10 * * *" }, "2026-02-01T08:00:00.000Z"],
    [{ type: "cron", cron: "0 0 29 2 *" }, "2028-02-29T00:00:00.000Z"],
    [{ type: "cron", cron: "30 4 1,15 * fri" }, "2026-02-01T04:30:00.000Z"],
    [{ type: "cron", cron: "0 12 * * 7" }, "2026-02-01T12:00:00.000Z"],
  ])("%j runs next at %s", (schedule, expected) => {
    const after = Date.parse("2026-01-31T23:50:30.000Z");
    const next = nextRun(schedule, after);
    expect(new Date(next ?? NaN).toISOString()).toBe(expected);
  });

  test.each([
    "* * * *",
    "60 * * * *",
    "a * * * *",
    "5-1 * * * *",
    "*/0 * * * *",
  ])("%j is no cron expression", (cron) => {
    expect(() => nextRun({ type: "cron", cron }, 0)).toThrow();
  });

  test("a date that never comes has no next run", () => {
    expect(nextRun({ type: "cron", cron: "0 0 30 2 *" }, 0)).toBeNull();
  });
});
