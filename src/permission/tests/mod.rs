//! Tests of permissions, against naive models and as tables.

pub(crate) mod model;
pub(crate) mod rows;

mod grants;
mod requests;
mod role_names;
mod roles;
mod standing;
mod statements;
