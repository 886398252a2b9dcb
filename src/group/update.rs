//! Changing and moving a group.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::config::GroupsConfig;
use super::fields::{GroupFields, GroupTag, invalid};
use super::height::{self, ChildHeights, HeightWrite};
use super::place;
use crate::audit::Record;
use crate::audit::{AuditEvent, AuditEventName};
use crate::origin::Origin;
use crate::permission::StandingRows;
use crate::refusal::{ErrorCode, Refusal};
use crate::time::UnixMillis;
use crate::tree::GroupSettings;
use crate::tree::{GroupCounts, GroupRow, is_team};

/// A change to a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct GroupUpdateCall {
    /// The time.
    pub now: UnixMillis,
    /// The app's settings.
    pub config: GroupsConfig,
    /// Where the request came from.
    pub origin: Origin,
    /// The group and those above it; empty if there is none.
    pub lineage: Vec<GroupRow>,
    /// Who changes it; missing when the app does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<StandingRows>,
    /// What changes, prepared.
    pub fields: GroupFields,
    /// What the organization settles anew; what is missing stays.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settings: Option<GroupSettings>,
    /// What the group above has, before a move. Needed when the type changes
    /// to or from `team`, and when a team moves.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_counts: Option<GroupCounts>,
    /// Whether the group above changes.
    pub moves: bool,
    /// Whether the group gets a new group above, and does not become a root.
    pub has_new_parent: bool,
    /// The new group above and those above it; empty if there is none.
    pub new_lineage: Vec<GroupRow>,
    /// What the new group above has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub new_parent_counts: Option<GroupCounts>,
    /// Who moves it, with the standing in the new group above.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor_in_new_parent: Option<StandingRows>,
    /// The highest groups right below each group above, before a move. Those
    /// above the new place are not needed.
    pub children: Vec<ChildHeights>,
    /// Whether the group, as an organization, has roles of its own.
    pub has_roles: bool,
    /// Whether another group beside it, after a move, has or had the slug.
    pub slug_taken: bool,
}

/// What to store of a changed group. A missing field stays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct GroupPatch {
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The name in addresses; empty to take it away.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// What kind of group it is; empty to take it away.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(rename = "type")]
    pub group_type: Option<String>,
    /// Labels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<GroupTag>>,
    /// All that the organization has settled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub settings: Option<GroupSettings>,
}

/// The decision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "camelCase",
    rename_all_fields = "camelCase"
)]
pub enum GroupUpdate {
    /// It is changed.
    Done {
        /// What to store.
        patch: Box<GroupPatch>,
        /// Whether the group above changes.
        moves: bool,
        /// Groups that are higher or lower now.
        heights: Vec<HeightWrite>,
        /// By how many the teams below the old group above change.
        old_parent_teams: i32,
        /// By how many the teams below the new group above change.
        new_parent_teams: i32,
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

/// Decides whether a group is changed or moved.
pub fn update(call: GroupUpdateCall) -> GroupUpdate {
    let record = Record {
        event: AuditEventName::GroupUpdated,
        origin: &call.origin,
        user_id: None,
        actor_id: call.actor.as_ref().map(|actor| actor.user_id.as_str()),
        group_id: call.lineage.first().map(|group| group.id.as_str()),
    };
    match Change::of(&call).and_then(|change| change.decide()) {
        Ok(Changed {
            patch,
            moves,
            heights,
            old_parent_teams,
            new_parent_teams,
        }) => GroupUpdate::Done {
            patch: Box::new(patch),
            moves,
            heights,
            old_parent_teams,
            new_parent_teams,
            audit: record.done(),
        },
        Err(refusal) => GroupUpdate::Refused {
            audit: record.refused(&refusal),
            refusal,
        },
    }
}

/// A change, with the groups that it names.
struct Change<'a> {
    call: &'a GroupUpdateCall,
    group: &'a GroupRow,
    /// Whether the group goes below another one, or becomes an organization.
    moves: bool,
    /// The groups above, when it is done.
    above: &'a [GroupRow],
    /// What is set anew, if anything is.
    settings: Option<&'a GroupSettings>,
}

/// What is stored of a change.
struct Changed {
    patch: GroupPatch,
    moves: bool,
    heights: Vec<HeightWrite>,
    old_parent_teams: i32,
    new_parent_teams: i32,
}

impl<'a> Change<'a> {
    fn of(call: &'a GroupUpdateCall) -> Result<Self, Refusal> {
        let group = place::find(&call.lineage)?;
        let new_parent = if call.moves && call.has_new_parent {
            Some(place::find(&call.new_lineage)?.id.as_str())
        } else {
            None
        };
        let moves = call.moves && new_parent != group.parent_group_id.as_deref();
        let above = match (moves, new_parent) {
            (false, _) => call.lineage.get(1..).unwrap_or_default(),
            (true, Some(_)) => &call.new_lineage,
            (true, None) => &[],
        };
        Ok(Change {
            call,
            group,
            moves,
            above,
            settings: call
                .settings
                .as_ref()
                .filter(|settings| !settings.is_empty()),
        })
    }

    fn was_root(&self) -> bool {
        self.group.parent_group_id.is_none()
    }

    fn becomes_root(&self) -> bool {
        self.above.is_empty()
    }

