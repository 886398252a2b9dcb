//! Random operations on a forest keep it a forest, with the heights and the
//! counts that are stored the true ones.

use crate::tree::GroupRow;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use super::forest::{Forest, Outcome, TEAM_LIMIT};
use crate::refusal::ErrorCode;

/// The most levels above a group, said again so that the rule is checked.
const DEEPEST: usize = 32;

/// An operation; numbers choose among the groups that are there.
#[derive(Clone, Debug)]
enum Step {
    Create {
        parent: Option<usize>,
        is_team: bool,
    },
    /// A branch of so many groups, each below the one before.
    Chain {
        parent: Option<usize>,
        levels: usize,
    },
    Move {
        group: usize,
        parent: Option<usize>,
    },
    Retype {
        group: usize,
        is_team: bool,
    },
    Delete {
        group: usize,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let choice = || 0_usize..10_000;
    let place = || proptest::option::weighted(0.85, choice());
    prop_oneof![
        4 => (place(), any::<bool>()).prop_map(|(parent, is_team)| Step::Create { parent, is_team }),
        2 => (place(), 2_usize..14).prop_map(|(parent, levels)| Step::Chain { parent, levels }),
        9 => (choice(), place()).prop_map(|(group, parent)| Step::Move { group, parent }),
        3 => (choice(), any::<bool>()).prop_map(|(group, is_team)| Step::Retype { group, is_team }),
        2 => choice().prop_map(|group| Step::Delete { group }),
    ]
}

/// One operation on groups that are there.
#[derive(Clone, Debug)]
enum Operation {
    Create(Option<String>, bool),
    Move(String, Option<String>),
    Retype(String, bool),
    Delete(String),
}

fn carry_out(forest: &mut Forest, operation: &Operation) -> Outcome {
    match operation {
        Operation::Create(parent, is_team) => forest.create(parent.as_deref(), *is_team),
        Operation::Move(id, parent) => forest.move_to(id, parent.as_deref()),
        Operation::Retype(id, is_team) => forest.retype(id, *is_team),
        Operation::Delete(id) => forest.delete(id),
    }
}

/// The levels above a group, counted.
fn depth(forest: &Forest, id: &str) -> usize {
    forest.lineage(id).len() - 1
}

/// The levels below a group, counted.
fn height(forest: &Forest, id: &str) -> usize {
    let below = forest.below(id).into_iter();
    below
        .map(|child| height(forest, &child.id) + 1)
        .max()
        .unwrap_or(0)
}

/// The teams right below a group, counted.
fn teams(forest: &Forest, id: &str) -> usize {
    let below = forest.below(id).into_iter();
    below.filter(|child| child.is_team()).count()
}

/// Why an operation must be refused, if it must, by looking at the whole tree.
fn expected(forest: &Forest, keeps_last_team: bool, operation: &Operation) -> Option<ErrorCode> {
    let parent_of = |id: &str| forest.groups.get(id)?.parent_group_id.clone();
    let is_team = |id: &str| forest.groups.get(id).is_some_and(GroupRow::is_team);
    let is_full = |id: &str| teams(forest, id) >= usize::try_from(TEAM_LIMIT).unwrap_or(0);
    let is_last = |id: &str| {
        keeps_last_team
            && is_team(id)
            && parent_of(id).is_some_and(|parent| teams(forest, &parent) == 1)
    };
    match operation {
        Operation::Create(None, _) => None,
        Operation::Create(Some(parent), is_team) => {
            if depth(forest, parent) + 1 > DEEPEST {
                Some(ErrorCode::GroupTooDeep)
            } else {
                (*is_team && is_full(parent)).then_some(ErrorCode::TeamLimitReached)
            }
        }
        Operation::Move(id, parent) if parent_of(id) == *parent => None,
        Operation::Move(id, None) => is_last(id).then_some(ErrorCode::LastTeam),
        Operation::Move(id, Some(parent)) => {
            if forest.lineage(parent).iter().any(|above| above.id == *id) {
                Some(ErrorCode::GroupCycle)
            } else if depth(forest, parent) + 1 + height(forest, id) > DEEPEST {
                Some(ErrorCode::GroupTooDeep)
            } else if is_last(id) {
                Some(ErrorCode::LastTeam)
            } else {
                (is_team(id) && is_full(parent)).then_some(ErrorCode::TeamLimitReached)
            }
        }
        Operation::Retype(id, becomes_team) => match parent_of(id) {
            Some(parent) if *becomes_team && !is_team(id) => {
                is_full(&parent).then_some(ErrorCode::TeamLimitReached)
            }
            Some(_) if !becomes_team => is_last(id).then_some(ErrorCode::LastTeam),
            _ => None,
        },
        Operation::Delete(id) => is_last(id).then_some(ErrorCode::LastTeam),
    }
}

fn check(forest: &Forest) -> Result<(), TestCaseError> {
    for group in forest.groups.values() {
        let mut above = group;
        for _ in 0..forest.groups.len() {
            match above
                .parent_group_id
                .as_ref()
                .and_then(|id| forest.groups.get(id))
            {
                Some(parent) => above = parent,
                None => break,
            }
        }
        prop_assert!(
            above.parent_group_id.is_none(),
            "{} is in a cycle",
            group.id
        );
    }
    for id in forest.live() {
        let stored = forest.groups.get(&id).map(|group| group.height);
        let counted = u32::try_from(height(forest, &id)).ok();
        prop_assert_eq!(stored, counted, "the height of {}", id);
        prop_assert!(depth(forest, &id) <= DEEPEST, "{} is too deep", id);
        let stored = forest.teams.get(&id).copied().unwrap_or_default();
        let counted = u32::try_from(teams(forest, &id)).ok();
        prop_assert_eq!(Some(stored), counted, "the teams below {}", id);
    }
    Ok(())
}

/// A life of a forest.
struct World {
    forest: Forest,
    keeps_last_team: bool,
}

impl World {
    fn choose(&self, number: usize) -> Option<String> {
        let mut live = self.forest.live();
        (!live.is_empty()).then(|| live.swap_remove(number % live.len()))
    }

