//! What is known of a user in a group and the groups above.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::catalogue::Catalogue;
use super::config::PermissionConfig;
use super::custom_role::CustomRoleRow;
use super::resolve::{ResolvedRoles, held_by, own_roles};
use super::set::PermissionSet;
use crate::refusal::{ErrorCode, Refusal};
use crate::session::AuthenticationMethod;
use crate::time::UnixMillis;
use crate::tree::{ACTIVE, MembershipRow};
use crate::tree::{GroupRow, Lineage};
use crate::user::UserRow;

/// How many permissions a refusal names, so that it stays readable.
const MAX_NAMED_PERMISSIONS: usize = 5;

/// What was read of a user for a group and the groups above it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct StandingRows {
    /// Of whom.
    pub user_id: String,
    /// The user, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<UserRow>,
    /// The user's memberships in the group and in those above.
    pub memberships: Vec<MembershipRow>,
    /// The roles that the memberships name by id.
    pub custom_roles: Vec<CustomRoleRow>,
    /// How the user has proved who they are (`amr`) in the session in which they
    /// ask; missing if somebody else asks about the user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_methods: Option<Vec<AuthenticationMethod>>,
}

/// The memberships that count for a user in a group.
pub(crate) struct CountingMemberships<'a> {
    /// The memberships with the levels above the group where they are, nearest
    /// first.
    pub(crate) memberships: Vec<(usize, &'a MembershipRow)>,
    /// Why they grant nothing after all, if they do not.
    pub(crate) block: Option<ErrorCode>,
}

/// What a user is in a group, and may do there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    is_member: bool,
    roles: ResolvedRoles,
    block: Option<ErrorCode>,
}

impl StandingRows {
    /// What the user is in the group at the beginning of `lineage`, by all
    /// memberships that count in it and above it. It is nothing if the groups
    /// above do not lead to an organization.
    pub fn standing(
        &self,
        now: UnixMillis,
        permissions: Option<&PermissionConfig>,
        lineage: &[GroupRow],
    ) -> Standing {
        let counting = self.counting(now, lineage);
        if counting.block.is_some() || counting.memberships.is_empty() {
            return Standing {
                block: counting.block,
                ..Standing::default()
            };
        }
        let catalogue = Catalogue::new(permissions);
        let custom = own_roles(&self.custom_roles, lineage);
        let mut roles = ResolvedRoles::default();
        for (_, membership) in counting.memberships {
            roles.unite(held_by(membership, &catalogue, &custom));
        }
        Standing {
            is_member: true,
            roles,
            block: None,
        }
    }

    /// The user's memberships that count in the group at the beginning of
    /// `lineage`: active ones of a user who exists and is not banned. One that
    /// is being removed bars those in the groups below it, too.
    pub(crate) fn counting(
        &self,
        now: UnixMillis,
        lineage: &[GroupRow],
    ) -> CountingMemberships<'_> {
        let nothing = CountingMemberships {
            memberships: Vec::new(),
            block: None,
        };
        let Some(user) = self.user.as_ref().filter(|user| !user.is_banned(now)) else {
            return nothing;
        };
        // Without the organization it is not known whether a removal or the
        // second factor is in the way.
        let lineage = Lineage::of(lineage);
        let Some(root) = lineage.root() else {
            return nothing;
        };
        let memberships = self.active(user, &lineage);
        let needs_second_factor = root
            .settings
            .as_ref()
            .and_then(|settings| settings.require_second_factor)
            .unwrap_or(false)
            && (user.second_factor_time.is_none() || self.is_session_weak())
            && !memberships.is_empty();
        CountingMemberships {
            memberships,
            block: needs_second_factor.then_some(ErrorCode::SecondFactorRequired),
        }
    }

    /// Whether the user asks in a session that has proved one factor only. A user
    /// who has a second one steps up.
    fn is_session_weak(&self) -> bool {
        self.session_methods.as_ref().is_some_and(|methods| {
            !methods.iter().any(|method| {
                matches!(
                    method,
                    AuthenticationMethod::MultipleFactors | AuthenticationMethod::TrustedDevice
                )
            })
        })
    }

    /// Whether the user is gone, or no membership is left in the group at the
    /// beginning of `lineage`. Who is only barred, by a ban or for want of a
    /// second factor, has not left.
    pub(crate) fn has_left(&self, lineage: &[GroupRow]) -> bool {
        self.user
            .as_ref()
            .is_none_or(|user| self.active(user, &Lineage::of(lineage)).is_empty())
    }

    /// The user's active memberships, with the levels above the group where
    /// they are, nearest first.
    fn active(&self, user: &UserRow, lineage: &Lineage<'_>) -> Vec<(usize, &MembershipRow)> {
        let mut memberships = Vec::new();
        for (level, group) in lineage.groups().iter().enumerate() {
            let here = self.memberships.iter().find(|membership| {
                membership.group_id == group.id && membership.user_id == user.id
            });
            match here {
                Some(membership) if membership.removed_time.is_some() => memberships.clear(),
                Some(membership) if membership.status == ACTIVE => {
                    memberships.push((level, membership));
                }
                Some(_) | None => {}
            }
        }
        memberships
    }
}

