import type {
  CodeToSend,
  VerificationRequest,
} from "convex-gatehouse/providers";
import type { InvitationRequest } from "convex-gatehouse/server";
import type { GenericActionCtx, GenericDataModel } from "convex/server";
import { internal } from "./_generated/api";

/**
 * "Sends" an e-mail: prints it and puts it into the outbox that the demo
 * shows. A real app calls its mail service here.
 */
export async function sendVerificationRequest(
  { purpose, identifier, token }: VerificationRequest,
  ctx: GenericActionCtx<GenericDataModel>,
): Promise<void> {
  const { subject, text } = LETTERS[purpose](token ?? "");
  console.log(`E-mail to ${identifier}: ${subject}\n${text}`);
  await ctx.runMutation(internal.outbox.record, {
    to: identifier,
    subject,
    text,
    purpose,
    ...(token === undefined ? {} : { code: token }),
  });
}

/** "Sends" the code of a second factor, in the same way. */
export async function sendCode(
  { to, code }: CodeToSend,
  ctx: GenericActionCtx<GenericDataModel>,
): Promise<void> {
  const subject = `${code} is your code`;
  const text = `Enter ${code} to prove that it is you. If you did not ask for it, somebody may know your password: change it.`;
  console.log(`E-mail to ${to}: ${subject}\n${text}`);
  await ctx.runMutation(internal.outbox.record, {
    ...{ to, subject, text, code, purpose: "second-factor" },
  });
}

/** "Sends" an invitation to an organization, in the same way. */
export async function sendInvitation(
  { email, url, group, expires }: InvitationRequest,
  ctx: GenericActionCtx<GenericDataModel>,
): Promise<void> {
  const subject = `You are invited to ${group?.name ?? "the app"}`;
  const text = `Open the link to join. It is for you alone, and valid until ${expires.toUTCString()}. If you do not know who invites you, ignore this e-mail.`;
  console.log(`E-mail to ${email}: ${subject}\n${text}\n${url ?? ""}`);
  await ctx.runMutation(internal.outbox.record, {
    ...{ to: email, subject, text, purpose: "invitation" },
    ...(url === undefined ? {} : { link: url }),
  });
}

const LETTERS: Record<
  VerificationRequest["purpose"],
  (code: string) => { subject: string; text: string }
> = {
  "email-verification": (code) => ({
    subject: `${code} is your code`,
    text: `Enter ${code} to confirm your e-mail address. The code is valid for one hour. If you did not sign up, ignore this e-mail.`,
  }),
  "password-reset": (code) => ({
    subject: `${code} resets your password`,
    text: `Enter ${code} to choose a new password. The code is valid for one hour. If you did not ask for it, ignore this e-mail.`,
  }),
  "account-exists": () => ({
    subject: "You already have an account",
    text: "Somebody tried to sign up with your e-mail address. If it was you, sign in instead, or reset your password.",
  }),
  "account-missing": () => ({
    subject: "You have no account with this address",
    text: "Somebody asked to reset the password of an account with your e-mail address, but there is none. If it was you, sign up, or try another address.",
  }),
};
