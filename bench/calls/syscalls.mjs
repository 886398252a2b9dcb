/**
 * What the functions of `convex/server` ask the backend for, answered by the
 * engine (`convex-test`) outside the context. While it answers, the context's
 * clock stands still.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { convexToJson, jsonToConvex } from "convex/values";

/** How `convex/server` marks the path of a component's function. */
const referencePath = Symbol.for("toReferencePath");

/** In the form of the engine's ids. */
const scheduledId = "000000010000_scheduled_functions";

export class Syscalls {
  #clock;
  #ctx;
  /** Runs something as part of the function that the engine has called. */
  #within = AsyncLocalStorage.snapshot();
  /** @type {{ op: string, args: string, resolve: Function, reject: Function }[]} */
  #pending = [];

  /**
   * @param {import("./stopwatch.mjs").Stopwatch} clock Of the context.
   * @param {object} ctx The engine's context of the function that runs.
   */
  constructor(clock, ctx) {
    this.#clock = clock;
    this.#ctx = ctx;
  }

  /**
   * @param {string} op
   * @param {string} args JSON.
   * @returns {string} JSON.
   */
  answer(op, args) {
    this.#clock.stop();
    try {
      return this.#within(() => globalThis.Convex.syscall(op, args));
    } finally {
      this.#clock.start();
    }
  }

  /**
   * @param {string} op
   * @param {string} args JSON.
   * @param {(json: string) => void} resolve
   * @param {(error: unknown) => void} reject
   */
  answerLater(op, args, resolve, reject) {
    this.#pending.push({ op, args, resolve, reject });
    // A tick comes when the context has nothing left to do but to wait.
    if (this.#pending.length === 1) process.nextTick(() => this.#answerAll());
  }

  async #answerAll() {
    this.#clock.stop();
    const asked = this.#pending.splice(0);
    const answers = [];
    for (const { op, args } of asked) {
      answers.push(
        await this.#within(() => this.#perform(op, args)).then(
          (json) => ({ json }),
          (error) => ({ error }),
        ),
      );
    }
    this.#clock.start();
    for (const [index, { resolve, reject }] of asked.entries()) {
      const answer = answers[index];
      if ("json" in answer) resolve(answer.json);
      else reject(answer.error);
    }
  }

  /**
   * @param {string} op
   * @param {string} args
   * @returns {Promise<string>}
   */
  async #perform(op, args) {
    switch (op) {
      case "1.0/getUserIdentity":
        return JSON.stringify(await this.#ctx.auth.getUserIdentity());
      case "1.0/actions/query":
        return this.#call(this.#ctx.runQuery, args);
      case "1.0/actions/mutation":
        return this.#call(this.#ctx.runMutation, args);
      case "1.0/actions/action":
        return this.#call(this.#ctx.runAction, args);
      case "1.0/schedule":
      case "1.0/actions/schedule":
        // It would run beside what is measured next.
        return JSON.stringify(scheduledId);
      default:
        return globalThis.Convex.asyncSyscall(op, args);
    }
  }

  /**
   * @param {(reference: object | string, args: object) => Promise<unknown>} run
   * @param {string} json
   */
  async #call(run, json) {
    const { name, reference, functionHandle, args } = JSON.parse(json);
    const target =
      reference === undefined
        ? (functionHandle ?? name)
        : { [referencePath]: reference };
    return JSON.stringify(convexToJson(await run(target, jsonToConvex(args))));
  }
}
