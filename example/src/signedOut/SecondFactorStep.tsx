import type { SignInResult } from "convex-gatehouse/client";
import type { ReactNode } from "react";
import { inOrder } from "../secondFactor/methods";
import { SecondFactorForms } from "../secondFactor/SecondFactorForms";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";

/** A sign-in that waits for its second factor. */
export type Challenge = Extract<SignInResult, { kind: "totpRequired" }>;

/**
 * The second factor that a sign-in waits for.
 *
 * @param result - What the sign-in was answered with.
 * @returns `null`: none.
 */
export function challengeOf(result: SignInResult): Challenge | null {
  return result.kind === "totpRequired" ? result : null;
}

/** The second step of signing in. */
export function SecondFactorStep({
  challenge: { methods, verifier },
  onBack,
}: {
  challenge: Challenge;
  onBack: () => void;
}): ReactNode {
  return (
    <div className="form">
      {/* The code field has the focus, hence no `PageHeading`. */}
      <header className="page-heading">
        <title>One more step · Gatehouse demo</title>
        <h1>One more step</h1>
        <p>Your account asks for a second proof that it is you.</p>
      </header>
      <SecondFactorForms
        methods={inOrder(methods)}
        verifier={verifier}
        canTrust
        // Who is signed in now sees another page.
        onDone={() => undefined}
      />
      <Button kind="plain" onClick={onBack}>
        <Icon name="arrowLeft" />
        Back
      </Button>
    </div>
  );
}
