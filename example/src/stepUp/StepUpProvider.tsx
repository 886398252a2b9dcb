import { parseAuthError } from "convex-gatehouse/client";
import { useCallback, useRef, useState, type ReactNode } from "react";
import { StepUpContext, type WithStepUp } from "./stepUpContext";
import { StepUpDialog } from "./StepUpDialog";

/** A question that waits for its answer. */
interface Question {
  methods: readonly string[];
  answer: (isConfirmed: boolean) => void;
}

/** Asks people to prove again who they are, where the server wants it. */
export function StepUpProvider({
  email,
  children,
}: {
  /** Whose password is asked for. */
  email: string;
  children: ReactNode;
}): ReactNode {
  const [question, setQuestion] = useState<Question | null>(null);
  // One proof is enough for all that wait for one.
  const asked = useRef<Promise<boolean> | null>(null);

  const ask = useCallback((methods: readonly string[]): Promise<boolean> => {
    asked.current ??= new Promise<boolean>((answer) =>
      setQuestion({ methods, answer }),
    ).finally(() => {
      asked.current = null;
      setQuestion(null);
    });
    return asked.current;
  }, []);

  const withStepUp = useCallback<WithStepUp>(
    async (operation) => {
      try {
        return await operation();
      } catch (error) {
        const refused = parseAuthError(error);
        if (refused?.code !== "STEP_UP_REQUIRED") {
          throw error;
        }
        if (!(await ask(refused.methods ?? []))) {
          throw error;
        }
        return await operation();
      }
    },
    [ask],
  );

  return (
    <StepUpContext value={withStepUp}>
      {children}
      {question !== null && (
        <StepUpDialog
          email={email}
          methods={question.methods}
          onAnswer={question.answer}
        />
      )}
    </StepUpContext>
  );
}
