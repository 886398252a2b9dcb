import { beforeEach, describe, expect, it } from "vitest";
import { deploy, useFreshApp } from "./fixture/backend.js";
import { auth } from "./fixture/convex/auth.js";
import { join, newGroup, newOrganization, newUser } from "./fixture/groups.js";
import { refusal, refusalCode } from "./fixture/people.js";

useFreshApp();

let t: ReturnType<typeof deploy>;
let acme: string;

type Options = NonNullable<Parameters<typeof auth.group.list>[1]>;

const list = (options: Options) =>
  t.query((ctx) => auth.group.list(ctx, options));

/** The names of all groups, page by page. */
async function names(options: Options = {}): Promise<string[]> {
  const found: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof list>> = await list({
      ...options,
      cursor,
    });
    found.push(...page.items.map(({ name }) => name));
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}

const KIEL = { key: "site", value: "Kiel" };
const BONN = { key: "site", value: "Bonn" };
const NEW = { key: "new", value: "yes" };

beforeEach(async () => {
  t = deploy();
  const ada = await newUser(t, "ada");
  acme = await newOrganization(t, ada, { slug: "zulu" });
  await newGroup(t, acme, { name: "C", slug: "c", type: "team", tags: [KIEL] });
  await newGroup(t, acme, { name: "A", slug: "a", type: "team", tags: [BONN] });
  await newGroup(t, acme, {
    ...{ name: "B", slug: "b", type: "office", tags: [NEW, KIEL] },
  });
});

describe("group.list", () => {
  it.each([1, 2, 100])(
    "gives every group once, by each order, in pages of %d",
    async (limit) => {
      const all = ["Acme", "C", "A", "B"];
      expect(await names({ limit })).toEqual(all);
      expect(await names({ limit, order: "desc" })).toEqual(all.reverse());
      const below = { limit, where: { parentGroupId: acme } };
      expect(await names({ ...below, orderBy: "name" })).toEqual([
        ...["A", "B", "C"],
      ]);
      expect(await names({ ...below, orderBy: "type", order: "desc" })).toEqual(
        ["A", "C", "B"],
      );
      expect(await names({ limit, orderBy: "slug" })).toEqual([
        ...["A", "B", "C", "Acme"],
      ]);
    },
  );

  it("fulfils every condition, and several together", async () => {
    const where = (filter: Options["where"]) => names({ where: filter ?? {} });
    expect(await where({})).toHaveLength(4);
    expect(await where({ slug: "a" })).toEqual(["A"]);
    expect(await where({ type: "team" })).toEqual(["C", "A"]);
    expect(await where({ name: "B" })).toEqual(["B"]);
    expect(await where({ parentGroupId: acme })).toEqual(["C", "A", "B"]);
    expect(await where({ isRoot: true })).toEqual(["Acme"]);
    expect(await where({ isRoot: false, type: "office" })).toEqual(["B"]);
    expect(await where({ tagsAny: [BONN, NEW] })).toEqual(["A", "B"]);
    expect(await where({ tagsAll: [KIEL, NEW] })).toEqual(["B"]);
    expect(await where({ tagsAll: [KIEL], type: "team" })).toEqual(["C"]);
    expect(await where({ parentGroupId: "nowhere" })).toEqual([]);
  });

  it("refuses an order that no index gives, and says which ones it does", async () => {
    const orders: Options[] = [
      { orderBy: "name", where: { type: "team" } },
      { orderBy: "slug", where: { name: "A", parentGroupId: acme } },
      { orderBy: "type", where: { tagsAny: [KIEL] } },
    ];
    for (const options of orders) {
      expect(await refusal(list(options))).toMatchObject({
        code: "INVALID_PARAMETERS",
        message: expect.stringContaining("_creationTime"),
      });
    }
    for (const orderBy of ["height", "__proto__", "constructor", ""]) {
      const options = { orderBy } as Options;
      expect(await refusalCode(list(options))).toBe("INVALID_PARAMETERS");
    }
    const labelled = { tagsAny: [KIEL], parentGroupId: acme };
    expect(await names({ orderBy: "name", where: labelled })).toEqual([
      ...["B", "C"],
    ]);
  });
});

