//! Permissions that are held.

use std::collections::{BTreeMap, BTreeSet};

use super::statement::Statement;

/// The united permissions of some roles. It only ever holds what is known:
/// actions that are built in or that the app defines now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PermissionSet(BTreeMap<String, BTreeSet<String>>);

impl PermissionSet {
    /// What statements name, whether anybody has defined it or not.
    pub(crate) fn of(statements: &[Statement]) -> Self {
        let mut set = PermissionSet::default();
        for Statement { resource, actions } in statements {
            for action in actions {
                set.add(resource, action);
            }
        }
        set
    }

    /// What is held and passes.
    pub(crate) fn only(mut self, passes: impl Fn(&str, &str) -> bool) -> Self {
        for (resource, actions) in &mut self.0 {
            actions.retain(|action| passes(resource, action));
        }
        self.0.retain(|_, actions| !actions.is_empty());
        self
    }

    /// Whether an action on a resource is held.
    pub fn holds(&self, resource: &str, action: &str) -> bool {
        self.0
            .get(resource)
            .is_some_and(|actions| actions.contains(action))
    }

    /// All that is held, a resource and an action at a time, in the order of
    /// their names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().flat_map(|(resource, actions)| {
            actions
                .iter()
                .map(move |action| (resource.as_str(), action.as_str()))
        })
    }

    /// What of `wanted` is not held.
    pub fn missing<'a>(
        &self,
        wanted: &'a PermissionSet,
    ) -> impl Iterator<Item = (&'a str, &'a str)> {
        wanted
            .iter()
            .filter(|(resource, action)| !self.holds(resource, action))
    }

    /// What is held, a statement for each resource, in the order of their names.
    pub fn statements(&self) -> Vec<Statement> {
        self.0
            .iter()
            .map(|(resource, actions)| Statement {
                resource: resource.clone(),
                actions: actions.iter().cloned().collect(),
            })
            .collect()
    }

    /// Adds an action on a resource. Callers have made sure that it is known.
    pub(super) fn add(&mut self, resource: &str, action: &str) {
        if !self.holds(resource, action) {
            self.0
                .entry(resource.to_owned())
                .or_default()
                .insert(action.to_owned());
        }
    }

    /// Adds all that another set holds.
    pub(super) fn unite(&mut self, other: &PermissionSet) {
        for (resource, action) in other.iter() {
            self.add(resource, action);
        }
    }
}
