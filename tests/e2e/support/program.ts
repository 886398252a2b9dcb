/** Programs of the repository that run beside the tests. */
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** What a program did: what it printed, and its exit code if it ended. */
export type Run = { output: string; exitCode: number | null };

/** A program that was started. */
export type Program = {
  /**
   * Waits until it has printed something.
   *
   * @returns What the pattern's first group matched.
   * @throws When the program ends before, with what it printed.
   */
  prints(pattern: RegExp): Promise<string>;
  /** Waits until it ends by itself. */
  exits(): Promise<Run>;
  /** Stops it. */
  stop(): Promise<void>;
};

/**
 * Starts a Node program.
 *
 * @param script Its path from the root of the repository.
 * @param environment Variables beside those of this process.
 */
export function startProgram(
  script: string,
  environment: Record<string, string>,
): Program {
  const child = spawn(process.execPath, [script], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  const listeners = new Set<() => void>();
  const read = (chunk: Buffer) => {
    output += chunk.toString();
    for (const listener of listeners) listener();
  };
  child.stdout.on("data", read);
  child.stderr.on("data", read);
  const exit = new Promise<number | null>((resolve) =>
    child.once("close", resolve),
  );
  return {
    prints: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(output);
          if (found === null) return;
          // A demo prints for as long as it runs.
          listeners.delete(look);
          resolve(found[1] ?? "");
        };
        listeners.add(look);
        void exit.then(() => reject(new Error(`${script} ended:\n${output}`)));
        look();
      }),
    exits: async () => ({ exitCode: await exit, output }),
    stop: async () => {
      child.kill("SIGTERM");
      await exit;
    },
  };
}

/** A port of `localhost` that nobody listens on. */
export async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "localhost", () => {
      const address = server.address();
      server.close(() =>
        typeof address === "object" && address !== null
          ? resolve(address.port)
          : reject(new Error("no port")),
      );
    });
  });
}
