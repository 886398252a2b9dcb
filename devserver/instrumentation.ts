import { HttpRouter } from "convex/server";
import { executionStorage } from "./execution.js";
import { RequestError } from "./functionErrors.js";
import {
  functionConsole,
  functionPrefix,
  type DevserverLog,
  type FunctionLetter,
} from "./functionLog.js";
import {
  isRegisteredFunction,
  withHandler,
  type FunctionHandler,
} from "./registeredFunction.js";

/** A module's exports. */
export type ModuleExports = Record<string, unknown>;

/** Module paths and what loads them, as the engine takes them. */
export type ModuleMap = Record<string, () => Promise<ModuleExports>>;

/** What functions of one server see instead of the host's globals. */
export interface FunctionSurroundings {
  /** The deployment's environment variables: all that functions see. */
  readonly environment: Readonly<Record<string, string>>;
  readonly log: DevserverLog;
}

/**
 * How long a query or mutation may take, in milliseconds. The engine runs one
 * transaction at a time, so one that never ends would stop all the others.
 */
const TRANSACTION_TIMEOUT = 30_000;

const nodeProcess = globalThis.process;
const nodeSetTimeout = globalThis.setTimeout;
const nodeClearTimeout = globalThis.clearTimeout;

/**
 * Wraps every function of a module map so that it runs with its own console
 * and with the deployment's environment variables, and so that its errors are
 * seen with their stacks.
 *
 * @param modules the module map of the app or of a component.
 * @param componentPath `""` for the app.
 */
export function instrumentModules(
  modules: ModuleMap,
  componentPath: string,
  surroundings: FunctionSurroundings,
): ModuleMap {
  const root = rootOf(Object.keys(modules));
  const owner = componentPath === "" ? "" : `${componentPath}/`;
  return Object.fromEntries(
    Object.entries(modules).map(([path, load]) => {
      const name = owner + path.slice(root.length).replace(/\.[^.]+$/, "");
      let loaded: ModuleExports | undefined;
      let wrapped: ModuleExports = {};
      return [
        path,
        async () => {
          const exports = await load();
          if (exports !== loaded) {
            loaded = exports;
            wrapped = instrumentExports(exports, name, surroundings);
          }
          return wrapped;
        },
      ];
    }),
  );
}

/** The folder that holds `_generated`: what module names are relative to. */
function rootOf(paths: string[]): string {
  const generated = paths.find((path) => path.includes("_generated"));
  return generated?.split("_generated", 1)[0] ?? "";
}

function instrumentExports(
  exports: ModuleExports,
  module: string,
  surroundings: FunctionSurroundings,
): ModuleExports {
  return Object.fromEntries(
    Object.entries(exports).map(([name, value]) => {
      if (value instanceof HttpRouter) {
        return [name, instrumentRouter(value, surroundings)];
      }
      if (!isRegisteredFunction(value)) {
        return [name, value];
      }
      const letter = letterOf(value);
      const prefix = functionPrefix(letter, `${module}:${name}`);
      return [
        name,
        withHandler(value, (handler) =>
          instrumentHandler(handler, prefix, letter, surroundings),
        ),
      ];
    }),
  );
}

function letterOf(registered: Record<string, unknown>): FunctionLetter {
  if (registered.isQuery === true) {
    return "Q";
  }
  if (registered.isMutation === true) {
    return "M";
  }
  return registered.isAction === true ? "A" : "H";
}

function instrumentRouter(
  router: HttpRouter,
  surroundings: FunctionSurroundings,
): HttpRouter {
  const lookup: HttpRouter["lookup"] = (path, method) => {
    const found = router.lookup(path, method);
    if (found === null) {
      return null;
    }
    const [action, routedMethod, routedPath] = found;
    if (!isRegisteredFunction(action)) {
      return found;
    }
    const prefix = functionPrefix("H", `${routedMethod} ${routedPath}`);
    const copy = withHandler(action, (handler) =>
      instrumentHandler(withRequestUrl(handler), prefix, "H", surroundings),
    );
    return [copy, routedMethod, routedPath];
  };
  return Object.assign(Object.create(router) as HttpRouter, { lookup });
}

/** The engine makes requests up with a host of its own; restore the real one. */
function withRequestUrl(handler: FunctionHandler): FunctionHandler {
  return (context, request) => {
    const url = executionStorage.getStore()?.requestUrl;
    return handler(
      context,
      url !== undefined && request instanceof Request
        ? new Request(url, request)
        : request,
    );
  };
}

function instrumentHandler(
  handler: FunctionHandler,
  prefix: string,
  letter: FunctionLetter,
  surroundings: FunctionSurroundings,
): FunctionHandler {
  const ownConsole = functionConsole(prefix, surroundings.log);
  const ownProcess = deploymentProcess(surroundings.environment);
  return async (context, input) => {
    // Inside a function these assignments reach only this call: the engine
    // keeps overridden globals per call.
    globalThis.console = ownConsole;
    globalThis.process = ownProcess;
    try {
      const result = handler(context, input);
      return letter === "Q" || letter === "M"
        ? await endingInTime(result)
        : await result;
    } catch (error) {
      const execution = executionStorage.getStore();
      if (execution !== undefined) {
        execution.thrown = error;
      }
      throw error;
    }
  };
}

async function endingInTime(result: Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = nodeSetTimeout(() => {
      const seconds = TRANSACTION_TIMEOUT / 1000;
      reject(
        new RequestError(
          `Function execution timed out (maximum duration: ${seconds}s)`,
        ),
      );
    }, TRANSACTION_TIMEOUT);
    timer.unref();
  });
  try {
    return await Promise.race([result, timeout]);
  } finally {
    nodeClearTimeout(timer);
  }
}

/** The host's `process` with the deployment's environment variables only. */
function deploymentProcess(
  environment: Readonly<Record<string, string>>,
): NodeJS.Process {
  return Object.create(nodeProcess, {
    env: { value: { ...environment }, enumerable: true },
  }) as NodeJS.Process;
}
