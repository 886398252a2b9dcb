/** How the pages ask a person to prove again who they are. */

import { createContext, useContext } from "react";

/**
 * Runs an operation. If the server wants a proof first, a dialog asks for it, and
 * the operation runs again.
 *
 * @param operation - Calls the server.
 * @returns What the operation has answered.
 * @throws What the operation threw, also when the person has closed the dialog.
 */
export type WithStepUp = <Result>(
  operation: () => Promise<Result>,
) => Promise<Result>;

/** Outside of the provider, nobody is asked. */
export const StepUpContext = createContext<WithStepUp>((operation) =>
  operation(),
);

/** The function that runs operations which may want a proof. */
export function useStepUp(): WithStepUp {
  return useContext(StepUpContext);
}
