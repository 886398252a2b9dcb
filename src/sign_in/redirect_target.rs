//! Where a link in an e-mail may lead.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::redirect;
use crate::refusal::{ErrorCode, Refusal};

/// A redirect that a client asks for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct RedirectCall {
    /// A path, or an absolute URL.
    pub target: String,
    /// The URL of the app.
    pub site_url: String,
    /// Other origins that the app allows.
    pub allowed_origins: Vec<String>,
}

/// Whether it is allowed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Tsify)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum RedirectAnswer {
    /// It is.
    Allowed {
        /// The absolute URL.
        url: String,
    },
    /// It is not.
    Refused {
        /// `INVALID_REDIRECT`.
        refusal: Refusal,
    },
}

/// Resolves a redirect against the app's URL.
pub fn resolve_redirect(call: &RedirectCall) -> RedirectAnswer {
    match redirect::resolve(&call.target, &call.site_url, &call.allowed_origins) {
        Ok(url) => RedirectAnswer::Allowed { url },
        Err(_) => RedirectAnswer::Refused {
            refusal: ErrorCode::InvalidRedirect.into(),
        },
    }
}
