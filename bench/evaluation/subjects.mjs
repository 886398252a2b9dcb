/**
 * The modules whose evaluation is measured.
 */
import path from "node:path";
import { fileURLToPath } from "node:url";
import { isBuilt, repositoryRoot } from "../resolution/repository.mjs";
import { bundleLikeConvex, componentEntryPoints } from "./convexBundle.mjs";

/**
 * @typedef {object} Subject
 * @property {string} id
 * @property {string} label
 * @property {import("./convexBundle.mjs").ModuleGraph} [graph] Missing when it
 *   could not be bundled.
 * @property {boolean} [isComponentFile] Whether it is only of interest if it
 *   has functions: no call evaluates the others by themselves.
 * @property {string} [problem] Why there is no graph.
 */

const entries = fileURLToPath(new URL("entries/", import.meta.url));
const emptyEntry = `${entries}empty.mjs`;

/** Apps: each is one file of functions beside the empty one. */
const apps = [
  ["gatehousePassword", "Gatehouse auth.ts (password)"],
  ["gatehouseAuth", "Gatehouse auth.ts (password, credentials)"],
  ["convexAuth", "@convex-dev/auth auth.ts (Password, Anonymous)"],
  ["betterAuthMinimal", "Better Auth auth.ts (e-mail and password)"],
  ["betterAuth", "Better Auth auth.ts (six plugins)"],
];

/** The subject whose time is the unit of the others. */
export const baseline = "empty";

/**
 * @returns {Promise<Subject[]>} The empty module first.
 */
export async function evaluationSubjects() {
  const subjects = [
    await subject(baseline, "empty module", entries, [emptyEntry], emptyEntry),
  ];
  for (const [id, label] of apps) {
    const entry = `${entries}${id}.mjs`;
    const files = [entry, emptyEntry];
    subjects.push(await subject(id, label, entries, files, entry));
  }
  subjects.push(...(await componentSubjects()));
  subjects.push(await betterAuthComponent());
  return subjects;
}

/**
 * The module that Better Auth's component evaluates for each database call.
 * Convex would deploy the test profiles in its folder, too, which makes the
 * chunk they share with it half as large again. They are left out, in the peer's
 * favour.
 *
 * @returns {Promise<Subject>}
 */
export async function betterAuthComponent() {
  const adapter = fileURLToPath(
    import.meta.resolve("@convex-dev/better-auth/adapter"),
  );
  return subject(
    "betterAuthComponent",
    "Better Auth component adapter",
    path.dirname(adapter),
    [adapter, emptyEntry],
    adapter,
  );
}

/**
 * @param {string} id
 * @param {string} label
 * @param {string} folder
 * @param {string[]} files
 * @param {string} entry
 * @returns {Promise<Subject>}
 */
async function subject(id, label, folder, files, entry) {
  try {
    const graphs = await bundleLikeConvex(folder, files);
    return { id, label, graph: graphs.get(entry) };
  } catch (error) {
    return { id, label, problem: firstLines(error) };
  }
}

/**
 * The component is bundled from all its files, as it is deployed.
 *
 * @returns {Promise<Subject[]>} One for each file of it.
 */
async function componentSubjects() {
  const label = "Gatehouse component";
  if (!isBuilt(repositoryRoot)) {
    return [{ id: "component", label, problem: "not built (npm run build)" }];
  }
  const folder = `${repositoryRoot}dist/component/`;
  const files = componentEntryPoints(folder);
  try {
    const graphs = await bundleLikeConvex(folder, files);
    return files.map((file) => {
      const name = path.relative(folder, file);
      return {
        id: `component/${name}`,
        label: `${label} ${name}`,
        graph: graphs.get(file),
        isComponentFile: true,
      };
    });
  } catch (error) {
    return [{ id: "component", label, problem: firstLines(error) }];
  }
}

/** @param {unknown} error */
function firstLines(error) {
  const message = error instanceof Error ? error.message : String(error);
  return message.split("\n").slice(0, 2).join(" ").replace(repositoryRoot, "");
}
