//! A certificate: issued once for passing a module, and good until it expires or is revoked.

use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::certification::{CertificateNumber, VerificationCode};
use crate::id::{CertificateId, ModuleId, UserId};
use crate::quantity::{Score, Version};
use crate::refusal::Refusal;

/// That a user passed a certification module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Certificate {
    /// Its id.
    pub id: CertificateId,
    /// Its number, for people.
    pub number: CertificateNumber,
    /// The code by which anybody who has it can verify the certificate.
    pub code: VerificationCode,
    /// What was passed, and by whom.
    pub pass: Pass,
    /// When it was issued.
    pub issued_on: Timestamp,
    /// From when on it is not good any more; none when it stays good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// Whether it was taken back.
    pub status: CertificateStatus,
}

/// That somebody passed a module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Pass {
    /// Who.
    pub user: UserId,
    /// Which module …
    pub module: ModuleId,
    /// … as it was then.
    pub module_version: Version,
    /// The grade.
    pub score: Score,
    /// The grade that was needed.
    pub pass_mark: Score,
    /// When.
    pub at: Timestamp,
}

/// Whether a certificate was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum CertificateStatus {
    /// It was not.
    Issued,
    /// It was, for good.
    Revoked {
        /// When.
        at: Timestamp,
        /// Why.
        reason: RevocationReason,
    },
}

/// Why a certificate was taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RevocationReason {
    /// It should not have been issued.
    IssuedInError,
    /// The grade was changed below what was needed.
    Regraded,
    /// The work was found not to be the holder's own.
    Misconduct,
    /// The holder asked for it, or deleted the account.
    HolderAsked,
}

/// What somebody who verifies a certificate is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Validity {
    /// It is good.
    Good,
    /// It was good until it expired.
    Expired,
    /// It was taken back.
    Revoked,
}

/// What happened to a certificate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[non_exhaustive]
pub enum CertificateEvent {
    /// It was issued.
    Issued {
        /// The certificate as it begins its life.
        certificate: Certificate,
    },
    /// It was taken back.
    Revoked {
        /// The certificate.
        certificate: CertificateId,
        /// Why.
        reason: RevocationReason,
        /// When.
        at: Timestamp,
    },
}

/// The names that a new certificate gets; each must be new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Naming {
    /// Its id.
    pub id: CertificateId,
    /// Its number.
    pub number: CertificateNumber,
    /// Its code.
    pub code: VerificationCode,
}

impl Certificate {
    /// Issues a certificate. `held` is the certificate that the user has for the module, if there
    /// is one; a store keeps at most one that is good. `lasts` is none when it stays good.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] when the grade is below the pass mark; [`Refusal::AlreadyDone`] when
    /// the user holds one that is still good.
    pub fn decide_issue(
        naming: Naming,
        pass: Pass,
        held: Option<&Self>,
        lasts: Option<SignedDuration>,
        now: Timestamp,
    ) -> Result<CertificateEvent, Refusal> {
        if pass.score < pass.pass_mark {
            let message = format!("{} is needed, not {}", pass.pass_mark, pass.score);
            return Err(Refusal::invalid("score", message));
        }
        if held.is_some_and(|held| held.validity(now) == Validity::Good) {
            return Err(Refusal::AlreadyDone {
                what: "the certificate was issued",
            });
        }
        let Naming { id, number, code } = naming;
        // What would expire after the end of the calendar stays good.
        let expires_at = lasts.and_then(|lasts| now.checked_add(lasts).ok());
        let certificate = Self {
            id,
            number,
            code,
            pass,
            issued_on: now,
            expires_at,
            status: CertificateStatus::Issued,
        };
        Ok(CertificateEvent::Issued { certificate })
    }

    /// The certificate that a [`CertificateEvent::Issued`] begins; none for any other event.
    pub fn begin(event: &CertificateEvent) -> Option<Self> {
        match event {
            CertificateEvent::Issued { certificate } => Some(certificate.clone()),
            CertificateEvent::Revoked { .. } => None,
        }
    }

    /// Takes the certificate back for good, also when it expired.
    ///
    /// # Errors
    /// [`Refusal::AlreadyDone`] when it was taken back before.
    pub fn decide_revoke(
        &self,
        reason: RevocationReason,
        now: Timestamp,
    ) -> Result<CertificateEvent, Refusal> {
        match self.status {
            CertificateStatus::Issued => Ok(CertificateEvent::Revoked {
                certificate: self.id,
                reason,
                at: now,
            }),
            CertificateStatus::Revoked { .. } => Err(Refusal::AlreadyDone {
                what: "the certificate was revoked",
            }),
        }
    }

    /// The certificate after an event.
    #[must_use]
    pub fn apply(self, event: &CertificateEvent) -> Self {
        match event {
            CertificateEvent::Issued { .. } => self,
            CertificateEvent::Revoked { reason, at, .. } => {
                let status = CertificateStatus::Revoked {
                    at: *at,
                    reason: *reason,
                };
                Self { status, ..self }
            }
        }
    }

    /// What somebody who verifies it now is told.
    pub fn validity(&self, now: Timestamp) -> Validity {
        match self.status {
            CertificateStatus::Revoked { .. } => Validity::Revoked,
            CertificateStatus::Issued if self.expires_at.is_some_and(|end| end <= now) => {
                Validity::Expired
            }
            CertificateStatus::Issued => Validity::Good,
        }
    }
}

#[cfg(test)]
mod tests;
