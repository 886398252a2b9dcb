//! Ceremonies of passkeys, as the component carries them out.

mod mutation;
mod register;
mod rows;
mod second_factor;
mod sign_in;
mod sign_up;
mod sign_up_finish;
mod sign_up_rows;
