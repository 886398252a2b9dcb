//! Which settings an organization may have, and what holds where it has none.

use super::bounds::Bounds;
use crate::permission::Standing;
use crate::refusal::{ErrorCode, Refusal};
use crate::time::Millis;
use crate::tree::GroupSettings;

/// How many members a group can have: at least one, who owns it. Larger than
/// any organization; it keeps counts exact.
const MEMBERS: Bounds = Bounds {
    least: 1.0,
    most: 10_000_000.0,
};
const DEFAULT_MEMBERS: f64 = 100.0;

/// How many invitations can wait: each of them may be used by a stranger who
/// finds it, so that more than these are a mistake.
const PENDING_INVITES: Bounds = Bounds {
    least: 0.0,
    most: 10_000.0,
};
const DEFAULT_PENDING_INVITES: f64 = 100.0;

/// How long an invitation can be valid: long enough to open an e-mail, and
/// short enough that a forgotten link dies.
const INVITE_LIFETIME: Bounds = Bounds::of_time(Millis::MINUTE.times(5.0), Millis::DAY.times(90.0));
const DEFAULT_INVITE_LIFETIME: Millis = Millis::DAY.times(7.0);

/// How many teams can be right below a group: as many as a person can still
/// search through.
const TEAMS: Bounds = Bounds {
    least: 0.0,
    most: 10_000.0,
};
const DEFAULT_TEAMS: f64 = 100.0;

/// How many roles an organization can make: as many as one page of a list
/// can be asked to show in a few calls.
const ROLES: Bounds = Bounds {
    least: 0.0,
    most: 500.0,
};
const DEFAULT_ROLES: f64 = 50.0;

/// How long a deleted organization can wait: a quarter of a year, after which
/// data that somebody wanted gone must go.
const DELETION_GRACE: Bounds = Bounds::of_time(Millis(0.0), Millis::DAY.times(90.0));
const DEFAULT_DELETION_GRACE: Millis = Millis(0.0);

/// What holds for an organization and all groups below, with nothing missing
/// and every number within its bounds.
#[derive(Clone, Debug, PartialEq)]
pub struct EffectiveSettings {
    /// The most members of the organization, and of any group below that is no
    /// team.
    pub member_limit: u32,
    /// The most invitations that wait for an answer, in each group.
    pub pending_invite_limit: u32,
    /// How long an invitation is valid.
    pub invite_lifetime: Millis,
    /// The most groups of the type `team` below one group.
    pub team_limit: u32,
    /// The most members of a team.
    pub team_member_limit: u32,
    /// The most roles of the organization's own.
    pub role_limit: u32,
    /// Whether the last team below a group cannot be deleted.
    pub keeps_last_team: bool,
    /// Whether the slug of the organization stays as it is.
    pub slug_locked: bool,
    /// Whether the organization cannot be deleted while it has other members.
    pub deletion_protection: bool,
    /// During which time the deleted organization can be restored.
    pub deletion_grace: Millis,
}

impl EffectiveSettings {
    /// What the organization has settled, or else the app, or else nobody.
    pub(super) fn resolve(stored: &GroupSettings, app: &GroupSettings) -> Self {
        let member_limit =
            MEMBERS.resolve_count([stored.member_limit, app.member_limit], DEFAULT_MEMBERS);
        EffectiveSettings {
            member_limit,
            pending_invite_limit: PENDING_INVITES.resolve_count(
                [stored.pending_invite_limit, app.pending_invite_limit],
                DEFAULT_PENDING_INVITES,
            ),
            invite_lifetime: INVITE_LIFETIME.resolve_time(
                [stored.invite_lifetime_ms, app.invite_lifetime_ms],
                DEFAULT_INVITE_LIFETIME,
            ),
            team_limit: TEAMS.resolve_count([stored.team_limit, app.team_limit], DEFAULT_TEAMS),
            team_member_limit: MEMBERS.resolve_count(
                [stored.team_member_limit, app.team_member_limit],
                f64::from(member_limit),
            ),
            role_limit: ROLES.resolve_count([stored.role_limit, app.role_limit], DEFAULT_ROLES),
            keeps_last_team: either(stored.keeps_last_team, app.keeps_last_team),
            slug_locked: either(stored.slug_locked, app.slug_locked),
            deletion_protection: either(stored.deletion_protection, app.deletion_protection),
            deletion_grace: DELETION_GRACE.resolve_time(
                [stored.deletion_grace_ms, app.deletion_grace_ms],
                DEFAULT_DELETION_GRACE,
            ),
        }
    }
}

