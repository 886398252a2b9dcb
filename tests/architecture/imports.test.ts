import { builtinModules } from "node:module";
import { describe, expect, test } from "vitest";
import packageJson from "../../package.json" with { type: "json" };
import {
  importsOf,
  readSource,
  runtimeGraph,
  sourceFiles,
  type ImportEdge,
} from "./sourceFiles.js";

const extensions = [".ts", ".tsx"];
const filesOf = (...places: string[]) => sourceFiles(places, extensions);
const edgesOf = (...places: string[]) => filesOf(...places).flatMap(importsOf);

const show = (edge: ImportEdge) => `${edge.from} imports ${edge.specifier}`;
const refused = (edges: ImportEdge[], allowed: (edge: ImportEdge) => boolean) =>
  edges.filter((edge) => !allowed(edge)).map(show);

/** Whether a relative import ends in one of these rooms. */
const within = (edge: ImportEdge, ...rooms: string[]) =>
  edge.target !== null &&
  rooms.some((room) => edge.target?.startsWith(`${room}/`));

/** Whether a package is imported, or one of its entry points. */
const fromPackage = (edge: ImportEdge, ...names: string[]) =>
  names.some(
    (name) => edge.specifier === name || edge.specifier.startsWith(`${name}/`),
  );

const published = ["schema", "component", "server", "client", "test.ts"];

describe("data flows one way: client → server → component → core", () => {
  test("every room has files, so that these rules check something", () => {
    for (const room of [...published, "devserver", "example"]) {
      expect(filesOf(room), room).not.toEqual([]);
    }
  });

  test("schema/ declares: it imports itself and Convex only", () => {
    expect(
      refused(
        edgesOf("schema"),
        (edge) =>
          within(edge, "schema") ||
          ["convex/values", "convex/server"].includes(edge.specifier),
      ),
    ).toEqual([]);
  });

  test("component/ imports itself, schema/ and the core", () => {
    expect(
      refused(
        edgesOf("component"),
        (edge) =>
          within(edge, "component", "schema", "pkg") ||
          fromPackage(edge, "convex", "convex-helpers"),
      ),
    ).toEqual([]);
  });

  test("only the doors to the core load the WebAssembly package", () => {
    expect(
      edgesOf("schema", "component", "server", "client", "devserver")
        .filter((edge) => within(edge, "pkg") && !edge.typeOnly)
        .map((edge) => edge.from)
        .filter(
          (file) =>
            !["component/accessCore.ts", "component/accountsCore.ts"].includes(
              file,
            ),
        ),
    ).toEqual([]);
  });

  test("server/ knows of the component its generated types only", () => {
    expect(
      refused(
        edgesOf("server"),
        (edge) =>
          within(edge, "server", "schema") ||
          fromPackage(edge, "convex", "convex-helpers") ||
          (edge.typeOnly &&
            edge.specifier.endsWith("/component/_generated/component.js")),
      ),
    ).toEqual([]);
  });

  test("client/ takes types and server/authError.ts from server/", () => {
    expect(
      refused(
        edgesOf("client"),
        (edge) =>
          within(edge, "client", "schema") ||
          edge.target === "server/authError.ts" ||
          (edge.typeOnly && within(edge, "server")) ||
          fromPackage(edge, "convex", "react"),
      ),
    ).toEqual([]);
  });

  test("client/ loads no code of the Convex server", () => {
    const reached = [...runtimeGraph(filesOf("client"))];
    expect(
      reached.filter(
        (file) => file.startsWith("server/") && file !== "server/authError.ts",
      ),
    ).toEqual([]);
  });

  test("client/ without react/ is framework-free", () => {
    expect(
      edgesOf("client")
        .filter((edge) => !edge.from.startsWith("client/react/"))
        .filter(
          (edge) =>
            within(edge, "client/react") ||
            fromPackage(edge, "react", "react-dom", "convex/react"),
        )
        .map(show),
    ).toEqual([]);
  });

  test("nothing imports devserver/ but itself and tests", () => {
    expect(
      edgesOf(...published, "example", "bench")
        .filter((edge) => within(edge, "devserver"))
        .map(show),
    ).toEqual([]);
  });

  test("example/ imports published entry points, packages and itself", () => {
    const entryPoints = Object.keys(packageJson.exports).map((name) =>
      name.replace(/^\./, packageJson.name),
    );
    expect(
      refused(edgesOf("example"), (edge) =>
        edge.target !== null
          ? within(edge, "example")
          : !fromPackage(edge, packageJson.name) ||
            entryPoints.includes(edge.specifier),
      ),
    ).toEqual([]);
  });
});

describe("published code runs where no Node is", () => {
  const builtin = new Set(builtinModules);

  test("it imports no module of Node", () => {
    expect(
      edgesOf(...published)
        .filter(
          (edge) =>
            edge.specifier.startsWith("node:") ||
            builtin.has(edge.specifier.split("/")[0] ?? ""),
        )
        .map(show),
    ).toEqual([]);
  });

  test("it needs no bundler's features", () => {
    expect(
      filesOf(...published).filter((file) =>
        /import\.meta\.(glob|env|url)|__dirname/.test(readSource(file)),
      ),
    ).toEqual([]);
  });

  test("the component neither asks who is signed in nor uses the network", () => {
    expect(
      filesOf("component").filter((file) =>
        /\bctx\.auth\b|\bfetch\(/.test(readSource(file)),
      ),
    ).toEqual([]);
  });
});
