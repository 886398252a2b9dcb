/**
 * Runs a function as Convex runs it: its modules are evaluated in a V8 context
 * that has never run anything, with V8's code cache of the modules kept from
 * before, and the function is called there, by the interface between
 * `convex/server` and the backend.
 */
import path from "node:path";
import vm from "node:vm";
import {
  addFromBase64,
  isolateGlobals,
} from "../evaluation/isolateGlobals.mjs";
import { replaceText } from "../evaluation/convexText.mjs";
import { countWork, nothingCounted } from "./counters.mjs";
import { Stopwatch } from "./stopwatch.mjs";
import { Syscalls } from "./syscalls.mjs";

/**
 * @typedef {object} Conditions
 * @property {"native" | "convex"} text Whose `TextEncoder` and `TextDecoder`:
 *   Node's, or a copy of Convex's.
 * @property {boolean} counts Whether work is counted. What is counted is not
 *   to be timed.
 * @property {Record<string, string>} environment Variables besides the usual.
 * @property {number} now What `Date.now()` answers: in Convex, too, time stands
 *   still while a function runs.
 *
 * @typedef {object} FunctionDescription What an engine has to know of one.
 * @property {"query" | "mutation" | "action"} kind
 * @property {string} args A validator, as JSON.
 * @property {string} returns A validator, as JSON.
 *
 * @typedef {object} Times In milliseconds.
 * @property {number} evaluation Of the modules.
 * @property {number} time Of the evaluation and the call that follows.
 */

/** The way into the backend, made of the context's own promises. */
const connect = new vm.Script(`(syscalls) => {
  globalThis.Convex = {
    syscall: (op, args) => syscalls.answer(op, args),
    asyncSyscall: (op, args) =>
      new Promise((resolve, reject) =>
        syscalls.answerLater(op, args, resolve, reject),
      ),
  };
}`);

const stopTime = new vm.Script(`(now) => {
  Date.now = () => now;
}`);

export class Isolate {
  /** @type {Map<string, Buffer>} */
  #codeCache = new Map();
  #graph;
  #owner;
  /**
   * What the first call made. V8 drops compiled WebAssembly once nothing refers
   * to it, and a warm process has that of earlier calls.
   *
   * @type {unknown}
   */
  kept;

  /**
   * @param {import("../evaluation/convexBundle.mjs").ModuleGraph} graph
   * @param {string} owner The build that the graph belongs to. V8 shares what it has compiled
   *   between scripts of the same text and name, which two builds must not.
   */
  constructor(graph, owner) {
    this.#graph = graph;
    this.#owner = owner;
  }

  /** @returns {number} Of the texts of all its modules. */
  get bytes() {
    return this.#graph.bytes;
  }

  /** Fills the code cache. V8 can only write it before a module is evaluated. */
  fillCodeCache() {
    const context = vm.createContext(isolateGlobals());
    for (const [file, source] of this.#graph.sources) {
      const identifier = this.#identifier(file);
      const module = new vm.SourceTextModule(source, { context, identifier });
      this.#codeCache.set(file, module.createCachedData());
    }
  }

  /**
   * @returns {Promise<Record<string, FunctionDescription>>} By export.
   */
  async describe() {
    const namespace = await this.#evaluate(this.#context({}));
    /** @type {Record<string, FunctionDescription>} */
    const functions = {};
    for (const [name, value] of Object.entries(namespace)) {
      const kind = kindOf(value);
      if (kind === undefined) continue;
      functions[name] = {
        kind,
        args: value.exportArgs(),
        returns: value.exportReturns(),
      };
    }
    return functions;
  }

  /**
   * @returns {Promise<Times>} Of the evaluation, which
   *   no call follows.
   */
  async evaluate() {
    const context = this.#context({});
    const clock = new Stopwatch();
    clock.start();
    await this.#evaluate(context);
    clock.stop();
    return { evaluation: clock.elapsed(), time: clock.elapsed() };
  }

  /**
   * @param {string} name The export to call.
   * @param {string} args JSON, as Convex hands it over.
   * @param {object} ctx The engine's.
   * @param {Conditions} conditions
   * @returns {Promise<{ answer: Promise<string>, times: Times, counts:
   *   import("./counters.mjs").Counts }>} The answer is settled.
   */
  async call(name, args, ctx, conditions) {
    const clock = new Stopwatch();
    const context = this.#context(conditions);
    connect.runInContext(context)(new Syscalls(clock, ctx));
    const counts = conditions.counts ? countWork(context) : nothingCounted();
    counts.files = this.#graph.sources.size;
    counts.bytes = this.#graph.bytes;

    clock.start();
    const namespace = await this.#evaluate(context);
    clock.stop();
    const evaluation = clock.elapsed();
    clock.start();
    const answer = invoke(namespace[name], args);
    await Promise.allSettled([answer]);
    clock.stop();
    this.kept ??= namespace;
    return { answer, times: { evaluation, time: clock.elapsed() }, counts };
  }

  /** @param {Partial<Conditions>} conditions */
  #context({ text = "native", environment = {}, now = 0 }) {
    const context = vm.createContext(isolateGlobals(environment), {
      codeGeneration: { strings: false, wasm: true },
    });
    addFromBase64(vm.runInContext("Uint8Array", context));
    stopTime.runInContext(context)(now);
    if (text === "convex") replaceText(context);
    return context;
  }

  /**
   * @param {vm.Context} context
   * @returns {Promise<object>} The entry's exports.
   */
  async #evaluate(context) {
    const { entry, sources } = this.#graph;
    /** @type {Map<string, vm.SourceTextModule>} */
    const modules = new Map();
    for (const [file, source] of sources) {
      const identifier = this.#identifier(file);
      const cachedData = this.#codeCache.get(file);
      modules.set(
        identifier,
        new vm.SourceTextModule(source, { context, identifier, cachedData }),
      );
    }
    const entryModule = modules.get(this.#identifier(entry));
    await entryModule.link((specifier, { identifier }) =>
      modules.get(path.join(path.dirname(identifier), specifier)),
    );
    await entryModule.evaluate();
    return entryModule.namespace;
  }

  /** @param {string} file */
  #identifier(file) {
    return `${this.#owner}/${file}`;
  }
}

/** @param {unknown} value An export. */
function kindOf(value) {
  if (value?.isQuery) return "query";
  if (value?.isMutation) return "mutation";
  return value?.isAction ? "action" : undefined;
}

/**
 * @param {object} registered A query, mutation or action.
 * @param {string} args
 * @returns {Promise<string>} JSON.
 */
function invoke(registered, args) {
  switch (kindOf(registered)) {
    case "query":
      return registered.invokeQuery(args);
    case "mutation":
      return registered.invokeMutation(args);
    default:
      return registered.invokeAction("request", args);
  }
}
