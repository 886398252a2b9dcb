/** When a cron runs, as `cronJobs()` keeps it. */
export type CronSchedule =
  | {
      readonly type: "interval";
      readonly seconds?: number;
      readonly minutes?: number;
      readonly hours?: number;
    }
  | { readonly type: "hourly"; readonly minuteUTC?: number }
  | {
      readonly type: "daily";
      readonly hourUTC: number;
      readonly minuteUTC?: number;
    }
  | {
      readonly type: "weekly";
      readonly dayOfWeek: string;
      readonly hourUTC: number;
      readonly minuteUTC?: number;
    }
  | {
      readonly type: "monthly";
      readonly day: number;
      readonly hourUTC: number;
      readonly minuteUTC?: number;
    }
  | { readonly type: "cron"; readonly cron: string };

interface CronFields {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly weekdays: ReadonlySet<number>;
  /** Whether both day fields are restricted; then either may match. */
  readonly eitherDay: boolean;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A 29 February can be eight years away. */
const MAX_DAYS_AHEAD = 9 * 366;

const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const MONTHS = [
  "jan",
  "feb",
  "mar",
  "apr",
  "may",
  "jun",
  "jul",
  "aug",
  "sep",
  "oct",
  "nov",
  "dec",
];

/**
 * When a cron runs next.
 *
 * @param after a time in Unix milliseconds.
 * @returns a later time in Unix milliseconds, or `null` when there is none.
 * @throws when the schedule is not one.
 */
export function nextRun(schedule: CronSchedule, after: number): number | null {
  if (schedule.type === "interval") {
    const { seconds = 0, minutes = 0, hours = 0 } = schedule;
    return after + seconds * SECOND + minutes * MINUTE + hours * HOUR;
  }
  return nextMatch(parseCron(expressionOf(schedule)), after);
}

function expressionOf(
  schedule: Exclude<CronSchedule, { type: "interval" }>,
): string {
  if (schedule.type === "cron") {
    return schedule.cron;
  }
  const minute = schedule.minuteUTC ?? 0;
  switch (schedule.type) {
    case "hourly":
      return `${minute} * * * *`;
    case "daily":
      return `${minute} ${schedule.hourUTC} * * *`;
    case "weekly":
      return `${minute} ${schedule.hourUTC} * * ${schedule.dayOfWeek}`;
    case "monthly":
      return `${minute} ${schedule.hourUTC} ${schedule.day} * *`;
  }
}

function nextMatch(fields: CronFields, after: number): number | null {
  const first = Math.floor(after / MINUTE) * MINUTE + MINUTE;
  const firstDay = Math.floor(first / DAY) * DAY;
  for (let day = 0; day < MAX_DAYS_AHEAD; day += 1) {
    const midnight = firstDay + day * DAY;
    if (!matchesDay(fields, new Date(midnight))) {
      continue;
    }
    for (const hour of fields.hours) {
      for (const minute of fields.minutes) {
        const time = midnight + hour * HOUR + minute * MINUTE;
        if (time >= first) {
          return time;
        }
      }
    }
  }
  return null;
}

function matchesDay(fields: CronFields, date: Date): boolean {
  if (!fields.months.has(date.getUTCMonth() + 1)) {
    return false;
  }
  const day = fields.days.has(date.getUTCDate());
  const weekday = fields.weekdays.has(date.getUTCDay());
  return fields.eitherDay ? day || weekday : day && weekday;
}

function parseCron(expression: string): CronFields {
  const parts = expression.trim().toLowerCase().split(/\s+/);
  const [minutes, hours, days, months, weekdays] = parts;
  if (
    parts.length !== 5 ||
    minutes === undefined ||
    hours === undefined ||
    days === undefined ||
    months === undefined ||
    weekdays === undefined
  ) {
    throw new Error(`A cron expression has five fields: "${expression}"`);
  }
  return {
    minutes: parseField(minutes, 0, 59, []),
    hours: parseField(hours, 0, 23, []),
    days: parseField(days, 1, 31, []),
    months: parseField(months, 1, 12, ["", ...MONTHS]),
    // Seven is a second name of Sunday.
    weekdays: new Set(
      [...parseField(weekdays, 0, 7, WEEKDAYS)].map((day) => day % 7),
    ),
    eitherDay: !days.startsWith("*") && !weekdays.startsWith("*"),
  };
}

/** The values of a field, in ascending order. */
function parseField(
  field: string,
  lowest: number,
  highest: number,
  names: readonly string[],
): Set<number> {
  const values = new Set<number>();
  for (const part of field.split(",")) {
    const [range = "", step = "1"] = part.split("/");
    const [from = "", to] = range === "*" ? [] : range.split("-");
    const first = range === "*" ? lowest : parseValue(from, names);
    // "5/10" means from 5 on; "5" alone means 5.
    const open = range === "*" || (to === undefined && part.includes("/"));
    const last = open ? highest : parseValue(to ?? from, names);
    const increment = Number(step);
    if (
      !(first >= lowest && last <= highest && first <= last) ||
      !Number.isInteger(increment) ||
      increment < 1
    ) {
      throw new Error(`"${part}" is not a value of a cron expression`);
    }
    for (let value = first; value <= last; value += increment) {
      values.add(value);
    }
  }
  return new Set([...values].sort((left, right) => left - right));
}

function parseValue(text: string, names: readonly string[]): number {
  const named = names.indexOf(text.slice(0, 3));
  return text !== "" && named >= 0 ? named : Number(text || "NaN");
}
