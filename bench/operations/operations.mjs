/**
 * The operations that are counted, in the order in which they run: one
 * person's life with an app.
 *
 * @typedef {keyof typeof operationLabels} OperationId
 *
 * @typedef {Partial<Record<OperationId, () => Promise<unknown>>>} Operations
 *   What an app does for each. One that it does not offer is missing.
 */

export const operationLabels = {
  signUp: "sign up",
  signIn: "sign in",
  failedSignIn: "sign in, wrong password",
  refresh: "refresh the access token",
  currentUser: "user of the request",
  sessionList: "list of own sessions",
  passwordChange: "change the password",
  resetRequest: "ask for a password reset",
  resetVerification: "reset the password",
  signOut: "sign out",
};

/** Of the person whose operations are counted. */
export const person = {
  email: "ada@example.com",
  name: "Ada",
  password: "correct horse battery staple",
  changedPassword: "correct horse battery staple, changed",
  resetPassword: "correct horse battery staple, reset",
};

/** A person who was there before, so that no first-time work is counted. */
export const predecessor = {
  email: "grace@example.com",
  name: "Grace",
  password: "a nanosecond is this long",
};

/**
 * @param {Promise<unknown>} attempt
 * @throws {Error} when the attempt succeeded.
 */
export async function mustFail(attempt) {
  const succeeded = await attempt.then(
    () => true,
    () => false,
  );
  if (succeeded) throw new Error("A sign-in with a wrong password succeeded");
}

/**
 * @param {string} token A JWT.
 * @returns {Record<string, unknown>} Its claims, not verified.
 */
export function claims(token) {
  const [, payload] = token.split(".");
  return JSON.parse(Buffer.from(payload, "base64url").toString());
}
