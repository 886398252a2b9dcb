/** Fills a table with copies of a key: through functions, it takes long. */
import { numbers } from "../groups/seed.mjs";

/**
 * @param {import("../groups/seed.mjs").Seed} seed
 * @param {string} table
 * @param {string} recognisedBy The field that is another one in each copy.
 * @param {{ [field: string]: string }} owner Whose the copies are: the field
 *   that names the owner.
 * @param {number} count
 */
export async function copyKey(seed, table, recognisedBy, owner, count) {
  const [original] = await seed.each([table], (ctx) =>
    ctx.db.query(table).first(),
  );
  const { _id, _creationTime, ...row } = original;
  await seed.each(numbers(count), (ctx, number) =>
    ctx.db.insert(table, {
      ...{ ...row, ...owner, name: `Copy ${number}` },
      [recognisedBy]: `${Object.values(owner)[0]} ${number}`,
    }),
  );
}
