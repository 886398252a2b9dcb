import {
  makeFunctionReference,
  type GenericSchema,
  type SchemaDefinition,
} from "convex/server";
import {
  convexToJson,
  jsonToConvex,
  type JSONValue,
  type Value,
} from "convex/values";
import { convexTest, type TestConvex } from "convex-test";
import {
  executionStorage,
  type EngineObserver,
  type Execution,
  type PageBoundary,
} from "./execution.js";
import {
  describeFailure,
  RequestError,
  type FunctionFailure,
} from "./functionErrors.js";
import {
  functionPrefix,
  type DevserverLog,
  type FunctionLetter,
} from "./functionLog.js";
import {
  formatFunctionPath,
  parseFunctionPath,
  type FunctionPath,
} from "./functionPath.js";
import type { VerifiedIdentity } from "./identity.js";
import {
  instrumentModules,
  type FunctionSurroundings,
  type ModuleExports,
  type ModuleMap,
} from "./instrumentation.js";
import {
  describeFunction,
  type FunctionDescription,
  type FunctionKind,
} from "./registeredFunction.js";
import { installScheduling } from "./scheduler.js";
import { observeSystemCalls } from "./systemCalls.js";

/** The engine, as `convex-test` gives it to a test. */
export type EngineAccessor = TestConvex<
  SchemaDefinition<GenericSchema, boolean>
>;

/** Registers components, such as `register` of `convex-gatehouse/test`. */
export type RegisterComponents = (engine: EngineAccessor) => void;

/** Who calls, and from where. */
export interface Caller {
  readonly identity: VerifiedIdentity | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
}

/** What a call came to. */
export type FunctionOutcome =
  | {
      readonly success: true;
      readonly value: JSONValue;
      readonly logLines: string[];
    }
  | FunctionFailure;

/** A query to run among others, and where it notes what it read. */
export interface QueryRun {
  readonly path: string;
  readonly args: JSONValue;
  readonly page: PageBoundary;
  /** Called when the query begins, with the set that will name its tables. */
  begin(reads: Set<string>): void;
  /** Called when the query has ended. */
  end(outcome: FunctionOutcome): void;
}

const LETTER_BY_KIND = { query: "Q", mutation: "M", action: "A" } as const;

type Accessor = ReturnType<EngineAccessor["withIdentity"]>;

/** Runs an app's functions on the `convex-test` engine, one server's worth. */
export class Engine {
  /** The engine for tests and for component registration. */
  readonly accessor: EngineAccessor;
  /** The module maps of the registered components, by component path. */
  readonly components = new Map<string, ModuleMap>();
  #modules: ReadonlyMap<string, ModuleExports>;
  readonly #observer: EngineObserver;
  readonly #log: DevserverLog;

  /**
   * @param modules the app's loaded modules by path.
   * @param register registers the app's components.
   * @param surroundings what functions see.
   * @param observer is told of writes and of scheduled functions.
   */
  constructor(
    modules: ReadonlyMap<string, ModuleExports>,
    register: RegisterComponents,
    surroundings: FunctionSurroundings,
    observer: EngineObserver,
  ) {
    this.#modules = modules;
    this.#observer = observer;
    this.#log = surroundings.log;
    const schema = modules.get("schema")?.default;
    const engine = convexTest({
      modules: instrumentModules(this.#moduleMap(), "", surroundings),
      ...(isSchema(schema) ? { schema } : {}),
    });
    installScheduling();
    observeSystemCalls();
    this.accessor = {
      ...this.#observed(engine),
      registerComponent: (path, componentSchema, componentModules) => {
        this.components.set(path, componentModules);
        return engine.registerComponent(
          path,
          componentSchema,
          instrumentModules(componentModules, path, surroundings),
        );
      },
    };
    register(this.accessor);
  }

  /** Whether the app has a module, such as `http`. */
  hasModule(path: string): boolean {
    return this.#modules.has(path);
  }

  /** Serves other code under the same module paths; the data stay. */
  replaceModules(modules: ReadonlyMap<string, ModuleExports>): void {
    this.#modules = modules;
  }

  /**
   * Runs a public function in a transaction or action of its own.
   *
   * @param kind what the function must be, or `null` for whatever it is.
   * @param args the arguments as the protocol carries them.
   */
  async run(
    kind: FunctionKind | null,
    path: string,
    args: JSONValue,
    caller: Caller,
  ): Promise<FunctionOutcome> {
    const execution: Execution = { observer: this.#observer, logLines: [] };
    return await this.#outcomeOf(execution, path, async () => {
      const actualKind = this.#requirePublic(kind, path);
      const input = argumentsObject(args);
      const reference = formatFunctionPath(parseFunctionPath(path));
      const accessor = this.#accessorFor(caller);
      switch (actualKind) {
        case "query":
          return (await accessor.query(
            makeFunctionReference<"query">(reference),
            input,
          )) as unknown;
        case "mutation":
          return (await accessor.mutation(
            makeFunctionReference<"mutation">(reference),
            input,
          )) as unknown;
        case "action":
          return (await accessor.action(
            makeFunctionReference<"action">(reference),
            input,
          )) as unknown;
      }
    });
  }

