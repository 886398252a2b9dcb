/**
 * Methods that do no more than check what they are given and ask the component.
 */
import type { DefaultFunctionArgs, FunctionReference } from "convex/server";
import { type Actor, actorArguments } from "./actor.js";
import type { MutationContext, QueryContext } from "./context.js";
import {
  checkOrder,
  type Orders,
  type Page,
  pageArguments,
  type PageOptions,
} from "./page.js";
import { mutate, type Refusal } from "./refuse.js";
import { checkFields, checkValue, PAGE_FIELDS, type Shape } from "./shape.js";

/** A query of the component. */
export type Query<Args extends DefaultFunctionArgs, Answer> = FunctionReference<
  "query",
  "internal",
  Args,
  Answer
>;

/** A query of the component for pages of a list with conditions. */
export type Pages<Item, Where, Order> = Query<
  {
    where: Where;
    orderBy: Order | "_creationTime";
    limit: number;
    cursor: string | null;
    order?: "asc" | "desc";
  },
  Page<Item>
>;

type Mutation<Answer> = FunctionReference<
  "mutation",
  "internal",
  DefaultFunctionArgs,
  Answer
>;

/** A method that asks about what an id names. */
export type AskById<Answer> = (
  ctx: QueryContext,
  id: string,
) => Promise<Answer>;

/** A method that passes its options on to a query. */
export type AskWith<Options, Answer> = (
  ctx: QueryContext,
  options: Options,
) => Promise<Answer>;

/** A method that lists, in pages, what meets some conditions. */
export type List<Item, Where, Order> = (
  ctx: QueryContext,
  options?: PageOptions & { where?: Where; orderBy?: Order },
) => Promise<Page<Item>>;

/** The most items of a page of a list with conditions. */
const MAX_FILTERED_LIMIT = 100;

/**
 * A method that asks about what an id names.
 *
 * @param query What it asks.
 * @param name The query's argument.
 * @param called What the id is called in the method, if something else.
 * @returns The method. It throws `INVALID_PARAMETERS` when the id is no text.
 */
export function askById<Answer>(
  query: Query<Record<string, string>, Answer>,
  name: string,
  called = name,
): AskById<Answer> {
  return async (ctx, id) => {
    checkValue(called, id);
    return await ctx.runQuery(query, { [name]: id });
  };
}

/**
 * A method that passes its options on to a query.
 *
 * @param query What it asks.
 * @param fields What the options have to be.
 * @returns The method. It throws `INVALID_PARAMETERS` for other options.
 */
export function askWith<
  Options extends DefaultFunctionArgs,
  Answer,
  Fields extends string,
>(
  query: Query<Options, Answer>,
  fields: Fields & Shape<Fields, NoInfer<Options>>,
): AskWith<Options, Answer> {
  return async (ctx, options) => {
    checkFields<unknown, string>(options, fields);
    return await ctx.runQuery<Query<DefaultFunctionArgs, Answer>>(
      query,
      options,
    );
  };
}

/**
 * A method that does something with what an id names, for an actor or the app
 * itself.
 *
 * @param mutation What it does.
 * @param name The mutation's argument.
 * @param settings The app's settings, as the mutation takes them.
 * @returns The method. It throws `INVALID_PARAMETERS` and what the mutation
 *   refuses with.
 */
export function changeById(
  mutation: Mutation<{ kind: "done" } | { kind: "refused"; refusal: Refusal }>,
  name: string,
  settings: () => object,
) {
  return async (
    ctx: MutationContext,
    id: string,
    actor: Actor = {},
  ): Promise<void> => {
    checkValue(name, id);
    await mutate(ctx, mutation, {
      ...settings(),
      [name]: id,
      ...actorArguments(actor),
    });
  };
}

/**
 * A method that lists, in pages, what meets some conditions.
 *
 * @param query What it asks.
 * @param items What is listed, as an error calls it.
 * @param filter What the conditions have to be.
 * @param orders The orders that an index gives.
 * @param conditions Those of the conditions that rule orders out.
 * @returns The method. It throws `INVALID_PARAMETERS`.
 */
export function pagesOf<
  Item,
  Where extends object,
  Order,
  Fields extends string,
>(
  query: Pages<Item, Where, Order>,
  items: string,
  filter: Fields & Shape<Fields, NoInfer<Where>>,
  orders: Orders,
  conditions: (where: Where) => object = (where) => where,
): List<Item, Where, Order> {
  return async (ctx, options = {}) => {
    checkFields(options, `${PAGE_FIELDS}, where?: object, orderBy?`);
    const { where = {} as Where, orderBy = "_creationTime" } = options;
    checkFields<unknown, string>(where, filter);
    checkOrder(items, orders, orderBy as string, conditions(where));
    return await ctx.runQuery<Query<DefaultFunctionArgs, Page<Item>>>(query, {
      where,
      orderBy,
      ...pageArguments(options, MAX_FILTERED_LIMIT),
    });
  };
}