    fn decide(&self) -> Result<Changed, Refusal> {
        if let Some(settings) = self.settings {
            if !self.becomes_root() {
                return Err(invalid("settings", "only organizations have settings"));
            }
            settings.check()?;
        }
        if let Some(actor) = &self.call.actor {
            self.authorize(actor)?;
        }
        let slug = self.slug()?;
        if self.moves {
            self.require_place()?;
        }
        let group_type = self.group_type();
        let (old_parent_teams, new_parent_teams) = self.teams(group_type)?;
        let heights = if self.moves {
            height::after_move(&self.call.lineage, self.above, &self.call.children)
        } else {
            Vec::new()
        };
        let stored = self.group.settings.clone().unwrap_or_default();
        Ok(Changed {
            patch: GroupPatch {
                name: self.call.fields.name.clone(),
                slug: (slug != self.group.slug.as_deref())
                    .then(|| slug.unwrap_or_default().to_owned()),
                group_type: (group_type != self.group.group_type.as_deref())
                    .then(|| group_type.unwrap_or_default().to_owned()),
                tags: self.call.fields.tags.clone(),
                settings: self.settings.map(|settings| settings.clone().over(stored)),
            },
            moves: self.moves,
            heights,
            old_parent_teams,
            new_parent_teams,
        })
    }

    /// Makes sure that somebody may do all of it. Nobody takes a group out of
    /// its organization, where others own it, nor to where they may do more to
    /// it.
    fn authorize(&self, actor: &StandingRows) -> Result<(), Refusal> {
        let (now, permissions) = (self.call.now, self.call.config.permissions());
        let standing = actor.standing(now, permissions, &self.call.lineage);
        let resource = if self.was_root() {
            "organization"
        } else {
            "team"
        };
        standing.require(resource, "update")?;
        if let Some(settings) = self.settings {
            let has_second_factor = actor
                .user
                .as_ref()
                .is_some_and(|user| user.second_factor_time.is_some());
            settings.authorize(&standing, has_second_factor)?;
        }
        if !self.moves {
            return Ok(());
        }
        let organization = |lineage: &'a [GroupRow]| lineage.last().map(|group| &group.id);
        let in_new_parent = self
            .call
            .actor_in_new_parent
            .as_ref()
            .filter(|rows| rows.user_id == actor.user_id);
        match in_new_parent {
            Some(rows) if organization(self.above) == organization(&self.call.lineage) => {
                let there = rows.standing(now, permissions, self.above);
                there.require("team", "create")?;
                // What the actor may do there, the actor may do to the group
                // and all below when it is there.
                standing.require_all_of(&there)
            }
            _ => Err(Refusal::with_message(
                ErrorCode::Forbidden,
                "you are not allowed to do this: groups stay in their organization".to_owned(),
            )),
        }
    }

    /// The slug afterwards.
    fn slug(&self) -> Result<Option<&'a str>, Refusal> {
        let present = self.group.slug.as_deref();
        let slug = match self.call.fields.slug.as_deref() {
            None => present,
            Some("") => None,
            Some(slug) => Some(slug),
        };
        if slug != present && self.was_root() && self.is_slug_locked() {
            return Err(ErrorCode::SlugLocked.into());
        }
        let is_new = slug != present || self.moves;
        if is_new && slug.is_some() && self.call.slug_taken {
            return Err(ErrorCode::SlugAlreadyTaken.into());
        }
        Ok(slug)
    }

    /// Whether the organization's slug is locked, and stays so.
    fn is_slug_locked(&self) -> bool {
        let config = &self.call.config;
        let stored = self.group.settings.clone().unwrap_or_default();
        let was_locked = config.settings_with(&stored).slug_locked;
        let settings = self.settings.cloned().unwrap_or_default().over(stored);
        was_locked && config.settings_with(&settings).slug_locked
    }

    /// Makes sure that the group can be where it is moved.
    fn require_place(&self) -> Result<(), Refusal> {
        if self.becomes_root() {
            return Ok(());
        }
        if self.was_root() && self.call.has_roles {
            return Err(invalid(
                "parentGroupId",
                "an organization with roles of its own cannot become a part of another; delete \
                 its roles first",
            ));
        }
        if self.above.iter().any(|group| group.id == self.group.id) {
            return Err(ErrorCode::GroupCycle.into());
        }
        place::require_depth(self.above, self.group.height)
    }

    /// The type afterwards.
    fn group_type(&self) -> Option<&'a str> {
        match self.call.fields.group_type.as_deref() {
            None => self.group.group_type.as_deref(),
            Some("") => None,
            Some(group_type) => Some(group_type),
        }
    }

    /// By how many the teams change below the group above, and below the new
    /// group above if there is another.
    fn teams(&self, group_type: Option<&str>) -> Result<(i32, i32), Refusal> {
        let call = self.call;
        let was_team = !self.was_root() && self.group.is_team();
        let becomes_team = !self.becomes_root() && is_team(group_type);
        let leaves = was_team && (self.moves || !becomes_team);
        let comes = becomes_team && (self.moves || !was_team);
        if leaves {
            let counts = call.parent_counts.as_ref();
            place::require_other_team(&call.config, &call.lineage, counts)?;
        }
        if comes {
            let counts = if self.moves {
                call.new_parent_counts.as_ref()
            } else {
                call.parent_counts.as_ref()
            };
            place::require_team_room(&call.config, self.above, counts)?;
        }
        let (left, came) = (-i32::from(leaves), i32::from(comes));
        Ok(if self.moves {
            (left, came)
        } else {
            (left + came, 0)
        })
    }
}
