/** Starts `server.mjs`, asks it, and calls the app's functions by HTTP. */
import { fork } from "node:child_process";
import http from "node:http";
import { fileURLToPath } from "node:url";

/** How many calls are under way at once. */
export const IN_FLIGHT = 32;

export class ServerProcess {
  #process = fork(fileURLToPath(new URL("server.mjs", import.meta.url)), {
    execArgv: [
      "--no-warnings",
      // The collector's own threads would be counted as the server's time.
      "--single-threaded-gc",
      "--import",
      new URL("../resolution/register.mjs", import.meta.url).href,
    ],
  });
  #agent = new http.Agent({ keepAlive: true, maxSockets: IN_FLIGHT });
  /** @type {Map<number, { resolve: Function, reject: Function }>} */
  #waiting = new Map();
  #questions = 0;
  #url = "";

  /** @returns {Promise<ServerProcess>} One that listens. */
  static async start() {
    const started = new ServerProcess();
    started.#url = await started.ask("url");
    return started;
  }

  constructor() {
    this.#process.on("message", ({ id, answer, problem }) => {
      const { resolve, reject } = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (problem === undefined) resolve(answer);
      else reject(new Error(problem));
    });
    this.#process.on("exit", (code) => {
      for (const { resolve, reject } of this.#waiting.values()) {
        if (code === 0) resolve(undefined);
        else reject(new Error(`The server has ended with ${code}`));
      }
      this.#waiting.clear();
    });
  }

  /**
   * @param {string} question One of those that `server.mjs` answers.
   * @param {unknown} [argument]
   */
  ask(question, argument) {
    const id = this.#questions++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      // A process that has ended can be told nothing.
      this.#process.send({ id, question, argument }, (error) => {
        if (error) reject(error);
      });
    });
  }

  /**
   * @param {string} path Of a mutation of the app.
   * @param {object} args
   * @returns {Promise<unknown>} What it answers.
   */
  async mutation(path, args) {
    const body = JSON.stringify({ path, args, format: "json" });
    const text = await new Promise((resolve, reject) => {
      const request = http.request(`${this.#url}/api/mutation`, {
        method: "POST",
        agent: this.#agent,
        headers: {
          "content-type": "application/json",
          "content-length": Buffer.byteLength(body),
        },
      });
      request.on("response", (response) => {
        const parts = [];
        response.on("data", (part) => parts.push(part));
        response.on("end", () => resolve(Buffer.concat(parts).toString()));
        response.on("error", reject);
      });
      request.on("error", reject);
      request.end(body);
    });
    const { status, value, errorMessage } = JSON.parse(text);
    if (status !== "success") throw new Error(errorMessage ?? text);
    return value;
  }

  async stop() {
    this.#agent.destroy();
    await this.ask("stop");
  }
}
