//! A model of the tables: groups, and what is counted of them. It asks for
//! decisions and carries them out as the component does.

use crate::group::height::{ChildHeight, ChildHeights, HeightWrite};
use crate::tree::GroupCounts;
use crate::tree::GroupRow;
use crate::tree::GroupSettings;
use std::collections::BTreeMap;

use super::super::*;
use super::rows::{
    NOW, config, counts, create_below, create_call, delete_call, move_call, update_call,
};
use crate::refusal::ErrorCode;

/// How many teams can be below one group in the model: few, so that the limit
/// is met.
pub(super) const TEAM_LIMIT: u32 = 3;

/// What an operation on the model comes to: the group, or why not.
pub(super) type Outcome = Result<String, ErrorCode>;

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Forest {
    /// The rows, also those of deleted groups.
    pub(super) groups: BTreeMap<String, GroupRow>,
    /// The teams right below each group.
    pub(super) teams: BTreeMap<String, u32>,
    /// Whether the last team below a group stays.
    keeps_last_team: bool,
}

impl Forest {
    pub(super) fn new(keeps_last_team: bool) -> Self {
        Forest {
            keeps_last_team,
            ..Forest::default()
        }
    }

    /// A forest with a single branch: `0` is the organization, `1` is below it.
    pub(super) fn chain(levels: usize) -> Self {
        let mut forest = Forest::default();
        let mut parent = None;
        for _ in 0..levels {
            parent = forest.create(parent.as_deref(), false).ok();
        }
        forest
    }

    fn config(&self) -> GroupsConfig {
        GroupsConfig {
            settings: Some(GroupSettings {
                team_limit: Some(f64::from(TEAM_LIMIT)),
                keeps_last_team: Some(self.keeps_last_team),
                ..GroupSettings::default()
            }),
            ..config()
        }
    }

    /// A group and those above it, or nothing if one of them is deleted.
    pub(super) fn lineage(&self, id: &str) -> Vec<GroupRow> {
        let mut lineage: Vec<GroupRow> = Vec::new();
        let mut next = Some(id);
        // One row more than may be there, so that a deeper tree is noticed.
        while let Some(group) = next.and_then(|id| self.groups.get(id))
            && lineage.len() < 34
        {
            if group.deleted_time.is_some() {
                return Vec::new();
            }
            lineage.push(group.clone());
            next = group.parent_group_id.as_deref();
        }
        lineage
    }

    /// The groups that are there.
    pub(super) fn live(&self) -> Vec<String> {
        let ids = self.groups.keys();
        ids.filter(|id| !self.lineage(id).is_empty())
            .cloned()
            .collect()
    }

    /// The groups right below another that are not deleted.
    pub(super) fn below(&self, id: &str) -> Vec<&GroupRow> {
        let rows = self.groups.values();
        rows.filter(|row| row.parent_group_id.as_deref() == Some(id) && row.deleted_time.is_none())
            .collect()
    }

    fn highest(&self, lineage: &[GroupRow]) -> Vec<ChildHeights> {
        let above = lineage.iter().skip(1);
        above
            .map(|group| {
                let mut highest: Vec<ChildHeight> = self
                    .below(&group.id)
                    .into_iter()
                    .map(|child| ChildHeight {
                        group_id: child.id.clone(),
                        height: child.height,
                    })
                    .collect();
                highest.sort_by_key(|child| core::cmp::Reverse(child.height));
                highest.truncate(2);
                ChildHeights {
                    group_id: group.id.clone(),
                    highest,
                }
            })
            .collect()
    }

    fn counts(&self, id: Option<&str>) -> Option<GroupCounts> {
        let teams = self.teams.get(id?).copied().unwrap_or_default();
        Some(counts(0, teams))
    }

    fn write_heights(&mut self, heights: Vec<HeightWrite>) {
        for write in heights {
            if let Some(group) = self.groups.get_mut(&write.group_id) {
                group.height = write.height;
            }
        }
    }

    fn add_teams(&mut self, id: Option<&str>, change: i32) {
        if let Some(id) = id {
            let teams = self.teams.entry(id.to_owned()).or_default();
            *teams = teams.saturating_add_signed(change);
        }
    }

