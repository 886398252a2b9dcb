import type { AuthStateError, SignOutReason } from "convex-gatehouse/client";
import { useState, type ReactNode } from "react";
import { useInvitation } from "../join/invitation";
import { InvitationNotice } from "../join/InvitationNotice";
import { useInvitationToken, usePath } from "../router";
import { Icon, type IconName } from "../ui/Icon";
import { PageFooter } from "../ui/PageFooter";
import { EndingNotice } from "./EndingNotice";
import type { EmailCode } from "./emailCode";
import { ForgotPasswordForm } from "./ForgotPasswordForm";
import { SecondFactorStep, type Challenge } from "./SecondFactorStep";
import { ResetPasswordForm } from "./ResetPasswordForm";
import { SignedOutBar } from "./SignedOutBar";
import { SignInForm } from "./SignInForm";
import { SignUpForm } from "./SignUpForm";
import type { StepProps } from "./stepProps";
import { VerifyEmailForm } from "./VerifyEmailForm";

/** The page for people who are not signed in. */
export function WelcomePage({
  email: firstEmail,
  ending,
  error,
}: {
  /** The address to begin with. */
  email: string;
  /** How the session before ended, if there was one. */
  ending: SignOutReason | "deleted" | undefined;
  error: AuthStateError | undefined;
}): ReactNode {
  const path = usePath();
  const [email, setEmail] = useState(firstEmail);
  const [code, setCode] = useState<EmailCode | null>(null);
  const [challenge, setChallenge] = useState<Challenge | null>(null);
  const token = useInvitationToken();
  const invitation = useInvitation(token);

  // Who was invited by e-mail needs an account with that address.
  const invitedEmail = invitation?.email;
  const [seenEmail, setSeenEmail] = useState<string>();
  if (invitedEmail !== undefined && invitedEmail !== seenEmail) {
    setSeenEmail(invitedEmail);
    setEmail(invitedEmail);
  }
  const steps: StepProps = {
    ...{ email, onEmail: setEmail, onCode: setCode },
    onChallenge: setChallenge,
  };
  return (
    <>
      <SignedOutBar />
      <main className="welcome">
        <Introduction />
        <div className="welcome-forms">
          {code === null && <EndingNotice ending={ending} error={error} />}
          {token !== null && <InvitationNotice invitation={invitation} />}
          <div className="panel welcome-panel">
            {challenge === null ? (
              <Step path={path} code={code} steps={steps} />
            ) : (
              <SecondFactorStep
                key={challenge.verifier}
                challenge={challenge}
                onBack={() => {
                  setChallenge(null);
                  setCode(null);
                }}
              />
            )}
          </div>
        </div>
      </main>
      <PageFooter />
    </>
  );
}

function Step({
  path,
  code,
  steps,
}: {
  path: string;
  code: EmailCode | null;
  steps: StepProps;
}): ReactNode {
  if (code?.purpose === "email-verification") {
    return <VerifyEmailForm code={code} {...steps} />;
  }
  if (code?.purpose === "password-reset") {
    return <ResetPasswordForm code={code} {...steps} />;
  }
  switch (path) {
    case "/join":
    case "/sign-up":
      return <SignUpForm {...steps} />;
    case "/forgot-password":
      return <ForgotPasswordForm {...steps} />;
    default:
      return <SignInForm {...steps} />;
  }
}

const POINTS: readonly { icon: IconName; title: string; text: string }[] = [
  {
    icon: "computer",
    title: "Your devices, live",
    text: "See where you are signed in. Sign a device out, and it knows at once.",
  },
  {
    icon: "list",
    title: "Nothing happens unseen",
    text: "Each sign-in, each failed try and each change is in your own trail.",
  },
  {
    icon: "shield",
    title: "Decided by Rust",
    text: "Passwords, codes, limits and tokens: one small core, beside your data.",
  },
];

function Introduction(): ReactNode {
  return (
    <section className="introduction" aria-label="About this demo">
      <p className="introduction-title">
        Who comes in is decided at the gatehouse.
      </p>
      <ul>
        {POINTS.map(({ icon, title, text }) => (
          <li key={title}>
            <Icon name={icon} />
            <div>
              <strong>{title}</strong>
              <p>{text}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
