//! API keys, tested as the component uses them.

mod authorize;
mod counters;
mod order;
mod rows;
mod writes;
