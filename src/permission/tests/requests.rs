//! What is asked of a check.

use crate::permission::request::{Connector, RequestedResource};
use proptest::prelude::*;

use super::model::{Case, UNIVERSE, some_case};
use super::rows::{
    NOW, config, line, membership, standing_rows, strings, user, with_second_factor,
};
use crate::permission::{PermissionCheck, PermissionCheckCall, PermissionRequest, check};
use crate::refusal::ErrorCode;
use crate::session::AuthenticationMethod::{self, MultipleFactors, Password, TrustedDevice};
use crate::time::UnixMillis;

fn some_connector() -> impl Strategy<Value = Option<Connector>> {
    prop::sample::select(vec![None, Some(Connector::And), Some(Connector::Or)])
}

/// A request for actions of the universe, unknown ones included.
fn some_request(
    resources: impl Into<prop::collection::SizeRange>,
    actions: std::ops::Range<usize>,
) -> impl Strategy<Value = PermissionRequest> {
    let pair = prop::sample::select(UNIVERSE.to_vec());
    let requested = (
        pair.clone(),
        prop::collection::vec(pair, actions),
        some_connector(),
    )
        .prop_map(|((resource, own), others, connector)| RequestedResource {
            resource: resource.to_owned(),
            // Often the action that goes with the resource, so that requests
            // are held at times.
            actions: others
                .into_iter()
                .enumerate()
                .map(|(place, (_, action))| if place == 0 { own } else { action }.to_owned())
                .collect(),
            connector,
        });
    (
        prop::collection::vec(requested, resources),
        some_connector(),
    )
        .prop_map(|(resources, connector)| PermissionRequest {
            resources,
            connector,
        })
}

fn is_allowed(case: &Case, request: Option<PermissionRequest>) -> Result<Vec<String>, ErrorCode> {
    let answer = check(PermissionCheckCall {
        session_expiration_time: None,
        now: NOW,
        permissions: Some(config()),
        lineage: case.lineage(),
        standing: case.rows(),
        request,
    });
    match answer {
        PermissionCheck::Allowed { roles } => Ok(roles),
        PermissionCheck::Refused { refusal } => Err(refusal.code),
    }
}

