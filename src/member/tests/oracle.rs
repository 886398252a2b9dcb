//! What a user may do in a group, worked out in the plainest way, without the
//! code that decides it.

use std::collections::BTreeSet;

use super::store::Store;
use super::tables::Tables;
use crate::group::GroupsConfig;
use crate::permission::Statement;
use crate::tree::MembershipRow;

/// Permissions by resource and action, and [`OWNING`] for who owns the group.
pub(super) type Held = BTreeSet<(String, String)>;

/// What only owners may give and take, whatever their role allows.
pub(super) const OWNING: (&str, &str) = ("*", "own");

const BUILT_IN: &[(&str, &str)] = &[
    ("organization", "update"),
    ("organization", "delete"),
    ("organization", "security"),
    ("member", "create"),
    ("member", "update"),
    ("member", "delete"),
    ("invitation", "create"),
    ("invitation", "read"),
    ("invitation", "cancel"),
    ("team", "create"),
    ("team", "update"),
    ("team", "delete"),
    ("role", "create"),
    ("role", "read"),
    ("role", "update"),
    ("role", "delete"),
    ("apiKey", "create"),
    ("apiKey", "read"),
    ("apiKey", "update"),
    ("apiKey", "delete"),
];

/// Which memberships are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Question {
    /// What the user may do now.
    Now,
    /// What the user could do without a ban and with a second factor.
    Granted,
    /// What the user could do if all memberships were active, too.
    Promised,
}

/// The rows that an answer depends on.
pub(super) struct Oracle<'a> {
    pub(super) tables: &'a Tables,
    pub(super) config: &'a GroupsConfig,
}

impl<'a> Oracle<'a> {
    pub(super) fn of(store: &'a Store) -> Self {
        Oracle {
            tables: &store.tables,
            config: &store.config,
        }
    }

    /// What a user may do in a group.
    pub(super) fn held(&self, user: &str, group: &str, question: Question) -> Held {
        let path = self.tables.path(group);
        let mut held = Held::new();
        for (level, at) in path.iter().enumerate() {
            let is_barred = path.iter().skip(level).any(|above| {
                let row = self.tables.membership(above, user);
                row.is_some_and(|row| row.removed_time.is_some())
            });
            let row = self.tables.membership(at, user).filter(|_| !is_barred);
            if let Some(row) = row
                && (row.status == "active" || question == Question::Promised)
            {
                held.extend(self.allowed_by(row));
            }
        }
        if question == Question::Now && !self.is_fit(user, path.last()) {
            held.clear();
        }
        held
    }

    /// Whether a user is not banned and has the factor that is asked for.
    fn is_fit(&self, user: &str, root: Option<&String>) -> bool {
        let Some(user) = self.tables.user(user) else {
            return false;
        };
        let groups = self.tables.groups.iter();
        let asks_for_factor = groups.filter(|group| Some(&group.id) == root).any(|group| {
            let settings = group.settings.as_ref();
            settings.and_then(|settings| settings.require_second_factor) == Some(true)
        });
        user.banned_time.is_none() && (!asks_for_factor || user.second_factor_time.is_some())
    }

    /// What the roles of one membership allow.
    pub(super) fn allowed_by(&self, row: &MembershipRow) -> Held {
        let root = self.tables.path(&row.group_id).pop().unwrap_or_default();
        let mut held = Held::new();
        for name in &row.roles {
            let mut roles = self.tables.roles.iter();
            let own = roles.find(|role| {
                role.role == *name && role.group_id == root && row.role_ids.contains(&role.id)
            });
            match (own, self.defined_by_app(name)) {
                (Some(role), _) => held.extend(self.known_of(&role.permissions)),
                (None, Some(permissions)) => held.extend(self.known_of(permissions)),
                (None, None) => held.extend(self.built_in(name)),
            }
            if name == "owner" {
                held.insert(pair(OWNING));
            }
        }
        held
    }

    fn defined_by_app(&self, name: &str) -> Option<&'a [Statement]> {
        let app = self.config.permissions.as_ref()?;
        let role = app.roles.iter().find(|role| role.role == name)?;
        Some(&role.permissions)
    }

    fn built_in(&self, name: &str) -> Held {
        let may = |(resource, action): &(String, String)| {
            let permission = (resource.as_str(), action.as_str());
            match name {
                "owner" => true,
                "admin" => {
                    BUILT_IN.contains(&permission)
                        && permission != ("organization", "delete")
                        && permission != ("organization", "security")
                }
                "member" => permission == ("role", "read"),
                _ => false,
            }
        };
        self.known().into_iter().filter(may).collect()
    }

    fn known(&self) -> Held {
        let app = self.config.permissions.iter();
        let app = app.flat_map(|app| pairs(&app.resources));
        app.chain(BUILT_IN.iter().copied().map(pair)).collect()
    }

    fn known_of(&self, permissions: &[Statement]) -> Held {
        let known = self.known();
        let named: Held = pairs(permissions).collect();
        named.intersection(&known).cloned().collect()
    }
}

fn pairs(statements: &[Statement]) -> impl Iterator<Item = (String, String)> {
    statements.iter().flat_map(|statement| {
        let actions = statement.actions.iter();
        actions.map(|action| (statement.resource.clone(), action.clone()))
    })
}

pub(super) fn pair((resource, action): (&str, &str)) -> (String, String) {
    (resource.to_owned(), action.to_owned())
}
