/**
 * The graph of the crate's files: which file uses what another one defines.
 *
 * A name is followed through re-exports to the file that defines it, so a
 * `mod.rs` that only re-exports is no node of its own: a folder's files may use
 * one another in any order that is no circle.
 */
import { readSource } from "./sourceFiles.js";

/** A path of names with the name it is bound to, from one `use`. */
interface Import {
  readonly path: readonly string[];
  readonly name: string;
}

interface Module {
  readonly file: string;
  /** The names of its module and those above, from below the crate's root. */
  readonly path: readonly string[];
  /** The code without comments, text, tests and `use` declarations. */
  readonly body: string;
  readonly children: ReadonlySet<string>;
  readonly imports: readonly Import[];
  readonly reexports: readonly Import[];
}

/** A crate's modules, by their paths with `::` between the names. */
export type Modules = ReadonlyMap<string, Module>;

/** For each file the files whose definitions it uses. */
export type FileGraph = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * A file of Rust without its comments and without what stands in quotes.
 *
 * @param source The file's text.
 */
export const withoutText = (source: string) =>
  source
    .replace(/\/\/.*$/gm, "")
    .replace(/b?r#"[\s\S]*?"#/g, '""')
    .replace(/b?"(?:[^"\\]|\\[\s\S])*"/g, '""')
    .replace(/'(?:\\.[^']*|[^'\\])'/g, "' '");

/**
 * Where an item of Rust ends: behind its `;` or its last brace.
 *
 * @param source The file's text.
 * @param start Where the item begins.
 */
export const endOfItem = (source: string, start: number) => {
  let depth = 0;
  for (let at = start; at < source.length; at++) {
    const character = source[at];
    if (character === ";" && depth === 0) return at + 1;
    if (character === "{") depth++;
    if (character === "}") {
      depth--;
      if (depth === 0) return at + 1;
    }
  }
  return source.length;
};

/**
 * A file of Rust without what is compiled for tests only.
 *
 * @param source The file's text. Braces in text and comments count, so that
 *   they are best taken out before.
 */
export const withoutTests = (source: string) => {
  let kept = source;
  for (;;) {
    const found = /#\[cfg\(test\)\]/.exec(kept);
    if (found === null) return kept;
    const attributes = /^(?:\s*#\[[^\]]*\])*/.exec(kept.slice(found.index));
    const start = found.index + (attributes?.[0].length ?? 0);
    kept = kept.slice(0, found.index) + kept.slice(endOfItem(kept, start));
  }
};

/** The parts of a text between commas that stand in no braces. */
const parts = (text: string) => {
  const found: string[] = [];
  let depth = 0;
  let part = "";
  for (const character of text) {
    if (character === "{") depth++;
    if (character === "}") depth--;
    if (character === "," && depth === 0) {
      found.push(part);
      part = "";
    } else {
      part += character;
    }
  }
  return [...found, part].filter((text) => text !== "");
};

/** All names that a `use` tree binds. `tree` has no spaces but around `as`. */
const readTree = (tree: string, before: readonly string[]): Import[] => {
  const brace = tree.indexOf("{");
  if (brace >= 0) {
    const prefix = tree.slice(0, brace).split("::").filter(Boolean);
    const inner = tree.slice(brace + 1, tree.lastIndexOf("}"));
    return parts(inner).flatMap((part) =>
      readTree(part, [...before, ...prefix]),
    );
  }
  const [names = "", alias] = tree.split(" as ");
  const path = [...before, ...names.split("::")];
  if (path.at(-1) === "self") path.pop();
  return [{ path, name: alias ?? path.at(-1) ?? "" }];
};

const USE = /\b(pub(?:\([^)]*\))?\s+)?use\s+([^;]+);/g;

const readModule = (file: string, path: readonly string[]): Module => {
  const code = withoutTests(withoutText(readSource(file)));
  const imports: Import[] = [];
  const reexports: Import[] = [];
  for (const [, isPublic, tree = ""] of code.matchAll(USE)) {
    const compact = tree
      .replace(/\s+as\s+/g, "@")
      .replace(/\s+/g, "")
      .replace(/@/g, " as ");
    const found = readTree(compact, []);
    (isPublic === undefined ? imports : reexports).push(...found);
  }
  const children = [...code.matchAll(/\bmod\s+(\w+)\s*;/g)].map(
    ([, name = ""]) => name,
  );
  const body = code.replace(USE, "").replace(/\bmod\s+\w+\s*;/g, "");
  return { file, path, body, children: new Set(children), imports, reexports };
};

/**
 * The modules that are compiled outside tests.
 *
 * @param files All files of the crate, to find a module's file among.
 * @param root The file of the crate's root.
 */
export const readModules = (files: readonly string[], root: string) => {
  const modules = new Map<string, Module>();
  const folder = root.replace(/[^/]*$/, "");
  const add = (file: string, path: readonly string[]) => {
    const module = readModule(file, path);
    modules.set(path.join("::"), module);
    for (const child of module.children) {
      const below = [...path, child];
      const stem = folder + below.join("/");
      const childFile = [`${stem}.rs`, `${stem}/mod.rs`].find((name) =>
        files.includes(name),
      );
      if (childFile === undefined) throw new Error(`no file of ${stem}`);
      add(childFile, below);
    }
  };
  add(root, []);
  return modules;
};

/** Turns `crate`, `self` and `super` at a path's beginning into modules. */
const absolute = (path: readonly string[], from: readonly string[]) => {
  if (path[0] === "crate") return path.slice(1);
  let above = [...from];
  let rest = [...path];
  if (rest[0] === "self") rest = rest.slice(1);
  while (rest[0] === "super") {
    above = above.slice(0, -1);
    rest = rest.slice(1);
  }
  return [...above, ...rest];
};

