/**
 * Fills the tables of the component directly: through the functions that an
 * app calls, a hundred thousand memberships would take minutes. What is stored
 * is what those functions store, with their counts and role assignments.
 */

/**
 * Items that are dealt with in one transaction. With up to six rows or index
 * ranges for each, this is below Convex's limits.
 */
const BATCH = 600;

const day = 24 * 60 * 60 * 1000;

export class Seed {
  /** @type {{ runInComponent: Function }} */
  #backend;
  #component;

  /**
   * @param {object} backend What `convexTest` answered.
   * @param {string} component The name under which it is registered.
   */
  constructor(backend, component) {
    this.#backend = backend;
    this.#component = component;
  }

  /**
   * @template Item, Result
   * @param {readonly Item[]} items
   * @param {(ctx: object, item: Item) => Promise<Result>} insert
   * @returns {Promise<Result[]>}
   */
  async each(items, insert) {
    const results = [];
    for (let start = 0; start < items.length; start += BATCH) {
      const batch = items.slice(start, start + BATCH);
      await this.#backend.runInComponent(this.#component, async (ctx) => {
        for (const item of batch) results.push(await insert(ctx, item));
        return null;
      });
    }
    return results;
  }

  /**
   * @param {string} name The beginning of their names and addresses.
   * @param {number} count
   * @returns {Promise<string[]>} Their ids.
   */
  users(name, count) {
    return this.each(numbers(count), (ctx, number) =>
      ctx.db.insert("User", {
        name: `${name} ${number}`,
        email: `${name}-${number}@example.com`,
        emailVerificationTime: day,
      }),
    );
  }

  /**
   * @param {readonly Partial<{ name: string, slug: string, type: string,
   *   parentGroupId: string, height: number, tags: { key: string, value:
   *   string }[] }>[]} groups
   * @returns {Promise<string[]>} Their ids.
   */
  groups(groups) {
    return this.each(groups, async (ctx, group) => {
      const { slug, parentGroupId, tags = [] } = group;
      const groupId = await ctx.db.insert("Group", {
        name: "Some group",
        height: 0,
        tags: [],
        isRoot: parentGroupId === undefined,
        ...group,
      });
      const none = { members: 0, pendingInvites: 0, teams: 0, roles: 0 };
      await ctx.db.insert("GroupCount", { groupId, ...none });
      if (slug !== undefined) {
        await ctx.db.insert("GroupSlug", { groupId, parentGroupId, slug });
      }
      if (tags.length > 0) {
        const { _creationTime: groupTime } = await ctx.db.get("Group", groupId);
        for (const tag of tags) {
          await ctx.db.insert("GroupTag", { groupId, ...tag, groupTime });
        }
      }
      return groupId;
    });
  }

  /**
   * Groups one below the other.
   *
   * @param {string} parentGroupId The group above the first of them.
   * @param {number} levels
   * @returns {Promise<string[]>} Their ids, the highest first.
   */
  async chain(parentGroupId, levels) {
    const ids = [];
    for (let level = 1; level <= levels; level++) {
      const [id] = await this.groups([
        {
          name: `Level ${level}`,
          slug: `level-${level}`,
          parentGroupId: ids.at(-1) ?? parentGroupId,
          height: levels - level,
        },
      ]);
      ids.push(id);
    }
    return ids;
  }

  /**
   * @param {readonly { groupId: string, userId: string, role?: string,
   *   roleId?: string }[]} members
   * @returns {Promise<string[]>} Their ids.
   */
  async members(members) {
    const ids = await this.each(
      members,
      async (ctx, { groupId, userId, role = "member", roleId }) => {
        const memberId = await ctx.db.insert("GroupMember", {
          ...{ groupId, userId, role, roles: [role], status: "active" },
          roleIds: roleId === undefined ? [] : [roleId],
          isOwner: role === "owner",
        });
        const { _creationTime } = await ctx.db.get("GroupMember", memberId);
        await ctx.db.insert("GroupRoleAssignment", {
          ...{ holder: "member", holderId: memberId },
          ...{ holderTime: _creationTime, groupId, userId, role, roleId },
        });
        return memberId;
      },
    );
    await this.#count(members, "members");
    return ids;
  }

  /**
   * @param {string} groupId
   * @param {number} count
   */
  async invites(groupId, count) {
    const invites = numbers(count).map((number) => ({ groupId, number }));
    await this.each(invites, async (ctx, { number }) => {
      const inviteId = await ctx.db.insert("GroupInvite", {
        ...{ groupId, email: `invited-${number}@example.com` },
        ...{ role: "member", roles: ["member"], status: "pending" },
        ...{ expiresTime: Date.now() + 7 * day, maxUses: 1, uses: 0 },
        tokenHash: `hash of ${groupId} ${number}`,
      });
      const { _creationTime } = await ctx.db.get("GroupInvite", inviteId);
      await ctx.db.insert("GroupRoleAssignment", {
        ...{ holder: "invite", holderId: inviteId },
        ...{ holderTime: _creationTime, groupId, role: "member" },
      });
    });
    await this.#count(invites, "pendingInvites");
  }

  /**
   * A role that an organization has made itself.
   *
   * @param {string} groupId
   * @param {string} role
   * @param {{ resource: string, actions: string[] }[]} permissions
   * @returns {Promise<string>} Its id.
   */
  async role(groupId, role, permissions) {
    const [id] = await this.each([role], (ctx) =>
      ctx.db.insert("GroupRole", { groupId, role, permissions }),
    );
    await this.#count([{ groupId }], "roles");
    return id;
  }

  /**
   * @param {readonly { groupId: string }[]} rows One for each that was added.
   * @param {string} what
   */
  async #count(rows, what) {
    /** @type {Map<string, number>} */
    const added = new Map();
    for (const { groupId } of rows) {
      added.set(groupId, (added.get(groupId) ?? 0) + 1);
    }
    await this.each([...added], async (ctx, [groupId, count]) => {
      const row = await ctx.db
        .query("GroupCount")
        .withIndex("groupId", (q) => q.eq("groupId", groupId))
        .unique();
      await ctx.db.patch("GroupCount", row._id, { [what]: row[what] + count });
    });
  }
}

/**
 * @param {number} count
 * @returns {number[]} From 0 on.
 */
export function numbers(count) {
  return Array.from({ length: count }, (_, index) => index);
}
