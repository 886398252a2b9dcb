/** The example app as a newcomer gets it: by `npm start`. */
import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** A running demo. */
export type Demo = {
  /** Where the example app is. */
  appUrl: string;
  /** Where the embedded server is. */
  convexUrl: string;
  /** Stops both. */
  stop(): Promise<void>;
};

/** What `npm start` did: what it printed, and its exit code if it ended. */
export type Run = { output: string; exitCode: number | null };

/** Starts the demo on free ports and waits until it says where it is. */
export async function startDemo(): Promise<Demo> {
  const convexPort = await freePort();
  const appPort = await freePort();
  const program = startProgram(convexPort, appPort);
  const appUrl = `http://localhost:${appPort}`;
  await program.prints(`App: ${appUrl}\n`);
  return {
    appUrl,
    convexUrl: `http://127.0.0.1:${convexPort}`,
    stop: () => program.stop(),
  };
}

/** Runs `npm start` until it ends by itself. */
export async function runUntilExit(
  convexPort: number,
  appPort: number,
): Promise<Run> {
  return await startProgram(convexPort, appPort).exits();
}

/** A port that nobody listens on. */
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

function startProgram(convexPort: number, appPort: number) {
  const child = spawn(process.execPath, ["scripts/start.mjs"], {
    cwd: root,
    env: {
      ...process.env,
      CONVEX_PORT: String(convexPort),
      APP_PORT: String(appPort),
    },
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
  const exit = exitOf(child);
  return {
    prints: (text: string) =>
      new Promise<void>((resolve, reject) => {
        const look = () => {
          if (output.includes(text)) resolve();
        };
        listeners.add(look);
        void exit.then(() => reject(new Error(`npm start ended:\n${output}`)));
        look();
      }),
    exits: async (): Promise<Run> => ({ exitCode: await exit, output }),
    stop: async () => {
      child.kill("SIGTERM");
      await exit;
    },
  };
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once("close", resolve));
}
