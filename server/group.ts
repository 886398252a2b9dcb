import type { ComponentApi } from "../component/_generated/component.js";
import type { Actor } from "./actor.js";
import { actorArguments } from "./actor.js";
import type { MutationContext } from "./context.js";
import type {
  GroupCounts,
  GroupDocument,
  RemovalProgress,
} from "./documents.js";
import {
  groupsArguments,
  type GroupSettings,
  SETTINGS_FIELDS,
} from "./groupsConfig.js";
import {
  askById,
  askWith,
  changeById,
  type Pages,
  pagesOf,
  type Query,
  type AskById,
  type AskWith,
  type List,
} from "./methods.js";
import type { Orders } from "./page.js";
import { mutate } from "./refuse.js";
import type { AuthSettings } from "./settings.js";
import { checkFields, checkValue } from "./shape.js";

/** A label of a group. */
export type GroupTag = { key: string; value: string };

/** A group to create. */
export type NewGroup = Actor & {
  /** The name to show. */
  name: string;
  /** The name in addresses; one of its kind among groups with one parent. */
  slug?: string;
  /** What kind of group it is; `team` has limits of its own. */
  type?: string;
  /** The group above; without one, the group is an organization. */
  parentGroupId?: string;
  /** Labels. */
  tags?: GroupTag[];
  /** What the organization settles. */
  settings?: GroupSettings;
  /** The app's own data about the group, up to 16 KiB. */
  extend?: unknown;
};

/** What may change of a group. `null` takes away what is there. */
export type GroupChange = {
  name?: string;
  slug?: string | null;
  type?: string | null;
  /** Moves the group, with all below; `null` makes it an organization. */
  parentGroupId?: string | null;
  /** All labels; those that are not named go. */
  tags?: GroupTag[];
  /** What the organization settles anew; other settings stay. */
  settings?: GroupSettings;
  extend?: unknown;
};

/** Which groups to list. Conditions hold together; none means all. */
export type GroupFilter = {
  slug?: string;
  type?: string;
  parentGroupId?: string;
  name?: string;
  /** Whether the group is an organization. */
  isRoot?: boolean;
  /** Labels that a group must have, all of them. */
  tagsAll?: GroupTag[];
  /** Labels of which a group must have one. */
  tagsAny?: GroupTag[];
};

/** By what a list of groups may be ordered. */
export type GroupOrder = "_creationTime" | "name" | "slug" | "type";

/** The groups above a group. */
export type GroupAncestors = {
  /** The groups, nearest first. */
  ancestors: GroupDocument[];
  /** Whether they lead back to one of them. */
  cycleDetected: boolean;
  /** Whether there are more above. */
  maxDepthReached: boolean;
};

const ORDERS: Orders = {
  name: ["parentGroupId, isRoot, name"],
  slug: ["parentGroupId, isRoot, slug"],
  type: ["parentGroupId, isRoot, type"],
};