/**
 * The module that a path names, or the one that defines what it names;
 * `undefined` for what is of another crate.
 */
const resolve = (
  modules: Modules,
  path: readonly string[],
): { readonly module: Module; readonly isModule: boolean } | undefined => {
  let module = modules.get("");
  for (const [index, name] of path.entries()) {
    if (module === undefined) return undefined;
    if (module.children.has(name)) {
      module = modules.get([...module.path, name].join("::"));
      continue;
    }
    const from = module;
    const again = from.reexports.find((found) => found.name === name);
    if (again !== undefined) {
      const rest = path.slice(index + 1);
      const target = absolute(again.path, from.path);
      return resolve(modules, [...target, ...rest]);
    }
    return { module: from, isModule: false };
  }
  return module && { module, isModule: true };
};

/** Every path that a module's code uses, from the crate's root. */
const usedPaths = (modules: Modules, module: Module) => {
  const paths: (readonly string[])[] = [];
  const isOurs = (path: readonly string[]) =>
    ["crate", "self", "super"].includes(path[0] ?? "") ||
    module.children.has(path[0] ?? "");
  const doors = new Map<string, readonly string[]>();
  for (const child of module.children) {
    doors.set(child, [...module.path, child]);
  }
  const fromElsewhere = module.reexports.filter(
    ({ path }) => path[0] === "crate" || path[0] === "super",
  );
  const ours = module.imports.filter(({ path }) => isOurs(path));
  for (const { path, name } of [...ours, ...fromElsewhere]) {
    const target = absolute(path, module.path);
    if (resolve(modules, target)?.isModule === true) doors.set(name, target);
    else paths.push(target);
  }
  for (const [, text = ""] of module.body.matchAll(
    /(?<![\w:])((?:\w+::)+\w+)/g,
  )) {
    const path = text.split("::");
    const door = doors.get(path[0] ?? "");
    if (door !== undefined) paths.push([...door, ...path.slice(1)]);
    else if (isOurs(path)) paths.push(absolute(path, module.path));
  }
  return paths;
};

/**
 * Which file uses what another one defines.
 *
 * @param modules The crate's modules.
 */
export const fileGraph = (modules: Modules): FileGraph => {
  const graph = new Map<string, Set<string>>();
  for (const module of modules.values()) {
    const uses = new Set<string>();
    for (const path of usedPaths(modules, module)) {
      const used = resolve(modules, path)?.module.file;
      if (used !== undefined && used !== module.file) uses.add(used);
    }
    graph.set(module.file, uses);
  }
  return graph;
};

/**
 * The graph of the groups that the nodes fall into.
 *
 * @param graph The graph of the nodes.
 * @param groupOf The group of a node.
 */
export const grouped = (
  graph: FileGraph,
  groupOf: (node: string) => string,
): FileGraph => {
  const groups = new Map<string, Set<string>>();
  for (const [node, uses] of graph) {
    const group = groupOf(node);
    const all = groups.get(group) ?? new Set<string>();
    groups.set(group, all);
    for (const used of uses)
      if (groupOf(used) !== group) all.add(groupOf(used));
  }
  return groups;
};

/**
 * A circle of the graph, with its first node once more at its end.
 *
 * @param graph The graph.
 * @returns `undefined` if there is none.
 */
export const findCircle = (graph: FileGraph): string[] | undefined => {
  const done = new Set<string>();
  const way: string[] = [];
  const visit = (node: string): string[] | undefined => {
    const start = way.indexOf(node);
    if (start >= 0) return [...way.slice(start), node];
    if (done.has(node)) return undefined;
    way.push(node);
    for (const next of graph.get(node) ?? []) {
      const circle = visit(next);
      if (circle !== undefined) return circle;
    }
    way.pop();
    done.add(node);
    return undefined;
  };
  for (const node of graph.keys()) {
    const circle = visit(node);
    if (circle !== undefined) return circle;
  }
  return undefined;
};

const ITEM =
  /^ *(?:pub (?:const |async |unsafe )*(?:fn|struct|enum|const|static|type|trait)\b|pub \w+:)/;

/** A file with blank lines in the place of its attributes. */
const withoutAttributes = (source: string) => {
  let kept = source;
  for (;;) {
    const start = kept.search(/^ *#!?\[/m);
    if (start < 0) return kept;
    let end = kept.indexOf("[", start);
    let depth = 0;
    do {
      if (kept[end] === "[") depth++;
      if (kept[end] === "]") depth--;
      end++;
    } while (depth > 0 && end < kept.length);
    const lines = kept.slice(start, end).replace(/[^\n]/g, "");
    kept = kept.slice(0, start) + lines + kept.slice(end);
  }
};

/**
 * The public items and fields of a file that have no comment of their own.
 *
 * @param source The file's text.
 * @param file Its name.
 * @returns Where they are: the file's name and the line.
 */
export const undocumented = (source: string, file: string): string[] => {
  const lines = withoutAttributes(source).split("\n");
  const found: string[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.startsWith("mod tests {")) break;
    if (!ITEM.test(line)) continue;
    let above = index - 1;
    while (/^ *(\$\(.*)?$/.test(lines[above] ?? "/")) above--;
    if (!/^ *\/\/\//.test(lines[above] ?? "")) {
      found.push(`${file}:${String(index + 1)} ${line.trim()}`);
    }
  }
  return found;
};
