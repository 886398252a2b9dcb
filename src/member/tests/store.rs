//! A store in memory that carries out answers exactly as the component does.

use super::tables::Tables;
use super::{GROUPS, USERS, app_with_roles, email_of};
use crate::audit::{AuditEvent, AuditOutcome};
use crate::entropy::Entropy;
use crate::group::GroupsConfig;
use crate::member::tests::store_of_members::Membership;
use crate::origin::Origin;
use crate::refusal::{ErrorCode, Refusal};
use crate::time::{Millis, UnixMillis};
use crate::tree::NewMembership;
use crate::tree::{GroupRow, GroupSettings};
use crate::user::UserRow;

/// A deployment.
pub(crate) struct Store {
    pub(crate) now: UnixMillis,
    pub(crate) config: GroupsConfig,
    pub(crate) origin: Origin,
    pub(crate) tables: Tables,
    pub(crate) entropy: Entropy,
    ids: u32,
}

impl Store {
    /// Users and groups without members.
    pub(crate) fn new() -> Self {
        Store {
            now: UnixMillis(1_700_000_000_000.0),
            config: app_with_roles(),
            origin: Origin::default(),
            tables: Tables {
                groups: GROUPS
                    .iter()
                    .map(|(id, parent)| group(id, *parent))
                    .collect(),
                users: USERS.iter().map(|id| user(id)).collect(),
                ..Tables::default()
            },
            entropy: Entropy::from_seed([5; 32]),
            ids: 0,
        }
    }

    /// Organizations with owners: `ada` owns `acme`, where `cleo` is an admin,
    /// and `bob` owns `zeta`.
    pub(crate) fn with_owners() -> Self {
        let mut store = Store::new();
        for (group, user, role) in [
            ("acme", "ada", "owner"),
            ("acme", "cleo", "admin"),
            ("zeta", "bob", "owner"),
        ] {
            store
                .add(None, Membership::of(group, user, &[role]))
                .unwrap();
        }
        store
    }

    pub(crate) fn wait(&mut self, duration: Millis) {
        self.now = self.now.plus(duration);
    }

    pub(crate) fn ban(&mut self, user: &str) {
        self.tables.user_mut(user).banned_time = Some(self.now);
    }

    pub(crate) fn unban(&mut self, user: &str) {
        self.tables.user_mut(user).banned_time = None;
    }

    pub(crate) fn settings_mut(&mut self, group: &str) -> &mut GroupSettings {
        let group = self.tables.group_mut(group);
        group.settings.get_or_insert_default()
    }

    pub(super) fn next_id(&mut self, kind: &str) -> String {
        self.ids += 1;
        format!("{kind}{}", self.ids)
    }

    /// Stores a membership.
    pub(super) fn insert_member(&mut self, group: &str, user: &str, new: NewMembership) -> String {
        let id = self.next_id("member");
        self.tables.insert_member(&id, group, user, new);
        id
    }

    /// Stores what is recorded of something that was done.
    pub(super) fn record_done(&mut self, audit: Vec<AuditEvent>) {
        assert!(!audit.is_empty(), "what is done is recorded");
        let done = AuditOutcome::Success;
        assert!(audit.iter().all(|event| event.outcome == done));
        self.tables.audit.extend(audit);
    }

    /// Stores what is recorded of something that was refused.
    pub(super) fn record_refused(
        &mut self,
        refusal: &Refusal,
        audit: Vec<AuditEvent>,
    ) -> ErrorCode {
        let is_mistake = refusal.code.code().ends_with("_NOT_FOUND")
            || matches!(
                refusal.code,
                ErrorCode::InvalidParameters
                    | ErrorCode::InvalidEmail
                    | ErrorCode::UnknownPermission
            );
        let codes: Vec<_> = audit.iter().map(|event| event.code).collect();
        if is_mistake {
            assert!(codes.is_empty(), "mistakes are not recorded: {refusal:?}");
        } else {
            assert_eq!(codes, [Some(refusal.code)]);
        }
        self.tables.audit.extend(audit);
        refusal.code
    }
}

fn group(id: &str, parent: Option<&str>) -> GroupRow {
    let tight = GroupSettings {
        member_limit: Some(5.0),
        team_member_limit: Some(2.0),
        pending_invite_limit: Some(3.0),
        role_limit: Some(1.0),
        ..GroupSettings::default()
    };
    GroupRow {
        id: id.to_owned(),
        parent_group_id: parent.map(str::to_owned),
        slug: None,
        group_type: (id == "core").then(|| "team".to_owned()),
        height: 0,
        settings: (id == "acme").then_some(tight),
        deleted_time: None,
    }
}

fn user(id: &str) -> UserRow {
    UserRow {
        id: id.to_owned(),
        email: Some(email_of(id)),
        email_verification_time: (id != "finn").then_some(UnixMillis(1.0)),
        phone_verification_time: None,
        banned_time: None,
        ban_expiration_time: None,
        role: None,
        second_factor_time: None,
    }
}
