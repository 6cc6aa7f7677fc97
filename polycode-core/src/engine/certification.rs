//! Certificates: issued for passing a module, verified by anybody, taken back.

use jiff::SignedDuration;
use jiff::tz::TimeZone;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::certification::documents::CertificatesOfYear;
use crate::certification::{
    Achievement, AchievementCredential, Addresses, Certificate, CertificateNumber, Issuer, Naming,
    Pass, RevocationReason, Validity, VerificationCode,
};
use crate::engine::changes::{Changes, not_found};
use crate::engine::{Engine, EngineError};
use crate::id::{CertificateId, UserId};
use crate::permission::{Action, Actor, Ownership, Resource};
use crate::port::{Lookup, Page, PageRequest, PortError, Versioned};
use crate::quantity::Seconds;
use crate::refusal::Refusal;

/// What anybody who has a certificate's code is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Verification {
    /// The number of the certificate.
    pub number: CertificateNumber,
    /// What was passed, and by whom.
    pub pass: Pass,
    /// When it was issued.
    pub issued_on: jiff::Timestamp,
    /// From when on it is not good any more; none when it stays good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<jiff::Timestamp>,
    /// Whether it is good now.
    pub validity: Validity,
}

impl Engine {
    /// SU-1: issues a certificate to somebody who passed a certification module. The host, or
    /// the progress in modules, says so: it is no use case of an actor. `lasts` is none when the
    /// certificate stays good.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the grade is below the pass mark, or the user holds a
    /// certificate for the module that is still good; [`EngineError::Store`] when the store
    /// failed.
    pub async fn certify(
        &self,
        pass: Pass,
        lasts: Option<Seconds>,
    ) -> Result<Certificate, EngineError> {
        let lasts = lasts.map(|Seconds(seconds)| {
            SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX))
        });
        let secret = self.ids.secret();
        let half = std::array::from_fn(|place| secret.get(place).copied().unwrap_or_default());
        let (id, code) = (CertificateId(self.ids.next()), VerificationCode::new(half));
        let mut tries = self.tries();
        loop {
            let now = self.clock.now();
            let year = now.to_zoned(TimeZone::UTC).year();
            let year = u16::try_from(year).unwrap_or(0);
            let (read, count) = match self.find::<CertificatesOfYear>(&year).await? {
                Some(Versioned { version, value }) => (Some(version), value),
                None => (None, CertificatesOfYear { year, issued: 0 }),
            };
            let (number, count) = count.next().map_err(|error| {
                PortError::permanent(format!("the clock is off: {error}")).caused_by(error)
            })?;
            let held = Certificate::pass_of(&pass.user, pass.module);
            let held = Lookup::of::<Certificate>(Certificate::PASS, &held).reversed();
            let held = self.find_by::<Certificate>(held).await?;
            let held = held.as_ref().map(|held| &held.value);
            let naming = Naming { id, number, code };
            let issued = Certificate::decide_issue(naming, pass.clone(), held, lasts, now)?;
            let mut changes = Changes::default();
            let certificate = Certificate::begin(&issued);
            if let Some(certificate) = &certificate {
                changes.create(certificate)?;
            }
            changes.put(&count, read)?;
            changes.event(issued);
            if tries.lands(changes).await?
                && let Some(certificate) = certificate
            {
                return Ok(certificate);
            }
        }
    }

    /// SU-1: tells anybody who has its code whether a certificate is good. Codes are read as
    /// people type them; one that is wrong looks like one that was never given.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when there is no certificate of this code;
    /// [`EngineError::Store`] when the store failed.
    pub async fn verify_certificate(
        &self,
        actor: &Actor,
        code: &str,
    ) -> Result<Verification, EngineError> {
        let certificate = self.certificate_of_code(actor, code).await?;
        let validity = certificate.validity(self.clock.now());
        Ok(Verification {
            number: certificate.number,
            pass: certificate.pass,
            issued_on: certificate.issued_on,
            expires_at: certificate.expires_at,
            validity,
        })
    }

    /// SU-1: a certificate as an Open Badge 3.0, for the host to sign; none when it was revoked.
    ///
    /// # Errors
    /// As [`Engine::verify_certificate`].
    pub async fn open_badge(
        &self,
        actor: &Actor,
        code: &str,
        issuer: Issuer,
        achievement: Achievement,
        addresses: Addresses,
    ) -> Result<Option<AchievementCredential>, EngineError> {
        let certificate = self.certificate_of_code(actor, code).await?;
        Ok(certificate.open_badge(issuer, achievement, addresses))
    }

    /// SU-1: a user's certificates, newest first; they are the holder's own, with their codes.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not see them; [`EngineError::Store`] when the
    /// store failed.
    pub async fn certificates(
        &self,
        actor: &Actor,
        holder: &UserId,
        page: PageRequest,
    ) -> Result<Page<Certificate>, EngineError> {
        let permission = Action::Read.on(Resource::Progress);
        actor.require(permission, actor.ownership(holder), "user", holder)?;
        let lookup = Lookup::of::<Certificate>(Certificate::HOLDER, holder).reversed();
        let certificates = self.list::<Certificate>(lookup, page).await?;
        Ok(certificates.map(|certificate| certificate.value))
    }

    /// SU-1: takes a certificate back for good.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when there is none, the actor may not, or it was taken back
    /// before; [`EngineError::Store`] when the store failed.
    pub async fn revoke_certificate(
        &self,
        actor: &Actor,
        id: CertificateId,
        reason: RevocationReason,
    ) -> Result<Certificate, EngineError> {
        let permission = Action::Revoke.on(Resource::Certificate);
        // It is asked before anything is looked up: ids must not be tried out.
        let may = actor.require(permission, Ownership::Other, "certificate", &id);
        may.map_err(|_| not_found::<Certificate>(&id))?;
        let mut tries = self.tries();
        loop {
            let Versioned { version, value } = self.load::<Certificate>(&id).await?;
            let revoked = value.decide_revoke(reason, self.clock.now())?;
            let certificate = value.apply(&revoked);
            let mut changes = Changes::default();
            changes.put(&certificate, Some(version))?;
            changes.event(revoked);
            if tries.lands(changes).await? {
                return Ok(certificate);
            }
        }
    }

    async fn certificate_of_code(
        &self,
        actor: &Actor,
        code: &str,
    ) -> Result<Certificate, EngineError> {
        // The code itself is not repeated: refusals are logged.
        let absent = || Refusal::NotFound {
            what: "certificate",
            id: "…".to_owned(),
        };
        let permission = Action::Read.on(Resource::Certificate);
        actor.require(permission, Ownership::Other, "certificate", "…")?;
        let code: VerificationCode = code.parse().map_err(|_| absent())?;
        let lookup = Lookup::of::<Certificate>(Certificate::CODE, &code);
        let found = self.find_by::<Certificate>(lookup).await?;
        Ok(found.ok_or_else(absent)?.value)
    }
}
