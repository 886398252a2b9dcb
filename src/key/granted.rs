//! What a key of a group may be used for.

use crate::permission::{Catalogue, PermissionConfig, PermissionSet, Standing, Statement};

/// What of a key's scopes who made it holds in the group. A scope that is no
/// permission at all passes only where the app defines no permissions, since
/// nobody could hold it.
pub(super) fn granted(
    scopes: &[Statement],
    standing: &Standing,
    permissions: Option<&PermissionConfig>,
) -> PermissionSet {
    let catalogue = Catalogue::new(permissions);
    PermissionSet::of(scopes).only(|resource, action| {
        if catalogue.knows(resource, action) {
            standing.permissions().holds(resource, action)
        } else {
            !catalogue.is_defined()
        }
    })
}
