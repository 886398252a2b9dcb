//! The way from a group up to its organization.

use super::group::GroupRow;

/// How many levels of groups can be above a group. It bounds the rows that a
/// permission check reads.
pub(crate) const MAX_DEPTH: u8 = 32;

/// A group and those above it, as far as somebody wants to look.
pub(crate) struct Lineage<'a> {
    /// The groups, nearest first, each once.
    groups: Vec<&'a GroupRow>,
    /// Why there are no more of them.
    end: End,
}

/// Where the way up ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// At a group without one above.
    Root,
    /// At the last level to look at.
    MaxDepth,
    /// Before a group that was passed already.
    Cycle,
    /// Before a group that was not read.
    Missing,
}

impl<'a> Lineage<'a> {
    /// Follows the rows that were read from a group up, at most
    /// [`MAX_DEPTH`] levels above it.
    pub(crate) fn of(rows: &'a [GroupRow]) -> Self {
        Lineage::up_to(rows, MAX_DEPTH)
    }

    /// Follows the rows no further than `max_depth` levels above the group, and
    /// never further than [`MAX_DEPTH`]. The number comes from
    /// JavaScript: a fraction is rounded down, and what is negative or no number
    /// at all is zero, since who limits the depth does not want to look further.
    pub(crate) fn within(rows: &'a [GroupRow], max_depth: Option<f64>) -> Self {
        let depth = max_depth.map_or(MAX_DEPTH, |limit| {
            (0..=MAX_DEPTH)
                .rev()
                .find(|depth| f64::from(*depth) <= limit)
                .unwrap_or(0)
        });
        Lineage::up_to(rows, depth)
    }

    fn up_to(rows: &'a [GroupRow], depth: u8) -> Self {
        let mut groups: Vec<&GroupRow> = Vec::new();
        let mut rows = rows.iter();
        let mut next = rows.next();
        let mut levels = 0..depth;
        let end = loop {
            let Some(group) = next else {
                break End::Missing;
            };
            groups.push(group);
            let Some(parent) = group.parent_group_id.as_deref() else {
                break End::Root;
            };
            if levels.next().is_none() {
                break End::MaxDepth;
            }
            if groups.iter().any(|passed| passed.id == parent) {
                break End::Cycle;
            }
            next = rows.next().filter(|above| above.id == parent);
        };
        Lineage { groups, end }
    }

    /// The groups, nearest first.
    pub(crate) fn groups(&self) -> &[&'a GroupRow] {
        &self.groups
    }

    /// The organization; missing when the way up does not lead to one.
    pub(crate) fn root(&self) -> Option<&'a GroupRow> {
        match self.end {
            End::Root => self.groups.last().copied(),
            End::MaxDepth | End::Cycle | End::Missing => None,
        }
    }

    /// Whether the way leads back to a group on it.
    pub(crate) fn is_cycle(&self) -> bool {
        self.end == End::Cycle
    }

    /// Whether there are groups above that were not looked at.
    pub(crate) fn is_cut(&self) -> bool {
        self.end == End::MaxDepth
    }
}

#[cfg(test)]
#[path = "lineage_tests.rs"]
mod tests;
