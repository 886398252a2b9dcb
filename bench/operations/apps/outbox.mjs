/** Where the apps under measurement send their codes and tokens. */
export const outbox = {
  /** @type {string[]} */
  sent: [],

  /** @param {string} secret */
  deliver(secret) {
    outbox.sent.push(secret);
  },

  /** @returns {string} What was sent last. */
  latest() {
    const secret = outbox.sent.at(-1);
    if (secret === undefined) throw new Error("Nothing was sent");
    return secret;
  },
};
