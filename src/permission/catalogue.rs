//! All resources and roles of an app: those that are built in, and its own.

use std::collections::{BTreeMap, BTreeSet};

use super::built_in::{self, BuiltInRole};
use super::config::{PermissionConfig, RoleDefinition};
use super::role_name::RoleName;
use super::set::PermissionSet;
use super::statement::Statement;

/// All resources and roles that there are apart from those that organizations
/// make.
pub(crate) struct Catalogue<'a> {
    known: BTreeMap<&'a str, BTreeSet<&'a str>>,
    roles: &'a [RoleDefinition],
    is_defined: bool,
}

impl<'a> Catalogue<'a> {
    /// What is built in together with what the app defines.
    pub(crate) fn new(config: Option<&'a PermissionConfig>) -> Self {
        let mut known: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (resource, actions) in built_in::RESOURCES {
            known.entry(resource).or_default().extend(*actions);
        }
        for statement in config.iter().flat_map(|config| &config.resources) {
            known
                .entry(&statement.resource)
                .or_default()
                .extend(statement.actions.iter().map(String::as_str));
        }
        Catalogue {
            known,
            roles: config.map_or(&[], |config| &config.roles),
            is_defined: config.is_some(),
        }
    }

    /// Whether the app defines permissions at all. If not, roles can have any
    /// name.
    pub(crate) fn is_defined(&self) -> bool {
        self.is_defined
    }

    /// Whether there is such an action on such a resource.
    pub(crate) fn knows(&self, resource: &str, action: &str) -> bool {
        self.known
            .get(resource)
            .is_some_and(|actions| actions.contains(action))
    }

    /// What the role of this name allows, unless neither the app defines it nor
    /// it is built in. The app's definition takes the place of a built-in role.
    pub(crate) fn role(&self, name: &str) -> Option<PermissionSet> {
        let defined = self.roles.iter().find(|definition| {
            RoleName::normalize(&definition.role).is_ok_and(|defined| defined.as_str() == name)
        });
        match defined {
            Some(definition) => Some(self.allowed_by(&definition.permissions)),
            None => BuiltInRole::named(name).map(|role| self.built_in(role)),
        }
    }

    /// What statements allow. What is not known, or no longer, allows nothing.
    pub(crate) fn allowed_by(&self, statements: &[Statement]) -> PermissionSet {
        let mut set = PermissionSet::default();
        for statement in statements {
            for action in &statement.actions {
                if self.knows(&statement.resource, action) {
                    set.add(&statement.resource, action);
                }
            }
        }
        set
    }

    fn built_in(&self, role: BuiltInRole) -> PermissionSet {
        let mut set = PermissionSet::default();
        for (resource, actions) in &self.known {
            for action in actions {
                if role.allows(resource, action, built_in::is_built_in(resource, action)) {
                    set.add(resource, action);
                }
            }
        }
        set
    }
}
