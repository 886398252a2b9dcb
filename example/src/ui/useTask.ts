/** What buttons do alike that change something at once. */

import { useState } from "react";
import { describeError } from "../errorText";
import type { Failure } from "../failure";

/** A change that a button makes. */
export interface Task {
  /**
   * Runs the change, one at a time.
   *
   * @param change - Calls the server.
   * @returns Whether it was done.
   */
  run: (change: () => Promise<unknown>) => Promise<boolean>;
  /** Whether the server is being asked. */
  isBusy: boolean;
  /** Why it was not done. */
  failure: Failure | null;
}

/** Runs changes and keeps what became of the last one. */
export function useTask(): Task {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function run(change: () => Promise<unknown>): Promise<boolean> {
    setBusy(true);
    setFailure(null);
    try {
      await change();
      return true;
    } catch (error) {
      setFailure(describeError(error, Date.now()));
      return false;
    } finally {
      setBusy(false);
    }
  }

  return { run, isBusy, failure };
}
