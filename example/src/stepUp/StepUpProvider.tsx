import { parseAuthError } from "convex-gatehouse/client";
import { useCallback, useState, type ReactNode } from "react";
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

  const withStepUp = useCallback<WithStepUp>(async (operation) => {
    try {
      return await operation();
    } catch (error) {
      const refused = parseAuthError(error);
      if (refused?.code !== "STEP_UP_REQUIRED") {
        throw error;
      }
      const methods = refused.methods ?? [];
      const isConfirmed = await new Promise<boolean>((answer) =>
        setQuestion({ methods, answer }),
      );
      setQuestion(null);
      if (!isConfirmed) {
        throw error;
      }
      return await operation();
    }
  }, []);

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
