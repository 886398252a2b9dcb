/** What happened in an organization, in sentences. */

import type { IconName } from "../ui/Icon";

interface Entry {
  icon: IconName;
  /** The sentence without another person in it, after who did it. */
  alone: string;
  /** The same with another person, who takes the place of `%`. */
  withOther?: string;
  /** A whole sentence, where nobody did it. */
  byItself?: string;
}

const EVENTS: Readonly<Record<string, Entry>> = {
  groupCreated: { icon: "building", alone: "created the organization" },
  groupUpdated: { icon: "edit", alone: "changed the organization’s settings" },
  groupDeleted: { icon: "trash", alone: "deleted the organization" },
  groupRestored: { icon: "building", alone: "restored the organization" },
  memberAdded: { icon: "user", alone: "joined", withOther: "added %" },
  memberUpdated: {
    icon: "user",
    alone: "got other roles",
    withOther: "changed the roles of %",
  },
  memberRemoved: { icon: "signOut", alone: "left", withOther: "removed %" },
  roleCreated: { icon: "key", alone: "created a role" },
  roleUpdated: { icon: "key", alone: "changed a role" },
  roleDeleted: { icon: "key", alone: "deleted a role" },
  inviteCreated: { icon: "mail", alone: "invited somebody" },
  inviteRenewed: { icon: "mail", alone: "sent an invitation again" },
  inviteAccepted: { icon: "check", alone: "accepted an invitation" },
  inviteRevoked: { icon: "mail", alone: "revoked an invitation" },
  apiKeyCreated: { icon: "key", alone: "created an API key" },
  apiKeyUpdated: { icon: "key", alone: "changed an API key" },
  apiKeyRotated: { icon: "key", alone: "rotated an API key" },
  apiKeyRevoked: {
    ...{ icon: "key", alone: "revoked an API key" },
    byItself: "An API key ended, because who made it has left",
  },
  apiKeyRemoved: { icon: "trash", alone: "deleted an API key" },
  apiKeyExpired: {
    ...{ icon: "key", alone: "let an API key expire" },
    byItself: "An API key expired",
  },
  apiKeyExhausted: {
    ...{ icon: "key", alone: "used an API key up" },
    byItself: "An API key was used up",
  },
};

/** What an event is told of by. */
export interface NamedEvent {
  event: string;
  /** Who did it; missing when the app did. */
  actor?: string;
  /** Whom it is about, if that is somebody else. */
  subject?: string;
}

/**
 * Describes an event: `Ada removed Bob`. One that a newer server names shows
 * its name.
 *
 * @param event - From the trail, with the people's names.
 */
export function organizationEventText({ event, actor, subject }: NamedEvent): {
  text: string;
  icon: IconName;
} {
  const who = actor ?? "The app";
  const entry = Object.hasOwn(EVENTS, event) ? EVENTS[event] : undefined;
  if (entry === undefined) {
    return { text: `${who}: ${event}`, icon: "question" };
  }
  const { alone, withOther, byItself, icon } = entry;
  if (actor === undefined && byItself !== undefined) {
    return { text: byItself, icon };
  }
  const text =
    subject === undefined || withOther === undefined
      ? alone
      : withOther.replace("%", () => subject);
  return { text: `${who} ${text}`, icon };
}