describe("member.list", () => {
  type MemberOptions = NonNullable<Parameters<typeof auth.member.list>[1]>;

  const members = async (options: MemberOptions) => {
    const { items } = await t.query((ctx) => auth.member.list(ctx, options));
    return items.map(({ userId }) => userId);
  };

  it("fulfils every condition, also for a role that is not the first", async () => {
    const [ada] = await members({ where: { groupId: acme } });
    const grace = await newUser(t, "grace");
    await join(t, acme, grace, "viewer", "editor");
    const byRole = { where: { groupId: acme, role: "Editor" } };
    expect(await members(byRole)).toEqual([grace]);
    expect(await members({ where: { role: "owner" } })).toEqual([ada]);
    expect(await members({ where: { userId: grace } })).toEqual([grace]);
    expect(await members({ where: { status: "active" } })).toEqual([
      ...[ada, grace],
    ]);
    expect(await members({ where: { status: "invited" } })).toEqual([]);
    expect(
      await members({ where: { groupId: acme }, orderBy: "role" }),
    ).toEqual([ada, grace]);
    expect(
      await members({
        ...{ where: { groupId: acme }, orderBy: "role", order: "desc" },
      }),
    ).toEqual([grace, ada]);
  });

  it("refuses an order with conditions that no index has", async () => {
    const orders: MemberOptions[] = [
      { orderBy: "role", where: { userId: "x" } },
      { orderBy: "status", where: { groupId: acme, role: "owner" } },
      { orderBy: "userId" as "role" },
    ];
    for (const options of orders) {
      expect(await refusalCode(members(options))).toBe("INVALID_PARAMETERS");
    }
  });
});

describe("invite.list", () => {
  type InviteOptions = NonNullable<Parameters<typeof auth.invite.list>[1]>;

  const emails = async (options: InviteOptions) => {
    const { items } = await t.query((ctx) => auth.invite.list(ctx, options));
    return items.map(({ email }) => email);
  };

  beforeEach(async () => {
    await t.mutation(async (ctx) => {
      const [b, a] = ["b@example.com", "a@example.com"] as const;
      await auth.invite.create(ctx, { groupId: acme, email: b });
      const roles = ["viewer", "editor"];
      await auth.invite.create(ctx, { groupId: acme, email: a, roles });
    });
  });

  it("fulfils every condition, and gives every order that it has", async () => {
    const [a, b] = ["a@example.com", "b@example.com"] as const;
    const where = { groupId: acme };
    expect(await emails({ where })).toEqual([b, a]);
    expect(await emails({ where, orderBy: "email" })).toEqual([a, b]);
    expect(await emails({ where: { email: a } })).toEqual([a]);
    expect(await emails({ where: { role: "editor" } })).toEqual([a]);
    expect(await emails({ where: { status: "revoked" } })).toEqual([]);
    expect(
      await emails({ where: { status: "pending" }, orderBy: "expiresTime" }),
    ).toHaveLength(2);
    expect(await emails({ where: { tokenHash: "unknown" } })).toEqual([]);
    expect(await emails({ where: { acceptedByUserId: "nobody" } })).toEqual([]);
  });

  it("refuses an order with conditions that no index has, and unknown states", async () => {
    const orders: InviteOptions[] = [
      { orderBy: "email", where: { status: "pending" } },
      { orderBy: "acceptedTime", where: { email: "a@example.com" } },
      { orderBy: "expiresTime", where: { invitedByUserId: "x" } },
      { orderBy: "tokenHash" as "email" },
      { where: { status: "lost" as "pending" } },
      { where: { status: "__proto__" as "pending" } },
    ];
    for (const options of orders) {
      expect(await refusalCode(emails(options))).toBe("INVALID_PARAMETERS");
    }
  });
});