impl GroupSettings {
    /// Makes sure that all that is set is within its bounds.
    ///
    /// # Errors
    /// `INVALID_PARAMETERS`, with a message that names the setting.
    pub(super) fn check(&self) -> Result<(), Refusal> {
        let time = |setting: Option<Millis>| setting.map(|time| time.0);
        for (name, value, bounds) in [
            ("memberLimit", self.member_limit, MEMBERS),
            (
                "pendingInviteLimit",
                self.pending_invite_limit,
                PENDING_INVITES,
            ),
            (
                "inviteLifetimeMs",
                time(self.invite_lifetime_ms),
                INVITE_LIFETIME,
            ),
            ("teamLimit", self.team_limit, TEAMS),
            ("teamMemberLimit", self.team_member_limit, MEMBERS),
            ("roleLimit", self.role_limit, ROLES),
            (
                "deletionGraceMs",
                time(self.deletion_grace_ms),
                DELETION_GRACE,
            ),
        ] {
            if value.is_some_and(|value| !bounds.includes(value)) {
                return Err(Refusal::with_message(
                    ErrorCode::InvalidParameters,
                    format!(
                        "`settings.{name}` is not valid: it must be a whole number from {} to {}",
                        bounds.least, bounds.most
                    ),
                ));
            }
        }
        Ok(())
    }

    /// Makes sure that somebody may set what is set.
    ///
    /// # Errors
    /// `FORBIDDEN` or `SECOND_FACTOR_REQUIRED`: the limits are the app's alone,
    /// and what guards the organization takes a permission of its own. Who
    /// asks the others for a second factor must have one, and would be shut
    /// out otherwise.
    pub(super) fn authorize(
        &self,
        standing: &Standing,
        has_second_factor: bool,
    ) -> Result<(), Refusal> {
        let limits = [
            self.member_limit,
            self.pending_invite_limit,
            self.team_limit,
            self.team_member_limit,
            self.role_limit,
        ];
        if limits.iter().any(Option::is_some) {
            return Err(Refusal::with_message(
                ErrorCode::Forbidden,
                "you are not allowed to do this: only the app sets limits".to_owned(),
            ));
        }
        if self.invite_lifetime_ms.is_some() {
            standing.require("organization", "update")?;
        }
        let switches = [
            self.keeps_last_team,
            self.slug_locked,
            self.require_second_factor,
            self.deletion_protection,
        ];
        if switches.iter().any(Option::is_some) || self.deletion_grace_ms.is_some() {
            standing.require("organization", "security")?;
        }
        if self.require_second_factor == Some(true) && !has_second_factor {
            return Err(ErrorCode::SecondFactorRequired.into());
        }
        Ok(())
    }

    /// These settings, and those of `stored` that are missing here.
    pub(super) fn over(self, stored: GroupSettings) -> Self {
        GroupSettings {
            member_limit: self.member_limit.or(stored.member_limit),
            pending_invite_limit: self.pending_invite_limit.or(stored.pending_invite_limit),
            invite_lifetime_ms: self.invite_lifetime_ms.or(stored.invite_lifetime_ms),
            team_limit: self.team_limit.or(stored.team_limit),
            team_member_limit: self.team_member_limit.or(stored.team_member_limit),
            role_limit: self.role_limit.or(stored.role_limit),
            keeps_last_team: self.keeps_last_team.or(stored.keeps_last_team),
            slug_locked: self.slug_locked.or(stored.slug_locked),
            require_second_factor: self.require_second_factor.or(stored.require_second_factor),
            deletion_protection: self.deletion_protection.or(stored.deletion_protection),
            deletion_grace_ms: self.deletion_grace_ms.or(stored.deletion_grace_ms),
        }
    }

    /// Whether nothing is set.
    pub(super) fn is_empty(&self) -> bool {
        *self == GroupSettings::default()
    }
}

fn either(stored: Option<bool>, app: Option<bool>) -> bool {
    stored.or(app).unwrap_or(false)
}