/** `auth.group`: organizations, and the groups below them at any depth. */
export function groupMethods(component: ComponentApi, config: AuthSettings) {
  const settings = () => ({ config: groupsArguments(config) });
  return {
    /**
     * Creates a group. A user who creates an organization becomes its owner;
     * below a group, `team:create` is needed there.
     *
     * @returns The group's id.
     * @throws `INVALID_PARAMETERS`, `GROUP_NOT_FOUND` for the group above,
     *   `SLUG_ALREADY_TAKEN`, `GROUP_TOO_DEEP`, `TEAM_LIMIT_REACHED`; with an
     *   actor also `FORBIDDEN`, `SECOND_FACTOR_REQUIRED`,
     *   `GROUP_CREATION_REFUSED`, `GROUP_LIMIT_REACHED`, `USER_NOT_FOUND`,
     *   `USER_BANNED`
     */
    async create(ctx: MutationContext, group: NewGroup): Promise<string> {
      checkFields(
        group,
        "name, slug?, type?, parentGroupId?, tags?: tags, settings?: object, extend?: small, actorUserId?: actor",
      );
      checkSettings(group.settings);
      const { groupId } = await mutate(ctx, component.groupWrite.create, {
        ...group,
        config: groupsArguments(config),
      });
      return groupId;
    },

    /**
     * A group, or `null` if there is none, or it was deleted.
     *
     * @throws `INVALID_PARAMETERS`
     */
    get: askById(
      component.group.read.get,
      "groupId",
    ) as AskById<GroupDocument | null>,

    /**
     * Groups, in pages of 100 at most. A page may be shorter than asked for, or
     * empty, and have a next one all the same.
     *
     * @throws `INVALID_PARAMETERS` for an order that is not supported: groups
     *   can be ordered by `name`, `slug` or `type` with a condition on
     *   `parentGroupId`, `isRoot` and the same field, and on labels together
     *   with `parentGroupId`.
     */
    list: pagesOf(
      component.group.list.list as Pages<
        GroupDocument,
        GroupFilter,
        GroupOrder
      >,
      "groups",
      "slug?, type?, parentGroupId?, name?, isRoot?: boolean, tagsAll?: tags, tagsAny?: tags",
      ORDERS,
      orderConditions,
    ) as List<GroupDocument, GroupFilter, GroupOrder>,

    /**
     * Changes a group; what is not named stays as it is.
     *
     * @throws `GROUP_NOT_FOUND`, `INVALID_PARAMETERS`, `SLUG_ALREADY_TAKEN`,
     *   `SLUG_LOCKED`, `GROUP_CYCLE`, `GROUP_TOO_DEEP`, `TEAM_LIMIT_REACHED`;
     *   with an actor also `FORBIDDEN`, `SECOND_FACTOR_REQUIRED`
     */
    async update(
      ctx: MutationContext,
      groupId: string,
      data: GroupChange,
      actor: Actor = {},
    ): Promise<void> {
      checkValue("groupId", groupId);
      checkFields(
        data,
        "name?, slug?: text|null, type?: text|null, parentGroupId?: text|null, tags?: tags, settings?: object, extend?: small",
      );
      checkSettings(data.settings);
      await mutate(ctx, component.groupWrite.update, {
        ...settings(),
        groupId,
        data,
        ...actorArguments(actor),
      });
    },

    /**
     * Deletes a group with all below it, memberships and invitations. It is
     * invisible at once, whatever the size; the rows go in batches. With
     * `deletionGraceMs`, an organization can be restored for that time.
     *
     * @throws `GROUP_NOT_FOUND`, `GROUP_HAS_MEMBERS`, `LAST_TEAM`; with an
     *   actor also `FORBIDDEN`, `SECOND_FACTOR_REQUIRED`
     */
    delete: changeById(component.groupDeletion.remove, "groupId", settings),

    /**
     * Takes back the deletion of an organization while its grace period lasts.
     *
     * @throws `GROUP_NOT_FOUND` when it was not deleted, or too long ago; with
     *   an actor, who has to own it, also `FORBIDDEN`,
     *   `SECOND_FACTOR_REQUIRED`
     */
    restore: changeById(component.groupDeletion.restore, "groupId", settings),

    /**
     * How far the deletion of a group is; `null` if there is none, or it ended
     * more than a week ago.
     *
     * @throws `INVALID_PARAMETERS`
     */
    deletionStatus: askById(
      component.removalJob.status,
      "subjectId",
      "groupId",
    ) as AskById<RemovalProgress | null>,

    /**
     * The groups above a group.
     *
     * @param options.maxDepth How many levels: 32 by default and at most.
     * @param options.includeSelf Whether the group itself comes first: no.
     * @throws `INVALID_PARAMETERS`
     */
    ancestors: askWith(
      component.groupAncestors.list as Query<
        { groupId: string; maxDepth?: number; includeSelf?: boolean },
        GroupAncestors
      >,
      "groupId, maxDepth?: number, includeSelf?: boolean",
    ) as AskWith<
      { groupId: string; maxDepth?: number; includeSelf?: boolean },
      GroupAncestors
    >,

    /**
     * How many members, open invitations, teams right below and own roles a
     * group has; `null` if there is no such group.
     *
     * @throws `INVALID_PARAMETERS`
     */
    counts: askById(
      component.group.read.counts,
      "groupId",
    ) as AskById<GroupCounts | null>,
  };
}

/**
 * The conditions that rule out orders. Labels lead to groups in the order of
 * their creation, unless the group above leads to them.
 */
function orderConditions({ tagsAll, tagsAny, ...others }: GroupFilter) {
  const hasLabels = [tagsAll, tagsAny].some((tags) => tags && tags.length > 0);
  return hasLabels && others.parentGroupId === undefined
    ? { ...others, tagsAll, tagsAny }
    : others;
}

function checkSettings(settings: GroupSettings | undefined): void {
  if (settings !== undefined) {
    checkFields(settings, SETTINGS_FIELDS, "settings");
  }
}
