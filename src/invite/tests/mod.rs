//! Invitations: what is stored, and one test for each refusal. Random lives of
//! them are among the tests of members.

mod accept;
mod create;
mod renew;
mod revoke;
