import {
  executionStorage,
  type EngineObserver,
  type Execution,
} from "./execution.js";
import { whileScheduling } from "./scheduler.js";

/** What `convex/server` calls the engine through. */
interface SystemCalls {
  syscall(operation: string, args: string): string;
  asyncSyscall(operation: string, args: string): Promise<string>;
  jsSyscall(operation: string, args: Record<string, unknown>): unknown;
}

interface QueryDescription {
  source: { tableName?: string; indexName?: string };
}

let installed = false;

/**
 * Watches the system calls of functions, which is the one place that every
 * read and write passes, nested component calls included. It gives each live
 * query the tables it read, and the server the tables that were written.
 * Installed once for the process, after the engine has installed its own.
 */
export function observeSystemCalls(): void {
  if (installed) {
    return;
  }
  const host = globalThis as typeof globalThis & { Convex?: SystemCalls };
  const engine = host.Convex;
  if (engine === undefined) {
    throw new Error("The engine must be made before its calls are observed.");
  }
  installed = true;
  host.Convex = {
    syscall(operation, args) {
      const execution = executionStorage.getStore();
      if (execution !== undefined && operation === "1.0/queryStream") {
        noteQuery(execution, args);
      }
      return engine.syscall(operation, args);
    },
    async asyncSyscall(operation, args) {
      const execution = executionStorage.getStore();
      if (execution === undefined) {
        return await engine.asyncSyscall(operation, args);
      }
      return await observedCall(engine, execution, operation, args);
    },
    jsSyscall(operation, args) {
      if (operation === "storage/storeBlob") {
        executionStorage.getStore()?.observer.tableWritten("_storage");
      }
      return engine.jsSyscall(operation, args);
    },
  };
}

async function observedCall(
  engine: SystemCalls,
  execution: Execution,
  operation: string,
  args: string,
): Promise<string> {
  switch (operation) {
    case "1.0/get":
    case "1.0/count":
      noteRead(execution, tableOf(args));
      break;
    case "1.0/queryPage":
      noteQuery(execution, args);
      return await pagedCall(engine, execution, args);
    case "1.0/insert":
    case "1.0/shallowMerge":
    case "1.0/replace":
    case "1.0/remove":
      noteWrite(execution.observer, tableOf(args));
      break;
    case "1.0/storageDelete":
      noteWrite(execution.observer, "_storage");
      break;
    case "1.0/cancel_job":
    case "1.0/actions/cancel_job":
      noteWrite(execution.observer, "_scheduled_functions");
      break;
    case "1.0/schedule":
    case "1.0/actions/schedule":
      noteWrite(execution.observer, "_scheduled_functions");
      return await whileScheduling(execution.observer, () =>
        engine.asyncSyscall(operation, args),
      );
  }
  return await engine.asyncSyscall(operation, args);
}

/** Lets a paginated live query end where it ended the first time. */
async function pagedCall(
  engine: SystemCalls,
  execution: Execution,
  args: string,
): Promise<string> {
  const page = execution.page;
  if (page === undefined || page.isUsed) {
    return await engine.asyncSyscall("1.0/queryPage", args);
  }
  page.isUsed = true;
  const request = JSON.parse(args) as { endCursor?: string | null };
  request.endCursor ??= page.endCursor;
  const answer = await engine.asyncSyscall(
    "1.0/queryPage",
    JSON.stringify(request),
  );
  const { continueCursor } = JSON.parse(answer) as { continueCursor: string };
  page.endCursor = continueCursor;
  return answer;
}

function noteQuery(execution: Execution, args: string): void {
  if (execution.reads === undefined) {
    return;
  }
  const { query } = JSON.parse(args) as { query: QueryDescription };
  const { tableName, indexName } = query.source;
  noteRead(execution, tableName ?? indexName?.split(".")[0]);
}

function noteRead(execution: Execution, table: string | undefined): void {
  if (table !== undefined) {
    execution.reads?.add(table);
  }
}

function noteWrite(observer: EngineObserver, table: string | undefined): void {
  if (table !== undefined) {
    observer.tableWritten(table);
  }
}

/** Older calls name no table; the engine's ids end with its name. */
function tableOf(args: string): string | undefined {
  const { table, id } = JSON.parse(args) as { table?: string; id?: string };
  return table ?? id?.match(/^[0-9]+(.+)$/)?.[1];
}
