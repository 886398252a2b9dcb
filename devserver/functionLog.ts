import { format, inspect } from "node:util";
import { executionStorage } from "./execution.js";

/** How important a line is. */
export type LogLevel = "debug" | "info" | "warn" | "error";

/** Receives every line that the server prints. */
export type DevserverLog = (level: LogLevel, line: string) => void;

/** The kind of a function, as log lines abbreviate it; `?` is unknown. */
export type FunctionLetter = "Q" | "M" | "A" | "H" | "?";

/** A request keeps at most this many lines, as a Convex backend does. */
const MAX_LOG_LINES = 256;

const nodeConsole = globalThis.console;

/** Prints lines to the console of the process. */
export const consoleLog: DevserverLog = (level, line) =>
  nodeConsole[level](line);

/** The beginning of every line about one function. */
export function functionPrefix(letter: FunctionLetter, name: string): string {
  return `[CONVEX ${letter}(${name})]`;
}

/**
 * The `console` that a function sees: its lines go to the server's log, with
 * the function's name before them, and to the client that called, in the
 * format `[LEVEL] values` that clients parse.
 */
export function functionConsole(prefix: string, log: DevserverLog): Console {
  const write =
    (level: LogLevel, name: string) =>
    (...values: unknown[]) => {
      log(level, `${prefix} [${name}] ${format(...values)}`);
      const lines = executionStorage.getStore()?.logLines;
      if (lines !== undefined && lines.length < MAX_LOG_LINES) {
        const shown = values.map((value) => inspect(value)).join(" ");
        lines.push(`[${name}] ${shown}`);
      }
    };
  const methods = {
    log: write("info", "LOG"),
    info: write("info", "INFO"),
    debug: write("debug", "DEBUG"),
    warn: write("warn", "WARN"),
    error: write("error", "ERROR"),
    trace: write("debug", "DEBUG"),
  };
  return Object.assign(Object.create(nodeConsole) as Console, methods);
}
