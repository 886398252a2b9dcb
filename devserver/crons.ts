import type { FunctionHandle } from "convex/server";
import { jsonToConvex, type JSONValue, type Value } from "convex/values";
import { nextRun, type CronSchedule } from "./cronSchedule.js";
import type { Engine } from "./engine.js";
import { describeError } from "./functionErrors.js";
import type { DevserverLog } from "./functionLog.js";
import { formatFunctionPath, parseFunctionPath } from "./functionPath.js";
import type { ModuleExports } from "./instrumentation.js";
import { startLongTimeout } from "./longTimeout.js";
import { describeFunction } from "./registeredFunction.js";

/** A recurring job of the app or of a component. */
export interface CronJob {
  readonly identifier: string;
  /** `""` for the app. */
  readonly componentPath: string;
  /** The function to run. */
  readonly functionPath: string;
  readonly kind: "mutation" | "action";
  readonly args: JSONValue;
  readonly schedule: CronSchedule;
}

/** Tells the jobs of a server apart. */
export function cronKey(job: CronJob): string {
  return `${job.componentPath};${job.identifier}`;
}

interface ExportedCron {
  readonly name: string;
  readonly args: JSONValue[];
  readonly schedule: CronSchedule;
}

/**
 * Reads the jobs that a module `crons` defines.
 *
 * @param crons the module's exports.
 * @param componentPath `""` for the app.
 * @param load loads a module of the same app or component by its path.
 * @throws when a job names a function that does not exist.
 */
export async function readCronJobs(
  crons: ModuleExports,
  componentPath: string,
  load: (module: string) => Promise<ModuleExports | undefined>,
): Promise<CronJob[]> {
  const definition = crons.default;
  if (
    typeof definition !== "object" ||
    definition === null ||
    !("crons" in definition)
  ) {
    throw new Error("crons.ts must export cronJobs() as its default");
  }
  const exported = definition.crons as Record<string, ExportedCron>;
  const jobs: CronJob[] = [];
  for (const [identifier, { name, args, schedule }] of Object.entries(
    exported,
  )) {
    const path = parseFunctionPath(name);
    const module = await load(path.module);
    const kind = describeFunction(module?.[path.name])?.kind;
    if (kind !== "mutation" && kind !== "action") {
      throw new Error(
        `Cron "${identifier}" runs ${name}, which is no mutation or action`,
      );
    }
    jobs.push({
      identifier,
      componentPath,
      functionPath: formatFunctionPath(path),
      kind,
      args: args[0] ?? {},
      schedule,
    });
  }
  return jobs;
}

/**
 * Runs jobs on their schedules until stopped. A run is left out while the last
 * one still goes on.
 *
 * @param known keys ({@link cronKey}) of jobs that have been running: as on a deployment,
 *   an interval begins at once when it is new and waits when it is not.
 * @returns a function that stops them.
 */
export function startCrons(
  jobs: readonly CronJob[],
  engine: Engine,
  log: DevserverLog,
  known: ReadonlySet<string> = new Set(),
): () => void {
  const cancellations = new Map<CronJob, () => void>();
  let isStopped = false;
  const schedule = (job: CronJob, time: number | null) => {
    if (isStopped || time === null) {
      return;
    }
    const delay = time - Date.now();
    cancellations.set(
      job,
      startLongTimeout(() => void runAndSchedule(job), delay),
    );
  };
  const runAndSchedule = async (job: CronJob) => {
    try {
      await runJob(job, engine);
    } catch (error) {
      log("error", `[CONVEX cron "${job.identifier}"] ${describeError(error)}`);
    }
    schedule(job, nextRun(job.schedule, Date.now()));
  };
  for (const job of jobs) {
    const now = Date.now();
    const beginsAtOnce =
      job.schedule.type === "interval" && !known.has(cronKey(job));
    schedule(job, beginsAtOnce ? now : nextRun(job.schedule, now));
  }
  return () => {
    isStopped = true;
    for (const cancel of cancellations.values()) {
      cancel();
    }
  };
}

async function runJob(job: CronJob, engine: Engine): Promise<void> {
  const { componentPath, functionPath, kind } = job;
  const args = jsonToConvex(job.args) as Record<string, Value>;
  // A handle also reaches internal functions and those of components.
  const handle = `function://${componentPath};${functionPath}`;
  if (kind === "mutation") {
    await engine.accessor.mutation(handle as FunctionHandle<"mutation">, args);
  } else {
    await engine.accessor.action(handle as FunctionHandle<"action">, args);
  }
}
