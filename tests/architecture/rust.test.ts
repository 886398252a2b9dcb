import { describe, expect, test } from "vitest";
import { withoutTests, withoutText } from "./rustModules.js";
import { readSource, sourceFiles } from "./sourceFiles.js";

const all = sourceFiles(["src"], [".rs"]);
const pure = all.filter(
  (file) => !file.startsWith("src/bindings/") && file !== "src/bindings.rs",
);

/** A file without its comments, its text and its tests. */
const code = (file: string) => withoutTests(withoutText(readSource(file)));

/** The files of the pure core in which a pattern occurs. */
const containing = (pattern: RegExp, files = pure) =>
  files.filter((file) => pattern.test(code(file)));

describe("the core is pure: everything it decides by is an argument", () => {
  test("it has files, so that these rules check something", () => {
    expect(pure).not.toEqual([]);
  });

  test("it reads no clock", () => {
    expect(containing(/\b(SystemTime|Instant)\b|Date::now/)).toEqual([]);
  });

  test("it draws no randomness", () => {
    expect(
      containing(
        /\b(getrandom|OsRng|SysRng|ThreadRng|thread_rng)\b|rand::(rng|random)\b/,
      ),
    ).toEqual([]);
  });

  test("it does no input or output", () => {
    expect(
      containing(
        /std::(fs|env|process|io|thread)\b|\b(Tcp\w+|UdpSocket)\b|\be?print(ln)?!|\bdbg!/,
      ),
    ).toEqual([]);
  });

  test("it keeps no global state", () => {
    expect(
      containing(
        /static mut\b|thread_local!|\b(OnceLock|LazyLock|OnceCell|Mutex|RwLock|Atomic[A-Z]\w+)\b/,
      ),
    ).toEqual([]);
  });

  test("only src/bindings/ names wasm_bindgen and the JavaScript world", () => {
    expect(
      containing(/\b(wasm_bindgen|serde_wasm_bindgen|js_sys|web_sys)\b/),
    ).toEqual([]);
  });

  test("no lint against panics is silenced", () => {
    expect(
      containing(
        /allow\([^)]*clippy::(unwrap_used|expect_used|panic|unreachable|todo|unimplemented|indexing_slicing|string_slice|as_conversions)/,
        all,
      ),
    ).toEqual([]);
  });

  test("only src/bindings/ may allow unsafe code", () => {
    expect(containing(/allow\([^)]*unsafe_code/)).toEqual([]);
  });
});
