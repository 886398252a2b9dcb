//! Creating a group.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::config::{GroupCreators, GroupsConfig};
use super::fields::{GroupFields, invalid};
use super::height::{self, HeightWrite};
use super::place;
use super::row::NewGroup;
use crate::audit::Record;
use crate::audit::{AuditEvent, AuditEventName};
use crate::origin::Origin;
use crate::permission::{Standing, StandingRows, resolve_roles};
use crate::refusal::{ErrorCode, Refusal};
use crate::time::UnixMillis;
use crate::tree::{
    ACTIVE, GroupCounts, GroupRow, GroupSettings, MembershipRow, NewMembership, OWNER, is_team,
};

/// A group to create.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct GroupCreateCall {
    /// The time.
    pub now: UnixMillis,
    /// The app's settings.
    pub config: GroupsConfig,
    /// Where the request came from.
    pub origin: Origin,
    /// The fields, prepared. The name is needed.
    pub fields: GroupFields,
    /// What the organization settles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settings: Option<GroupSettings>,
    /// Whether a group above was named.
    pub has_parent: bool,
    /// The group above and those above it; empty if there is none.
    pub parent_lineage: Vec<GroupRow>,
    /// What the group above has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_counts: Option<GroupCounts>,
    /// Who creates it, with the standing in the group above; missing when the
    /// app does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<StandingRows>,
    /// How many groups the actor owns, counted up to one more than the limit.
    pub owned_groups: u32,
    /// Whether a group beside it has or had the slug.
    pub slug_taken: bool,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
#[cfg_attr(
    not(target_arch = "wasm32"),
    expect(
        clippy::large_enum_variant,
        reason = "there is one answer at a time, and it leaves at once"
    )
)]
pub enum GroupCreation {
    /// It is created.
    Done {
        /// The group to store.
        group: NewGroup,
        /// The actor's membership in a new organization.
        #[serde(skip_serializing_if = "Option::is_none")]
        owner: Option<NewMembership>,
        /// Groups above that are higher now.
        heights: Vec<HeightWrite>,
        /// By how many the teams below the group above change.
        parent_teams: i32,
        /// What is recorded of it.
        audit: Vec<AuditEvent>,
    },
    /// It was refused.
    Refused {
        /// Why.
        refusal: Refusal,
        /// What is recorded of it.
        audit: Vec<AuditEvent>,
    },
}

/// Decides whether a group is created. Whoever creates an organization owns it.
pub fn create(call: GroupCreateCall) -> GroupCreation {
    let record = Record {
        event: AuditEventName::GroupCreated,
        origin: &call.origin,
        user_id: None,
        actor_id: call.actor.as_ref().map(|actor| actor.user_id.as_str()),
        // The new group has no id yet; the one above says where it was to be.
        group_id: None,
    };
    match decide(&call) {
        Ok((group, owner)) => GroupCreation::Done {
            heights: height::after_creation(&call.parent_lineage),
            parent_teams: i32::from(!group.is_root && is_team(group.group_type.as_deref())),
            group,
            owner,
            audit: record.done(),
        },
        Err(refusal) => GroupCreation::Refused {
            audit: Record {
                group_id: call.parent_lineage.first().map(|group| group.id.as_str()),
                ..record
            }
            .refused(&refusal),
            refusal,
        },
    }
}

fn decide(call: &GroupCreateCall) -> Result<(NewGroup, Option<NewMembership>), Refusal> {
    let group = new_group(call)?;
    let is_team = is_team(group.group_type.as_deref());
    let owner = if call.has_parent {
        place::find(&call.parent_lineage)?;
        if let Some(actor) = &call.actor {
            actor
                .standing(call.now, call.config.permissions(), &call.parent_lineage)
                .require("team", "create")?;
        }
        place::require_depth(&call.parent_lineage, group.height)?;
        if is_team {
            let counts = call.parent_counts.as_ref();
            place::require_team_room(&call.config, &call.parent_lineage, counts)?;
        }
        None
    } else {
        call.actor
            .as_ref()
            .map(|actor| own(call, actor, group.settings.as_ref()))
            .transpose()?
    };
    if group.slug.is_some() && call.slug_taken {
        return Err(ErrorCode::SlugAlreadyTaken.into());
    }
    Ok((group, owner))
}

/// The group, as far as it does not depend on who creates it.
fn new_group(call: &GroupCreateCall) -> Result<NewGroup, Refusal> {
    let fields = call.fields.clone();
    let settings = call
        .settings
        .clone()
        .filter(|settings| !settings.is_empty());
    if let Some(settings) = &settings {
        if call.has_parent {
            return Err(invalid("settings", "only organizations have settings"));
        }
        settings.check()?;
    }
    Ok(NewGroup {
        name: fields
            .name
            .ok_or_else(|| invalid("name", "a group needs a name"))?,
        slug: fields.slug.filter(|slug| !slug.is_empty()),
        group_type: fields.group_type.filter(|word| !word.is_empty()),
        is_root: !call.has_parent,
        height: 0,
        tags: fields.tags.unwrap_or_default(),
        settings,
        created_by_user_id: call.actor.as_ref().map(|actor| actor.user_id.clone()),
    })
}

/// The membership by which a user owns the new organization.
fn own(
    call: &GroupCreateCall,
    actor: &StandingRows,
    settings: Option<&GroupSettings>,
) -> Result<NewMembership, Refusal> {
    let user = actor
        .user
        .as_ref()
        .filter(|user| user.id == actor.user_id)
        .ok_or(ErrorCode::UserNotFound)?;
    if user.is_banned(call.now) {
        return Err(ErrorCode::UserBanned.into());
    }
    let may_create = match call.config.creators() {
        GroupCreators::Everyone => true,
        GroupCreators::Verified => {
            user.email_verification_time.is_some() || user.phone_verification_time.is_some()
        }
        GroupCreators::Nobody => false,
    };
    if !may_create {
        return Err(ErrorCode::GroupCreationRefused.into());
    }
    if call.owned_groups >= call.config.groups_per_user() {
        return Err(ErrorCode::GroupLimitReached.into());
    }
    if let Some(settings) = settings {
        let has_second_factor = user.second_factor_time.is_some();
        settings.authorize(&standing_of_owner(call, actor), has_second_factor)?;
    }
    let permissions = call.config.permissions();
    let roles = resolve_roles(&[OWNER.to_owned()], permissions, &[], &[])?;
    Ok(NewMembership::new(
        roles.names,
        roles.ids,
        ACTIVE.to_owned(),
    ))
}

/// What the user will be in the new organization. The app may have defined the
/// owner's role anew, so that owners are not allowed everything.
fn standing_of_owner(call: &GroupCreateCall, actor: &StandingRows) -> Standing {
    let organization = GroupRow {
        id: String::new(),
        parent_group_id: None,
        slug: None,
        group_type: None,
        height: 0,
        settings: None,
        deleted_time: None,
    };
    let membership = MembershipRow {
        id: String::new(),
        group_id: organization.id.clone(),
        user_id: actor.user_id.clone(),
        roles: vec![OWNER.to_owned()],
        role_ids: Vec::new(),
        status: ACTIVE.to_owned(),
        removed_time: None,
    };
    StandingRows {
        memberships: vec![membership],
        custom_roles: Vec::new(),
        ..actor.clone()
    }
    .standing(call.now, call.config.permissions(), &[organization])
}
