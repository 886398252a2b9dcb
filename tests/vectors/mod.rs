//! Test vectors of specifications and public suites, from a folder beside the
//! repository.

use serde::de::DeserializeOwned;
use std::path::Path;

/// Reads the vectors in `path`, below the folder of shared vectors. In
/// continuous integration (`CI=true`) a missing folder is an error; elsewhere
/// the answer is `None`, after a line that says what is skipped.
pub fn read<T: DeserializeOwned>(path: &str) -> Option<T> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/vectors");
    if !folder.is_dir() {
        let is_required = std::env::var("CI").is_ok_and(|value| value == "true");
        assert!(!is_required, "the test vectors are missing: {path}");
        println!("skipped, as the test vectors are not there: {path}");
        return None;
    }
    let text = std::fs::read_to_string(folder.join(path)).unwrap();
    Some(serde_json::from_str(&text).unwrap())
}
