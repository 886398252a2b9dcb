//! What a key may be used for, as it is asked for.

use super::config::KeyConfiguration;
use crate::permission::{Catalogue, PermissionConfig, PermissionSet, Standing, Statement};
use crate::refusal::{ErrorCode, Refusal};

/// The most resources of a key. They are read by every verification.
const MAX_RESOURCES: usize = 64;

/// The most actions of a key, on all resources together.
const MAX_ACTIONS: usize = 256;

/// The longest name of a resource or an action, in bytes.
const MAX_NAME_LENGTH: usize = 64;

/// The most bytes of all scopes of a key, as `resource:action` each: they are in
/// its tokens, which are headers.
const MAX_LENGTH: usize = 4_096;

/// How much of an unknown scope a refusal repeats, in characters.
const MAX_REPEATED_LENGTH: usize = 140;

/// Whose permissions a key of a group is held to.
pub(super) struct Grantor<'a> {
    /// What the app defines.
    pub(super) permissions: Option<&'a PermissionConfig>,
    /// Who makes or changes the key; missing when the app does.
    pub(super) standing: Option<&'a Standing>,
}

/// Scopes in the form in which they are stored: each resource and each action
/// once. `grantor` is there for keys of groups.
///
/// # Errors
/// `API_KEY_INVALID_SCOPE` if one is malformed, unknown to the kind of keys, or
/// for a group's key no permission. `FORBIDDEN` if who makes the key does not
/// hold it.
pub(super) fn check(
    scopes: &[Statement],
    configuration: &KeyConfiguration,
    grantor: Option<&Grantor<'_>>,
) -> Result<Vec<Statement>, Refusal> {
    let actions: usize = scopes.iter().map(|scope| scope.actions.len()).sum();
    if scopes.len() > MAX_RESOURCES || actions > MAX_ACTIONS {
        return Err(invalid(&format!(
            "there can be {MAX_RESOURCES} resources and {MAX_ACTIONS} actions at most"
        )));
    }
    let length: usize = scopes
        .iter()
        .flat_map(|scope| scope.actions.iter().map(move |action| (scope, action)))
        .map(|(scope, action)| scope.resource.len() + action.len() + 2)
        .sum();
    if length > MAX_LENGTH {
        return Err(invalid("they are longer than 4,096 bytes together"));
    }
    let is_wellformed = scopes.iter().all(|scope| {
        !scope.actions.is_empty()
            && std::iter::once(&scope.resource)
                .chain(&scope.actions)
                .all(|name| is_name(name))
    });
    if !is_wellformed {
        return Err(invalid(
            "each needs a resource and an action, named by up to 64 letters, digits, `_`, `-` \
             and `.`",
        ));
    }
    let wanted = PermissionSet::of(scopes);
    if let Some(known) = &configuration.scopes {
        refuse_unknown(&wanted, |resource, action| {
            PermissionSet::of(known).holds(resource, action)
        })?;
    }
    if let Some(grantor) = grantor {
        grantor.check(&wanted)?;
    }
    Ok(wanted.statements())
}

impl Grantor<'_> {
    fn check(&self, wanted: &PermissionSet) -> Result<(), Refusal> {
        let catalogue = Catalogue::new(self.permissions);
        if catalogue.is_defined() {
            refuse_unknown(wanted, |resource, action| catalogue.knows(resource, action))?;
        }
        self.require(wanted, &catalogue)
    }

    /// Makes sure that the grantor holds what a key may be used for already.
    /// What the app no longer defines can be used for nothing.
    ///
    /// # Errors
    /// `FORBIDDEN`, `SECOND_FACTOR_REQUIRED`.
    pub(super) fn check_held(&self, scopes: &[Statement]) -> Result<(), Refusal> {
        self.require(
            &PermissionSet::of(scopes),
            &Catalogue::new(self.permissions),
        )
    }

    fn require(&self, wanted: &PermissionSet, catalogue: &Catalogue<'_>) -> Result<(), Refusal> {
        let Some(standing) = self.standing else {
            return Ok(());
        };
        let permissions = wanted
            .clone()
            .only(|resource, action| catalogue.knows(resource, action));
        standing.require_all(&permissions)
    }
}

fn refuse_unknown(
    wanted: &PermissionSet,
    knows: impl Fn(&str, &str) -> bool,
) -> Result<(), Refusal> {
    match wanted
        .iter()
        .find(|(resource, action)| !knows(resource, action))
    {
        None => Ok(()),
        Some((resource, action)) => {
            let name: String = format!("{resource}:{action}")
                .chars()
                .take(MAX_REPEATED_LENGTH)
                .collect();
            Err(invalid(&format!("there is no `{name}`")))
        }
    }
}

fn is_name(name: &str) -> bool {
    (1..=MAX_NAME_LENGTH).contains(&name.len())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
}

fn invalid(reason: &str) -> Refusal {
    Refusal::with_message(
        ErrorCode::ApiKeyInvalidScope,
        format!("the scopes are not valid: {reason}"),
    )
}
