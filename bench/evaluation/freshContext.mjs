/**
 * Evaluates a module graph as Convex does for every call: in a V8 context
 * that has never run anything, with V8's code cache of the modules kept from
 * before.
 */
import path from "node:path";
import { setTimeout as rest } from "node:timers/promises";
import vm from "node:vm";
import { startClock } from "../interleave.mjs";
import { addFromBase64, isolateGlobals } from "./isolateGlobals.mjs";

/**
 * @typedef {import("./convexBundle.mjs").ModuleGraph} ModuleGraph
 */

/**
 * How often a graph is evaluated for one sample; the shortest time counts,
 * because what makes a time longer by chance is never the graph.
 */
const ATTEMPTS = 3;

export class FreshContextEvaluation {
  /** @type {Map<string, Buffer>} */
  #codeCache = new Map();
  #graph;
  #afterwards;
  #callArguments;
  /**
   * What the first run made. A warm process has V8's compiled WebAssembly of
   * earlier calls, which V8 drops once nothing refers to it.
   *
   * @type {unknown}
   */
  kept;

  /**
   * @param {ModuleGraph} graph
   * @param {string} [afterwards] The export of the entry that is called once
   *   after the evaluation, inside the measured time. What it answers of the
   *   first run is kept alive.
   * @param {unknown[]} [callArguments] What it is called with: JSON, which is
   *   read in the context before the time is measured.
   */
  constructor(graph, afterwards, callArguments = []) {
    this.#graph = graph;
    this.#afterwards = afterwards;
    this.#callArguments = JSON.stringify(callArguments);
  }

  /**
   * Makes a context (not counted), then compiles or reads from the code
   * cache, links and evaluates the graph.
   *
   * @returns {Promise<{ elapsed: number, exports: object }>} Milliseconds, and
   *   the entry's exports.
   */
  async run() {
    const context = vm.createContext(isolateGlobals(), {
      codeGeneration: { strings: false, wasm: true },
    });
    addFromBase64(vm.runInContext("Uint8Array", context));
    const callArguments = vm.runInContext(this.#callArguments, context);
    const { entry, sources } = this.#graph;

    const elapsed = startClock();
    /** @type {Map<string, vm.SourceTextModule>} */
    const modules = new Map();
    for (const [identifier, source] of sources) {
      const cachedData = this.#codeCache.get(identifier);
      modules.set(
        identifier,
        new vm.SourceTextModule(source, { context, identifier, cachedData }),
      );
    }
    const entryModule = modules.get(entry);
    await entryModule.link((specifier, referrer) =>
      modules.get(path.join(path.dirname(referrer.identifier), specifier)),
    );
    await entryModule.evaluate();
    const made =
      this.#afterwards === undefined
        ? undefined
        : await entryModule.namespace[this.#afterwards](...callArguments);
    const time = elapsed();
    this.kept ??= made;
    return { elapsed: time, exports: entryModule.namespace };
  }

  /**
   * @returns {Promise<number>} The milliseconds of one sample.
   */
  async sample() {
    // The garbage of one graph is not to be collected on another's time.
    globalThis.gc?.();
    let shortest = Infinity;
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      // Who has rested is not interrupted at once.
      await rest(2);
      const { elapsed } = await this.run();
      shortest = Math.min(shortest, elapsed);
    }
    return shortest;
  }

  /**
   * Fills the code cache. V8 can only write it before a module is evaluated.
   */
  fillCodeCache() {
    const context = vm.createContext(isolateGlobals());
    for (const [identifier, source] of this.#graph.sources) {
      const module = new vm.SourceTextModule(source, { context, identifier });
      this.#codeCache.set(identifier, module.createCachedData());
    }
  }
}