    pub(super) fn create(&mut self, parent: Option<&str>, is_team: bool) -> Outcome {
        let mut call = match parent {
            Some(parent) => GroupCreateCall {
                parent_counts: self.counts(Some(parent)),
                ..create_below(self.lineage(parent))
            },
            None => create_call(),
        };
        call.config = self.config();
        call.fields.group_type = is_team.then(|| "team".to_owned());
        match create(call) {
            GroupCreation::Refused { refusal, .. } => Err(refusal.code),
            GroupCreation::Done {
                group,
                heights,
                parent_teams,
                ..
            } => {
                let id = format!("{:03}", self.groups.len());
                let row = GroupRow {
                    id: id.clone(),
                    parent_group_id: parent.map(str::to_owned),
                    slug: group.slug,
                    group_type: group.group_type,
                    height: group.height,
                    settings: group.settings,
                    deleted_time: None,
                };
                self.groups.insert(id.clone(), row);
                self.write_heights(heights);
                self.add_teams(parent, parent_teams);
                Ok(id)
            }
        }
    }

    pub(super) fn move_to(&mut self, id: &str, parent: Option<&str>) -> Outcome {
        let lineage = self.lineage(id);
        let new_lineage = parent
            .map(|parent| self.lineage(parent))
            .unwrap_or_default();
        let call = GroupUpdateCall {
            new_parent_counts: self.counts(parent),
            has_new_parent: parent.is_some(),
            ..move_call(lineage, new_lineage)
        };
        self.update(call, parent)
    }

    pub(super) fn retype(&mut self, id: &str, is_team: bool) -> Outcome {
        let mut call = update_call(self.lineage(id));
        call.fields.group_type = Some(if is_team { "team" } else { "" }.to_owned());
        self.update(call, None)
    }

    fn update(&mut self, call: GroupUpdateCall, new_parent: Option<&str>) -> Outcome {
        let group = call.lineage.first().cloned();
        let old_parent = group
            .as_ref()
            .and_then(|group| group.parent_group_id.clone());
        let call = GroupUpdateCall {
            config: self.config(),
            children: self.highest(&call.lineage),
            parent_counts: self.counts(old_parent.as_deref()),
            ..call
        };
        match (update(call), group) {
            (GroupUpdate::Refused { refusal, .. }, _) => Err(refusal.code),
            (GroupUpdate::Done { .. }, None) => Err(ErrorCode::InternalError),
            (
                GroupUpdate::Done {
                    patch,
                    moves,
                    heights,
                    old_parent_teams,
                    new_parent_teams,
                    ..
                },
                Some(mut group),
            ) => {
                if let Some(group_type) = patch.group_type {
                    group.group_type = Some(group_type).filter(|word| !word.is_empty());
                }
                if moves {
                    group.parent_group_id = new_parent.map(str::to_owned);
                }
                let id = group.id.clone();
                self.groups.insert(id.clone(), group);
                self.write_heights(heights);
                self.add_teams(old_parent.as_deref(), old_parent_teams);
                self.add_teams(new_parent, new_parent_teams);
                Ok(id)
            }
        }
    }

    pub(super) fn delete(&mut self, id: &str) -> Outcome {
        let lineage = self.lineage(id);
        let parent = lineage
            .first()
            .and_then(|group| group.parent_group_id.clone());
        let call = GroupDeleteCall {
            config: self.config(),
            children: self.highest(&lineage),
            parent_counts: self.counts(parent.as_deref()),
            ..delete_call(lineage)
        };
        match delete(call) {
            GroupDeletion::Refused { refusal, .. } => Err(refusal.code),
            GroupDeletion::Done {
                heights,
                parent_teams,
                ..
            } => {
                if let Some(group) = self.groups.get_mut(id) {
                    group.deleted_time = Some(NOW);
                }
                self.write_heights(heights);
                self.add_teams(parent.as_deref(), parent_teams);
                Ok(id.to_owned())
            }
        }
    }
}
