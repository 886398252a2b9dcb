import { describe, expect, test } from "vitest";
import { endOfItem, withoutTests, withoutText } from "./rustModules.js";
import { readSource, sourceFiles } from "./sourceFiles.js";

const all = sourceFiles(["src"], [".rs"]);
const pure = all.filter((file) => !file.startsWith("src/wasm/"));

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

  test("only src/wasm/ names wasm_bindgen and the JavaScript world", () => {
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

  test("only src/wasm/ may allow unsafe code", () => {
    expect(containing(/allow\([^)]*unsafe_code/)).toEqual([]);
  });
});

/** A type that is read from a call. */
const DERIVE = /#\[derive\([^)]*\bDeserialize\b[^)]*\)\]/g;

/** A field that has numbers, after its attributes. */
const NUMBER =
  /((?:#\[[^\]]*\]\s*)*)(?:pub(?:\([^)]*\))?\s+)?(?:\w+\s*:\s*)?(?:[\w:]+<\s*(?:\w+,\s*)*)*\bf64\b/g;

/** The numbers that a file's types read from a call, each with its attributes. */
const numbersRead = (file: string) => {
  const source = withoutTests(readSource(file).replace(/\/\/.*$/gm, ""));
  return [...source.matchAll(DERIVE)].flatMap(({ index }) =>
    [...source.slice(index, endOfItem(source, index)).matchAll(NUMBER)].map(
      ([field, attributes = ""]) => ({
        field: `${file}: ${field}`,
        attributes,
      }),
    ),
  );
};

// JSON has only finite numbers, and `JSON.stringify` writes the others as `null`,
// which would be read as a missing value: an expiry that is NaN has to be refused,
// not ignored. Tokens come from elsewhere, with finite numbers, so src/jose/ is left
// out.
test("every number of a call is read by src/number.rs, which knows numbers that are not finite", () => {
  const numbers = pure
    .filter((file) => !/^src\/jose\/|\/tests\/|_tests\.rs$/.test(file))
    .flatMap(numbersRead);
  expect(numbers.length).toBeGreaterThan(20);
  expect(
    numbers
      .filter(
        ({ attributes }) =>
          !/deserialize_with = "crate::number::read(_optional)?"/.test(
            attributes,
          ),
      )
      .map(({ field }) => field),
  ).toEqual([]);
});
