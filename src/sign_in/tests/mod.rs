//! Whole flows, against a store that carries out answers as the component
//! does.

mod account_check;
mod app_sign_in;
mod apply;
mod code;
mod email_verification;
mod enumeration;
mod gates;
mod limits;
mod malformed;
mod model;
mod password_change;
mod password_reset;
mod password_sign_in;
mod password_sign_up;
mod pre_registration;
mod reply;
mod second_factor;
mod store;
mod tables;

use crate::origin::Origin;
use crate::password::Argon2Parameters;
use reply::{OpenSession, Reply};
use store::Store;

const ADA: &str = "ada@example.com";
const PASSWORD: &str = "correct horse battery";
const NEW_PASSWORD: &str = "another fine password";
/// What somebody chooses who has no right to the address.
const STRANGERS_PASSWORD: &str = "stapled by a stranger";

/// What one hash costs in these tests, in KiB filled: the least that the
/// bounds allow.
const ONE_HASH: u64 = 8 * 1024;

fn quick() -> Argon2Parameters {
    Argon2Parameters {
        memory_kib: 8 * 1024,
        iterations: 1,
        parallelism: 1,
    }
}

/// A client's network, one of 250.
fn network(number: u8) -> Origin {
    Origin {
        ip_address: Some(format!("203.0.113.{number}")),
        user_agent: Some("test".to_owned()),
    }
}
