/**
 * The names of the topics in the order in which they are measured. They are
 * apart from the topics themselves so that the command line can be read
 * before the packages that the topics import are installed.
 */
export const topicNames = [
  "size",
  "evaluation",
  "calls",
  "hashing",
  "signing",
  "passkeys",
  "operations",
  "groups",
  "keys",
];
