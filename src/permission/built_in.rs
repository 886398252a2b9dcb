//! The roles and resources that are always there.
