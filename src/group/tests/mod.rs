//! Groups: the rules as tables, and random operations against a model of the
//! tree.

mod create;
mod delete;
mod fields;
mod forest;
mod heights;
mod moves;
mod restore;
mod rows;
mod settings;
mod tree;
mod update;
