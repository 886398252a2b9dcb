import { cronJobs } from "convex/server";
import { internal } from "./_generated/api.js";

const crons = cronJobs();

crons.interval(
  "delete what has expired",
  { hours: 1 },
  internal.cleanup.deleteExpired,
);
crons.interval(
  "delete what has ended of groups",
  { hours: 1 },
  internal.groupCleanup.deleteEnded,
);
crons.interval(
  "delete what has ended of API keys",
  { hours: 1 },
  internal.keyCleanup.deleteEnded,
);
crons.interval("resume removals", { minutes: 10 }, internal.removalJob.resume);
crons.interval(
  "rotate signing keys",
  { hours: 24 },
  internal.signingKey.rotate,
);

export default crons;
