//! Ceremonies of passkeys, as the component carries them out.

mod register;
mod rows;
mod sign_in;