    fn place(&self, number: Option<usize>) -> Option<String> {
        number.and_then(|number| self.choose(number))
    }

    fn operate(&mut self, operation: &Operation) -> Result<Outcome, TestCaseError> {
        let before = self.forest.clone();
        let outcome = carry_out(&mut self.forest, operation);
        let why = expected(&before, self.keeps_last_team, operation);
        prop_assert_eq!(outcome.as_ref().err().copied(), why, "{:?}", operation);
        if outcome.is_err() {
            prop_assert_eq!(&before, &self.forest);
        }
        check(&self.forest)?;
        Ok(outcome)
    }

    fn take(&mut self, step: &Step) -> Result<(), TestCaseError> {
        let operation = match *step {
            Step::Chain { parent, levels } => {
                let mut parent = self.place(parent);
                for _ in 0..levels {
                    let Ok(id) = self.operate(&Operation::Create(parent, false))? else {
                        break;
                    };
                    parent = Some(id);
                }
                return Ok(());
            }
            Step::Create { parent, is_team } => {
                Some(Operation::Create(self.place(parent), is_team))
            }
            Step::Move { group, parent } => self
                .choose(group)
                .map(|id| Operation::Move(id, self.place(parent))),
            Step::Retype { group, is_team } => {
                self.choose(group).map(|id| Operation::Retype(id, is_team))
            }
            Step::Delete { group } => self.choose(group).map(Operation::Delete),
        };
        match operation {
            Some(operation) => self.operate(&operation).map(|_| ()),
            None => Ok(()),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn a_forest_stays_a_forest(
        steps in proptest::collection::vec(step(), 1..40),
        keeps_last_team: bool,
    ) {
        let mut world = World {
            forest: Forest::new(keeps_last_team),
            keeps_last_team,
        };
        for step in &steps {
            world.take(step)?;
        }
    }
}
