import { watch } from "node:fs";
import type { AuthConfig } from "convex/server";
import type { ConnectionPlan } from "./connectionPlan.js";
import { cronKey, readCronJobs, startCrons, type CronJob } from "./crons.js";
import type { Deployment } from "./deployment.js";
import {
  Engine,
  type EngineAccessor,
  type RegisterComponents,
} from "./engine.js";
import { describeError } from "./functionErrors.js";
import { loadFunctions, type LoadedFunctions } from "./functionLoader.js";
import { consoleLog, type DevserverLog } from "./functionLog.js";
import { listen } from "./httpServer.js";
import { TokenVerifier } from "./identity.js";
import type { ModuleMap } from "./instrumentation.js";
import { LiveQueries } from "./liveQueries.js";
import { MutationRecords } from "./mutationRecords.js";
import { ScheduledTimers } from "./scheduler.js";
import { CommitClock } from "./timestamps.js";

/** How a server is started. */
export interface DevserverOptions {
  /** The folder that holds the app's functions. */
  readonly convexDirectory: string;
  /** The port to listen on, or 0 for a free one. */
  readonly port: number;
  /** Registers the components that the app's `convex.config.ts` uses. */
  readonly register?: RegisterComponents;
  /**
   * The deployment's environment variables. `CONVEX_CLOUD_URL` and
   * `CONVEX_SITE_URL` are set by the server.
   */
  readonly environment?: Readonly<Record<string, string>>;
  /** Whether `X-Forwarded-For` names the caller; not by default. */
  readonly trustProxy?: boolean;
  /** Receives what functions print and what goes wrong; the console if absent. */
  readonly log?: DevserverLog;
  /** The present time in Unix milliseconds, for tests; the clock if absent. */
  readonly now?: () => number;
  /** Whether changed functions are loaded again while the server runs. */
  readonly watch?: boolean;
}

/** A running server. */
export interface Devserver {
  /** What clients connect to, and what HTTP actions are served at. */
  readonly url: string;
  readonly port: number;
  /** The engine, for tests to look into the database. */
  readonly t: EngineAccessor;
  /** The recurring jobs of the app and of its components. */
  readonly crons: readonly CronJob[];
  /** Loads the app's functions again; data stay. */
  reload(): Promise<void>;
  /** Hangs up, cancels timers, and forgets all data. */
  stop(): Promise<void>;
}

/** Changes that come closer together than this (in ms) are one change. */
const RELOAD_DELAY = 100;

/**
 * Starts a server that runs an app's functions in this process and speaks what
 * the official clients of `convex` speak. All data live in memory.
 *
 * @throws {PortTakenError} when the port is used; and what esbuild or the
 *   app's modules throw when the functions do not load.
 */
export async function startDevserver(
  options: DevserverOptions,
): Promise<Devserver> {
  const log = options.log ?? consoleLog;
  const listener = await listen(options.port);
  const url = `http://127.0.0.1:${listener.port}`;
  const environment = {
    ...options.environment,
    CONVEX_CLOUD_URL: url,
    CONVEX_SITE_URL: url,
  };
  let functions: LoadedFunctions | undefined;
  try {
    functions = await loadFunctions(options.convexDirectory, environment);
    return await serve({ options, log, url, environment, listener, functions });
  } catch (error) {
    await functions?.dispose();
    await listener.close();
    throw error;
  }
}

async function serve(parts: {
  options: DevserverOptions;
  log: DevserverLog;
  url: string;
  environment: Readonly<Record<string, string>>;
  listener: Awaited<ReturnType<typeof listen>>;
  functions: LoadedFunctions;
}): Promise<Devserver> {
  const { options, log, url, environment, listener } = parts;
  let { functions } = parts;
  const now = options.now ?? Date.now;
  const timers = new ScheduledTimers();
  const clock = new CommitClock(now);
  const engine = new Engine(
    functions.modules,
    options.register ?? (() => undefined),
    { environment, log },
    {
      tableWritten: (table) => liveQueries.tableWritten(table),
      startTimer: (callback, delay) => timers.start(callback, delay),
    },
  );
  const liveQueries = new LiveQueries<ConnectionPlan>(engine, clock, (error) =>
    log("error", `[CONVEX live queries] ${describeError(error)}`),
  );
  const deployment: Deployment = {
    url,
    engine,
    clock,
    liveQueries,
    mutationRecords: new MutationRecords(),
    verifier: verifierOf(functions, now),
    log,
    trustProxy: options.trustProxy ?? false,
  };
  let crons = await cronJobsOf(functions, engine.components);
  let stopCrons = startCrons(crons, engine, log);
  const server = listener.serve(deployment);

  const reload = async () => {
    const next = await loadFunctions(options.convexDirectory, environment);
    const known = new Set(crons.map(cronKey));
    crons = await cronJobsOf(next, engine.components);
    stopCrons();
    stopCrons = startCrons(crons, engine, log, known);
    engine.replaceModules(next.modules);
    deployment.verifier = verifierOf(next, now);
    await functions.dispose();
    functions = next;
    liveQueries.everythingChanged();
  };
  const stopWatching =
    options.watch === true
      ? watchFunctions(options.convexDirectory, reload, log)
      : () => undefined;

  return {
    url,
    port: listener.port,
    t: engine.accessor,
    get crons() {
      return crons;
    },
    reload,
    stop: async () => {
      stopWatching();
      stopCrons();
      timers.stop();
      await server.close();
      await functions.dispose();
    },
  };
}

function verifierOf(
  functions: LoadedFunctions,
  now: () => number,
): TokenVerifier {
  const config = functions.modules.get("auth.config")?.default;
  return new TokenVerifier(config as AuthConfig | undefined, now);
}

async function cronJobsOf(
  functions: LoadedFunctions,
  components: ReadonlyMap<string, ModuleMap>,
): Promise<CronJob[]> {
  const jobs: CronJob[] = [];
  const appCrons = functions.modules.get("crons");
  if (appCrons !== undefined) {
    const load = (module: string) =>
      Promise.resolve(functions.modules.get(module));
    jobs.push(...(await readCronJobs(appCrons, "", load)));
  }
  for (const [path, modules] of components) {
    const load = async (module: string) => await moduleOf(modules, module)?.();
    const crons = await load("crons");
    if (crons !== undefined) {
      jobs.push(...(await readCronJobs(crons, path, load)));
    }
  }
  return jobs;
}

/** A component's module by its path; where the paths begin is not fixed. */
function moduleOf(
  modules: ModuleMap,
  module: string,
): ModuleMap[string] | undefined {
  const root = Object.keys(modules)
    .find((path) => path.includes("_generated"))
    ?.split("_generated", 1)[0];
  const found = Object.keys(modules).find(
    (path) => path.replace(/\.[^.]+$/, "") === `${root ?? "./"}${module}`,
  );
  return found === undefined ? undefined : modules[found];
}

function watchFunctions(
  convexDirectory: string,
  reload: () => Promise<void>,
  log: DevserverLog,
): () => void {
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(convexDirectory, { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      reload().then(
        () => log("info", "Convex functions reloaded."),
        (error: unknown) =>
          log("error", `Convex functions not reloaded: ${String(error)}`),
      );
    }, RELOAD_DELAY);
  });
  watcher.unref();
  return () => {
    clearTimeout(timer);
    watcher.close();
  };
}