/// The rule, written down twice as long.
fn model(case: &Case, request: &PermissionRequest) -> bool {
    let mut held = Vec::new();
    for resource in &request.resources {
        let mut actions = Vec::new();
        for action in &resource.actions {
            actions.push(case.allows(&resource.resource, action));
        }
        if actions.is_empty() {
            return false;
        }
        held.push(match resource.connector {
            Some(Connector::Or) => actions.contains(&true),
            Some(Connector::And) | None => !actions.contains(&false),
        });
    }
    match request.connector {
        _ if held.is_empty() => false,
        Some(Connector::Or) => held.contains(&true),
        Some(Connector::And) | None => !held.contains(&false),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// With OR, what is unknown or not held does not spoil what is held; with
    /// AND it does.
    #[test]
    fn a_check_says_what_the_model_says(case in some_case(), request in some_request(0..4, 0..4)) {
        let answer = is_allowed(&case, Some(request.clone()));
        prop_assert_eq!(answer.is_ok(), model(&case, &request));
        let would_be_member = (0..case.seats.len()).any(|level| case.would_count(level));
        if let Err(code) = answer {
            let expected = if would_be_member && case.lacks_second_factor() {
                ErrorCode::SecondFactorRequired
            } else {
                ErrorCode::Forbidden
            };
            prop_assert_eq!(code, expected);
        }
    }

    /// Whoever asks, and with whatever else.
    #[test]
    fn who_asks_for_nothing_is_refused(
        case in some_case(),
        request in some_request(0..4, 1..4),
        place in any::<prop::sample::Index>(),
        connector in some_connector(),
    ) {
        let mut request = request;
        let nothing = RequestedResource { resource: "project".to_owned(), actions: vec![], connector };
        request.resources.insert(place.index(request.resources.len() + 1), nothing);
        prop_assert!(is_allowed(&case, Some(request)).is_err());
        let empty = PermissionRequest { resources: vec![], connector };
        prop_assert!(is_allowed(&case, Some(empty)).is_err());
    }

    /// Who gets another role, or another membership that counts, may still do
    /// everything.
    #[test]
    fn more_roles_never_allow_less(
        case in some_case(),
        more in some_case(),
        request in some_request(1..4, 1..4),
    ) {
        let mut richer = case.clone();
        for (seat, other) in richer.seats.iter_mut().zip(more.seats) {
            match (seat, other) {
                (Some(seat), Some(other)) => seat.roles.extend(other.roles),
                (seat @ None, Some(mut other)) => {
                    other.is_being_removed = false;
                    *seat = Some(other);
                }
                (_, None) => {}
            }
        }
        if is_allowed(&case, Some(request.clone())).is_ok() {
            prop_assert!(is_allowed(&richer, Some(request)).is_ok());
        }
    }

    /// Asking for more with AND, or for less with OR, never gets further.
    #[test]
    fn asking_for_more_is_never_easier(
        case in some_case(),
        request in some_request(1..4, 1..4),
        more in some_request(1..2, 1..3),
    ) {
        let both = |connector| PermissionRequest {
            resources: [request.resources.clone(), more.resources.clone()].concat(),
            connector: Some(connector),
        };
        let alone = |connector| PermissionRequest {
            resources: request.resources.clone(),
            connector: Some(connector),
        };
        if is_allowed(&case, Some(both(Connector::And))).is_ok() {
            prop_assert!(is_allowed(&case, Some(alone(Connector::And))).is_ok());
        }
        if is_allowed(&case, Some(alone(Connector::Or))).is_ok() {
            prop_assert!(is_allowed(&case, Some(both(Connector::Or))).is_ok());
        }
    }

    /// Without a request, the membership alone is asked for.
    #[test]
    fn members_are_those_with_a_membership_that_counts(case in some_case()) {
        let is_member = (0..case.seats.len()).any(|level| case.would_count(level))
            && !case.lacks_second_factor();
        prop_assert_eq!(is_allowed(&case, None).is_ok(), is_member);
    }
}

#[test]
fn a_check_without_a_group_is_refused() {
    let mut call = PermissionCheckCall {
        session_expiration_time: None,
        now: NOW,
        permissions: None,
        lineage: line(1),
        standing: standing_rows(vec![membership(0, &["owner"])]),
        request: None,
    };
    assert!(matches!(
        check(call.clone()),
        PermissionCheck::Allowed { .. }
    ));
    call.lineage.clear();
    assert!(matches!(
        check(call),
        PermissionCheck::Refused { refusal } if refusal.code == ErrorCode::Forbidden
    ));
}

#[test]
fn a_check_names_the_roles_of_all_memberships() {
    let answer = check(PermissionCheckCall {
        session_expiration_time: None,
        now: NOW,
        permissions: None,
        lineage: line(3),
        standing: standing_rows(vec![
            membership(0, &["member"]),
            membership(2, &["admin", "member"]),
        ]),
        request: None,
    });
    let roles = strings(&["member", "admin"]);
    assert_eq!(answer, PermissionCheck::Allowed { roles });
}

#[test]
fn a_session_that_is_over_may_nothing() {
    let ends = |time: f64| {
        check(PermissionCheckCall {
            session_expiration_time: Some(UnixMillis(time)),
            now: NOW,
            permissions: None,
            lineage: line(1),
            standing: standing_rows(vec![membership(0, &["owner"])]),
            request: None,
        })
    };
    assert!(matches!(ends(NOW.0 + 1.0), PermissionCheck::Allowed { .. }));
    assert!(matches!(
        ends(NOW.0),
        PermissionCheck::Refused { refusal } if refusal.code == ErrorCode::NotSignedIn
    ));
}

#[test]
fn a_session_of_one_factor_is_not_enough_where_two_are_asked_for() {
    let asked = |methods: Option<Vec<AuthenticationMethod>>, needs: bool| {
        let mut standing = standing_rows(vec![membership(0, &["owner"])]);
        let mut person = user();
        person.second_factor_time = Some(UnixMillis(1.0));
        standing.user = Some(person);
        standing.session_methods = methods;
        let lineage = with_second_factor(line(1), needs);
        let call = PermissionCheckCall {
            session_expiration_time: None,
            now: NOW,
            permissions: Some(config()),
            lineage,
            standing,
            request: None,
        };
        match check(call) {
            PermissionCheck::Allowed { .. } => None,
            PermissionCheck::Refused { refusal } => Some(refusal.code),
        }
    };
    let weak = || Some(vec![Password]);
    assert_eq!(asked(weak(), false), None);
    assert_eq!(asked(weak(), true), Some(ErrorCode::SecondFactorRequired));
    assert_eq!(asked(Some(vec![Password, MultipleFactors]), true), None);
    assert_eq!(asked(Some(vec![Password, TrustedDevice]), true), None);
    // Somebody else asks about the user.
    assert_eq!(asked(None, true), None);
}