impl Standing {
    /// Whether a membership of the user counts in the group.
    pub fn is_member(&self) -> bool {
        self.is_member
    }

    /// Whether the user owns the group, or one above it.
    pub fn is_owner(&self) -> bool {
        self.roles.includes_owner
    }

    /// The user's roles in the group, each once.
    pub fn roles(&self) -> &[String] {
        &self.roles.names
    }

    /// What the roles allow together.
    pub fn permissions(&self) -> &PermissionSet {
        &self.roles.permissions
    }

    /// Why the user's memberships grant nothing, if there are any that would
    /// count otherwise: `SECOND_FACTOR_REQUIRED`.
    pub fn block(&self) -> Option<ErrorCode> {
        self.block
    }

    /// Makes sure that the user may do something in the group.
    ///
    /// # Errors
    /// `SECOND_FACTOR_REQUIRED`, or `FORBIDDEN` with what is missing.
    pub fn require(&self, resource: &str, action: &str) -> Result<(), Refusal> {
        self.require_no_block()?;
        if self.permissions().holds(resource, action) {
            Ok(())
        } else {
            Err(forbidden([(resource, action)].into_iter()))
        }
    }

    /// Makes sure that the user may give and take these roles: never more than
    /// the user holds, and the owner's role only among owners.
    ///
    /// # Errors
    /// `SECOND_FACTOR_REQUIRED`, or `FORBIDDEN` with what is missing.
    pub fn require_grant(&self, roles: &ResolvedRoles) -> Result<(), Refusal> {
        self.require_no_block()?;
        if roles.includes_owner && !self.is_owner() {
            return Err(Refusal::with_message(
                ErrorCode::Forbidden,
                "only owners can do this to owners, and make others owners".to_owned(),
            ));
        }
        self.require_all(&roles.permissions)
    }

    /// Makes sure that the user holds all of some permissions.
    ///
    /// # Errors
    /// `SECOND_FACTOR_REQUIRED`, or `FORBIDDEN` with what is missing.
    pub fn require_all(&self, permissions: &PermissionSet) -> Result<(), Refusal> {
        self.require_no_block()?;
        let mut missing = self.permissions().missing(permissions).peekable();
        if missing.peek().is_none() {
            Ok(())
        } else {
            Err(forbidden(missing))
        }
    }

    /// Makes sure that the user holds all that another standing grants, and
    /// owns the group if that one does.
    ///
    /// # Errors
    /// `SECOND_FACTOR_REQUIRED`, or `FORBIDDEN` with what is missing.
    pub(crate) fn require_all_of(&self, other: &Standing) -> Result<(), Refusal> {
        self.require_grant(&other.roles)
    }

    fn require_no_block(&self) -> Result<(), Refusal> {
        self.block.map_or(Ok(()), |code| Err(code.into()))
    }
}

/// A refusal that names what is missing.
fn forbidden<'a>(missing: impl Iterator<Item = (&'a str, &'a str)>) -> Refusal {
    let named: Vec<String> = missing
        .take(MAX_NAMED_PERMISSIONS)
        .map(|(resource, action)| format!("`{resource}:{action}`"))
        .collect();
    Refusal::with_message(
        ErrorCode::Forbidden,
        format!(
            "you are not allowed to do this: it needs {}",
            named.join(", ")
        ),
    )
}
