//! Which permissions a role that an organization makes can have.

use super::catalogue::Catalogue;
use super::set::PermissionSet;
use super::statement::Statement;
use crate::refusal::{ErrorCode, Refusal};

/// The most statements of a role that an organization makes. They are read by
/// every permission check of who has the role.
const MAX_STATEMENTS: usize = 256;

/// The most actions of such a role, on all resources together.
const MAX_ACTIONS: usize = 1_024;

/// How much of an unknown name a refusal repeats, in characters.
const MAX_REPEATED_LENGTH: usize = 64;

/// What the statements of a role allow together, each resource and each action
/// once.
///
/// # Errors
/// `INVALID_PARAMETERS` if there are too many, or if one has no action.
/// `UNKNOWN_PERMISSION`, with the name, if something is neither built in nor
/// defined by the app.
pub(crate) fn permissions_of(
    statements: &[Statement],
    catalogue: &Catalogue<'_>,
) -> Result<PermissionSet, Refusal> {
    let actions: usize = statements
        .iter()
        .map(|statement| statement.actions.len())
        .sum();
    if statements.len() > MAX_STATEMENTS || actions > MAX_ACTIONS {
        return Err(invalid(&format!(
            "there can be {MAX_STATEMENTS} resources and {MAX_ACTIONS} actions at most"
        )));
    }
    for Statement { resource, actions } in statements {
        if actions.is_empty() {
            return Err(invalid("every resource needs an action"));
        }
        if let Some(action) = actions
            .iter()
            .find(|action| !catalogue.knows(resource, action))
        {
            let name: String = format!("{resource}:{action}")
                .chars()
                .take(MAX_REPEATED_LENGTH)
                .collect();
            return Err(Refusal::with_message(
                ErrorCode::UnknownPermission,
                format!("there is no permission `{name}`"),
            ));
        }
    }
    Ok(catalogue.allowed_by(statements))
}

fn invalid(reason: &str) -> Refusal {
    Refusal::with_message(
        ErrorCode::InvalidParameters,
        format!("`permissions` is not valid: {reason}"),
    )
}
