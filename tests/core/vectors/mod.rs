//! Test vectors of specifications and public suites, from a folder beside the
//! repository.

mod chromium;
mod jose;
mod kdf;
mod otp;
mod webauthn;

use serde::de::DeserializeOwned;

#[cfg(not(target_arch = "wasm32"))]
use native as host;
#[cfg(target_arch = "wasm32")]
use node as host;

/// Reads the vectors in `path`, below the folder of shared vectors. In
/// continuous integration (`CI=true`) a missing folder is an error; elsewhere
/// the answer is `None`, after a line that says what is skipped.
pub fn read<T: DeserializeOwned>(path: &str) -> Option<T> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/vectors");
    if !host::exists(folder) {
        let is_required = host::variable("CI").is_some_and(|value| value == "true");
        assert!(!is_required, "the test vectors are missing: {path}");
        host::print(&format!(
            "skipped, as the test vectors are not there: {path}"
        ));
        return None;
    }
    let text = host::read_text(&format!("{folder}/{path}"));
    Some(serde_json::from_str(&text).unwrap())
}

/// Reads hexadecimal digits, in which all suites write bytes.
fn bytes(hexadecimal: &str) -> Vec<u8> {
    let digits: Vec<u8> = hexadecimal
        .chars()
        .map(|digit| u8::try_from(digit.to_digit(16).unwrap()).unwrap())
        .collect();
    let (pairs, rest) = digits.as_chunks::<2>();
    assert!(rest.is_empty());
    pairs.iter().map(|[high, low]| high * 16 + low).collect()
}

#[cfg(not(target_arch = "wasm32"))]
mod native {
    pub fn exists(path: &str) -> bool {
        std::path::Path::new(path).exists()
    }

    pub fn read_text(path: &str) -> String {
        std::fs::read_to_string(path).unwrap()
    }

    pub fn variable(name: &str) -> Option<String> {
        std::env::var(name).ok()
    }

    pub fn print(line: &str) {
        println!("{line}");
    }
}

/// WebAssembly has neither files nor environment variables. The tests run in
/// Node, which has both.
#[cfg(target_arch = "wasm32")]
mod node {
    use wasm_bindgen::prelude::wasm_bindgen;

    #[wasm_bindgen(module = "node:fs")]
    extern "C" {
        #[wasm_bindgen(js_name = existsSync)]
        pub fn exists(path: &str) -> bool;

        #[wasm_bindgen(js_name = readFileSync)]
        fn read_file(path: &str, encoding: &str) -> String;
    }

    #[wasm_bindgen]
    extern "C" {
        type Environment;

        #[wasm_bindgen(thread_local_v2, js_namespace = process, js_name = env)]
        static ENVIRONMENT: Environment;

        #[wasm_bindgen(method, indexing_getter)]
        fn get(this: &Environment, name: &str) -> Option<String>;
    }

    pub fn read_text(path: &str) -> String {
        read_file(path, "utf8")
    }

    pub fn variable(name: &str) -> Option<String> {
        ENVIRONMENT.with(|environment| environment.get(name))
    }

    pub fn print(line: &str) {
        wasm_bindgen_test::console_log!("{line}");
    }
}
