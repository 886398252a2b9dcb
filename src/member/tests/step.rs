//! What can happen, at random.

use proptest::prelude::*;

/// Something that happens; numbers choose among what there is.
#[derive(Clone, Debug)]
pub(super) enum Step {
    Add {
        actor: usize,
        group: usize,
        user: usize,
        roles: Vec<usize>,
        status: usize,
    },
    Update {
        actor: usize,
        member: usize,
        roles: Option<Vec<usize>>,
        status: usize,
    },
    Remove {
        actor: usize,
        member: usize,
    },
    Leave {
        member: usize,
    },
    FinishRemovals,
    CreateRole {
        actor: usize,
        group: usize,
        name: usize,
        permissions: Vec<usize>,
    },
    UpdateRole {
        actor: usize,
        role: usize,
        permissions: Vec<usize>,
    },
    DeleteRole {
        actor: usize,
        role: usize,
    },
    Invite {
        inviter: usize,
        group: usize,
        /// A user's address, or none.
        email: usize,
        roles: Vec<usize>,
        max_uses: u32,
        is_sent: bool,
    },
    Renew {
        actor: usize,
        invite: usize,
        is_sent: bool,
    },
    Revoke {
        actor: usize,
        invite: usize,
    },
    Accept {
        user: usize,
        token: usize,
    },
    AcceptById {
        user: usize,
        invite: usize,
    },
    Wait {
        milliseconds: f64,
    },
    Ban {
        user: usize,
    },
    Unban {
        user: usize,
    },
    AskForSecondFactor {
        group: usize,
        asks: bool,
    },
    SetSecondFactor {
        user: usize,
        has: bool,
    },
    ChangeApp {
        config: usize,
    },
}

/// A number to choose by. It is even as often as odd.
const SOME: std::ops::Range<usize> = 0..60;

pub(super) fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        60 => members(),
        20 => roles_of_organizations(),
        60 => invites(),
        12 => surroundings(),
    ]
}

fn members() -> impl Strategy<Value = Step> {
    prop_oneof![
        5 => (SOME, SOME, SOME, roles(), SOME).prop_map(|(actor, group, user, roles, status)| {
            Step::Add { actor, group, user, roles, status }
        }),
        4 => (SOME, SOME, prop::option::of(roles()), SOME)
            .prop_map(|(actor, member, roles, status)| Step::Update { actor, member, roles, status }),
        2 => (SOME, SOME).prop_map(|(actor, member)| Step::Remove { actor, member }),
        1 => SOME.prop_map(|member| Step::Leave { member }),
        1 => Just(Step::FinishRemovals),
    ]
}

fn roles_of_organizations() -> impl Strategy<Value = Step> {
    let permissions = || prop::collection::vec(SOME, 1..4);
    prop_oneof![
        3 => (SOME, SOME, SOME, permissions()).prop_map(|(actor, group, name, permissions)| {
            Step::CreateRole { actor, group, name, permissions }
        }),
        3 => (SOME, SOME, permissions())
            .prop_map(|(actor, role, permissions)| Step::UpdateRole { actor, role, permissions }),
        1 => (SOME, SOME).prop_map(|(actor, role)| Step::DeleteRole { actor, role }),
    ]
}

fn invites() -> impl Strategy<Value = Step> {
    let invite = (SOME, SOME, SOME, roles(), 1_u32..4, any::<bool>()).prop_map(
        |(inviter, group, email, roles, max_uses, is_sent)| Step::Invite {
            inviter,
            group,
            email,
            roles,
            max_uses,
            is_sent,
        },
    );
    prop_oneof![
        5 => invite,
        1 => (SOME, SOME, any::<bool>())
            .prop_map(|(actor, invite, is_sent)| Step::Renew { actor, invite, is_sent }),
        1 => (SOME, SOME).prop_map(|(actor, invite)| Step::Revoke { actor, invite }),
        8 => (SOME, SOME).prop_map(|(user, token)| Step::Accept { user, token }),
        2 => (SOME, SOME).prop_map(|(user, invite)| Step::AcceptById { user, invite }),
    ]
}

fn surroundings() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0.0_f64..5e8).prop_map(|milliseconds| Step::Wait { milliseconds }),
        2 => SOME.prop_map(|user| Step::Ban { user }),
        3 => SOME.prop_map(|user| Step::Unban { user }),
        1 => (SOME, any::<bool>())
            .prop_map(|(group, asks)| Step::AskForSecondFactor { group, asks }),
        3 => (SOME, any::<bool>()).prop_map(|(user, has)| Step::SetSecondFactor { user, has }),
        1 => SOME.prop_map(|config| Step::ChangeApp { config }),
    ]
}

fn roles() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(SOME, 1..3)
}
