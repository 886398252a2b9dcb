import { beforeEach, expect, it } from "vitest";
import type { Id, TableNames } from "../../component/_generated/dataModel.js";
import { api, DAY, deploy, pass, useFrozenClock } from "./fixture/backend.js";
import { deleteGroup, restoreGroup } from "./fixture/deletions.js";
import {
  add,
  change,
  CONFIG,
  group,
  leave,
  organization,
  person,
  remove,
} from "./fixture/groups.js";
import { faults } from "./fixture/order.js";
import { everything, finish } from "./fixture/trees.js";

useFrozenClock();

let t: ReturnType<typeof deploy>;

beforeEach(() => {
  t = deploy();
});

/** Numbers that look random and are the same each time (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const ROLES = ["owner", "admin", "member", "developer", "tester"];
const CONFIGURED = {
  ...CONFIG,
  settings: { memberLimit: 4, pendingInviteLimit: 3, deletionGraceMs: DAY },
};

/** What is done to groups, one thing at a time, mostly by some user. */
class Life {
  readonly #tokens: string[] = [];
  #done = 0;

  constructor(private readonly next: (below: number) => number) {}

  /** How much was done and not refused. */
  get done(): number {
    return this.#done;
  }

  #of<Item>(items: readonly Item[]): Item | undefined {
    return items.length === 0 ? undefined : items[this.next(items.length)];
  }

  async #id<Table extends TableNames>(table: Table): Promise<string> {
    const rows = (await everything(t))[table] as { _id: Id<Table> }[];
    return this.#of(rows)?._id ?? "nothing";
  }

  #roles(): string[] {
    const roles = [this.#of(ROLES)!, this.#of(ROLES)!];
    return roles.slice(0, 1 + this.next(2));
  }

  /** Does one thing, which may be refused, but never fails. */
  async step(): Promise<void> {
    const actor: Actor =
      this.next(2) === 0 ? {} : { actorUserId: await this.#id("User") };
    const steps: Step[] = [
      ...[this.#create, this.#create, this.#create, this.#move, this.#rename],
      ...[this.#add, this.#add, this.#update, this.#update, this.#remove],
      this.#delete,
      ...[this.#leave, this.#invite, this.#invite, this.#renew, this.#revoke],
      ...[this.#accept, this.#accept, this.#accept, this.#createRole],
      ...[this.#deleteRole, this.#restore, this.#removeUser, this.#wait],
    ];
    const answer = await this.#of(steps)!.call(this, actor);
    if (answer?.kind === "done") {
      this.#done += 1;
    }
  }

  async #create(actor: Actor) {
    const below = this.next(3) > 0 && {
      parentGroupId: await this.#id("Group"),
    };
    return await t.mutation(api.groupWrite.create, {
      ...{ config: CONFIGURED, name: "Group", ...below, ...actor },
      ...(this.next(2) === 0 && { slug: `slug${this.next(6)}` }),
      ...(this.next(2) === 0 && { type: "team" }),
      tags: [{ key: "k", value: `v${this.next(3)}` }],
    });
  }

  async #move(actor: Actor) {
    const parentGroupId = this.next(6) === 0 ? null : await this.#id("Group");
    return await t.mutation(api.groupWrite.update, {
      ...{ config: CONFIGURED, groupId: await this.#id("Group"), ...actor },
      data: { parentGroupId },
    });
  }

  async #rename(actor: Actor) {
    return await t.mutation(api.groupWrite.update, {
      ...{ config: CONFIGURED, groupId: await this.#id("Group"), ...actor },
      data: {
        slug: this.#of(["slug1", "slug2", null])!,
        type: this.#of(["team", null])!,
        tags: [{ key: "t", value: `v${this.next(3)}` }],
      },
    });
  }

  async #delete({ actorUserId }: Actor) {
    return this.next(8) === 0
      ? await deleteGroup(t, await this.#id("Group"), actorUserId)
      : undefined;
  }

  async #restore({ actorUserId }: Actor) {
    return await restoreGroup(t, await this.#id("Group"), actorUserId);
  }

  async #add(actor: Actor) {
    return await add(t, await this.#id("Group"), await this.#id("User"), {
      ...{ config: CONFIGURED, roles: this.#roles(), ...actor },
      ...(this.next(5) === 0 && { status: "suspended" }),
    });
  }

  async #update({ actorUserId }: Actor) {
    const data = {
      ...(this.next(2) === 0 && { roles: this.#roles() }),
      ...(this.next(2) === 0 && {
        status: this.#of(["active", "suspended"])!,
      }),
    };
    return await change(t, await this.#id("GroupMember"), data, actorUserId);
  }

  async #remove({ actorUserId }: Actor) {
    return await remove(t, await this.#id("GroupMember"), actorUserId);
  }

  async #leave() {
    return await leave(t, await this.#id("Group"), await this.#id("User"));
  }

  async #invite({ actorUserId }: Actor) {
    const answer = await t.mutation(api.inviteWrite.create, {
      ...{ config: CONFIGURED, groupId: await this.#id("Group") },
      ...{ roles: this.#roles(), isSent: false, maxUses: 1 + this.next(3) },
      ...(actorUserId && { invitedByUserId: actorUserId }),
    });
    if (answer.kind === "done") {
      this.#tokens.push(answer.token);
    }
    return answer;
  }

  async #renew(actor: Actor) {
    const inviteId = await this.#id("GroupInvite");
    const answer = await t.mutation(api.inviteWrite.renew, {
      ...{ config: CONFIGURED, inviteId, isSent: false, ...actor },
    });
    if (answer.kind === "done") {
      this.#tokens.push(answer.token);
    }
    return answer;
  }

  async #revoke(actor: Actor) {
    const inviteId = await this.#id("GroupInvite");
    return this.next(2) === 0
      ? await t.mutation(api.inviteWrite.revoke, {
          ...{ config: CONFIGURED, inviteId, ...actor },
        })
      : undefined;
  }

  async #accept() {
    return await t.mutation(api.inviteAccept.accept, {
      ...{ config: CONFIGURED, token: this.#of(this.#tokens) ?? "" },
      acceptedByUserId: await this.#id("User"),
    });
  }

  async #createRole(actor: Actor) {
    return await t.mutation(api.roleWrite.create, {
      ...{ config: CONFIGURED, groupId: await this.#id("Group"), ...actor },
      ...{ role: "tester", permissions: [] },
    });
  }

  async #deleteRole(actor: Actor) {
    return await t.mutation(api.roleWrite.remove, {
      ...{ config: CONFIGURED, roleId: await this.#id("GroupRole"), ...actor },
    });
  }

  async #removeUser() {
    if (this.next(3) > 0) {
      return undefined;
    }
    const userId = await this.#id("User");
    const answer = await t.mutation(api.removal.removeUser, {
      ...{ userId, cascade: true },
    });
    await person(t, `user${this.next(1_000_000)}`);
    return answer;
  }

  async #wait() {
    pass(this.next(3) * DAY);
    return await Promise.resolve(undefined);
  }
}

type Actor = { actorUserId?: string };

type Step = (actor: Actor) => Promise<{ kind: string } | undefined>;

it.each([1, 2, 3, 4, 5, 6])(
  "after everything that is done, the rows of groups are in order (%s)",
  async (seed) => {
    const next = numbers(seed);
    for (let index = 0; index < 5; index += 1) {
      const owner = await person(t, `user${index}`);
      const top = await organization(t, owner, { config: CONFIGURED });
      await group(t, await group(t, top));
    }
    const life = new Life(next);
    const owned = new Set<string>();
    for (let round = 0; round < 12; round += 1) {
      for (let step = 0; step < 12; step += 1) {
        await life.step();
      }
      await finish(t);
      expect(await faults(t, owned)).toEqual([]);
    }
    expect(life.done).toBeGreaterThan(30);
    expect(owned.size).toBeGreaterThan(1);
  },
);