  /**
   * Runs queries in one transaction, so that together they show the database
   * at one moment. A query that fails leaves the others alone.
   */
  async runTogether(
    queries: readonly QueryRun[],
    identity: VerifiedIdentity | null,
  ): Promise<void> {
    const accessor = this.#accessorFor({ identity, ip: null, userAgent: null });
    await accessor.query(async (context) => {
      for (const query of queries) {
        const reads = new Set<string>();
        const execution: Execution = {
          observer: this.#observer,
          logLines: [],
          reads,
          page: query.page,
        };
        query.begin(reads);
        const outcome = await this.#outcomeOf(
          execution,
          query.path,
          async () => {
            this.#requirePublic("query", query.path);
            const reference = formatFunctionPath(parseFunctionPath(query.path));
            return (await context.runQuery(
              makeFunctionReference<"query">(reference),
              argumentsObject(query.args),
            )) as unknown;
          },
        );
        query.end(outcome);
      }
      return null;
    });
  }

  /**
   * Runs an HTTP action.
   *
   * @param url the whole address that was requested.
   * @throws what the HTTP action throws.
   */
  async fetch(url: URL, init: RequestInit, caller: Caller): Promise<Response> {
    const execution: Execution = {
      observer: this.#observer,
      logLines: [],
      requestUrl: url.href,
    };
    return await executionStorage.run(execution, () =>
      this.#accessorFor(caller).fetch(url.pathname + url.search, init),
    );
  }

  async #outcomeOf(
    execution: Execution,
    path: string,
    run: () => Promise<unknown>,
  ): Promise<FunctionOutcome> {
    const { logLines } = execution;
    try {
      const value = await executionStorage.run(execution, run);
      return {
        success: true,
        value: value === undefined ? null : convexToJson(value as Value),
        logLines,
      };
    } catch (error) {
      const failure = describeFailure(error, execution.thrown, logLines);
      const prefix = functionPrefix(this.#letterOf(path), path);
      this.#log("error", `${prefix} ${failure.cause}`);
      return failure;
    }
  }

  #accessorFor(caller: Caller): Accessor {
    const { identity, ip, userAgent } = caller;
    const accessor = this.accessor.withRequestMetadata({ ip, userAgent });
    return identity === null
      ? accessor
      : accessor.withIdentity(identity.attributes);
  }

  #describe({ module, name }: FunctionPath): FunctionDescription | null {
    const exports = this.#modules.get(module);
    return exports !== undefined && Object.hasOwn(exports, name)
      ? describeFunction(exports[name])
      : null;
  }

  #letterOf(path: string): FunctionLetter {
    const kind = this.#describe(parseFunctionPath(path))?.kind;
    return kind === undefined ? "?" : LETTER_BY_KIND[kind];
  }

  #requirePublic(kind: FunctionKind | null, path: string): FunctionKind {
    const { module, name } = parseFunctionPath(path);
    const found = this.#describe({ module, name });
    if (!found?.isPublic) {
      // An internal function is not told apart from one that does not exist.
      throw new RequestError(
        `Could not find public function for '${module}:${name}'. ` +
          "Is it exported from the app's convex folder?",
      );
    }
    if (kind !== null && found.kind !== kind) {
      throw new RequestError(
        `Trying to execute ${module}:${name} as ${kind}, ` +
          `but it is defined as ${found.kind}.`,
      );
    }
    return found.kind;
  }

  #moduleMap(): ModuleMap {
    const map: ModuleMap = {
      // The engine looks for this folder to find where paths begin.
      "./_generated/api.js": () =>
        Promise.resolve(this.#modules.get("_generated/api") ?? {}),
    };
    for (const path of this.#modules.keys()) {
      map[`./${path}.js`] = () => {
        const exports = this.#modules.get(path);
        return exports === undefined
          ? Promise.reject(new Error(`Could not find module for: "${path}"`))
          : Promise.resolve(exports);
      };
    }
    return map;
  }

  /** Lets calls that come through the accessor be seen by the observer. */
  #observed<Calls extends Accessor>(calls: Calls): Calls {
    const observe =
      <Input extends unknown[], Result>(call: (...input: Input) => Result) =>
      (...input: Input): Result => {
        const execution = executionStorage.getStore() ?? {
          observer: this.#observer,
          logLines: [],
        };
        return executionStorage.run(execution, () => call(...input));
      };
    return {
      ...calls,
      query: observe(calls.query),
      mutation: observe(calls.mutation),
      action: observe(calls.action),
      run: observe(calls.run),
      fetch: observe((...input: Parameters<Accessor["fetch"]>) =>
        calls.fetch(...input),
      ),
      withIdentity: (identity: Parameters<Accessor["withIdentity"]>[0]) =>
        this.#observed(calls.withIdentity(identity)),
      withRequestMetadata: (
        metadata: Parameters<Accessor["withRequestMetadata"]>[0],
      ) => this.#observed(calls.withRequestMetadata(metadata)),
    };
  }
}

/** Clients send arguments as a list of one object. */
function argumentsObject(args: JSONValue): Record<string, Value> {
  const [object] = Array.isArray(args) ? args : [args];
  const value = jsonToConvex(object ?? {});
  if (!isPlainObject(value)) {
    throw new RequestError("Arguments for a Convex function must be an object");
  }
  return value;
}

function isPlainObject(value: Value): value is Record<string, Value> {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype
  );
}

function isSchema(
  value: unknown,
): value is SchemaDefinition<GenericSchema, boolean> {
  return typeof value === "object" && value !== null && "tables" in value;
}
