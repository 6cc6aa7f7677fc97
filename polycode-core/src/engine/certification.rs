//! Certificates: issued for passing a module, verified by anybody, taken back.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalogue::Module;
use crate::certification::documents::CertificatesOfYear;
use crate::certification::{
    Achievement, AchievementCredential, Addresses, Certificate, CertificateNumber, Issuer, Naming,
    Pass, RevocationReason, Validity, VerificationCode,
};
use crate::engine::changes::{Changes, not_found};
use crate::engine::practice::booking::split;
use crate::engine::{Engine, EngineError};
use crate::id::{CertificateId, UserId};
use crate::permission::{Action, Actor, Ownership, Resource};
use crate::port::{Lookup, Page, PageRequest, PortError, Versioned};
use crate::quantity::{Seconds, Version};
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
    pub issued_on: Timestamp,
    /// From when on it is not good any more; none when it stays good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// Whether it is good now.
    pub validity: Validity,
}

impl Engine {
    /// SU-1: issues a certificate to somebody who passed elsewhere, or whose certificate is not
    /// good any more. Who passes a certification module gets one without this. `lasts` is none
    /// when the certificate stays good.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not, the grade is below the pass mark, or the
    /// user holds a certificate for the module that is still good; [`EngineError::Store`] when
    /// the store failed.
    pub async fn certify(
        &self,
        actor: &Actor,
        pass: Pass,
        lasts: Option<Seconds>,
    ) -> Result<Certificate, EngineError> {
        let create = Action::Create.on(Resource::Certificate);
        actor.require_own(create, "issuing a certificate")?;
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let passes = vec![(pass.clone(), lasts)];
            let issued = self.issue_certificates(&mut changes, passes).await?;
            let certificate = issued.into_iter().next().ok_or(Refusal::AlreadyDone {
                what: "the certificate was issued",
            })?;
            if tries.lands(changes).await? {
                return Ok(certificate);
            }
        }
    }

    /// Issues certificates, numbered one after the other, to those who hold none that is good.
    pub(super) async fn issue_certificates(
        &self,
        changes: &mut Changes,
        passes: Vec<(Pass, Option<Seconds>)>,
    ) -> Result<Vec<Certificate>, EngineError> {
        if passes.is_empty() {
            return Ok(Vec::new());
        }
        let now = self.clock.now();
        let mut certificates = Vec::new();
        // Read before what is held: whoever is certified after that has counted, too.
        let (read, mut count) = self.certificates_of_year(now).await?;
        for (pass, lasts) in passes {
            let held = Certificate::pass_of(&pass.user, pass.module);
            let held = Lookup::of::<Certificate>(Certificate::PASS, &held).reversed();
            let held = self.find_by::<Certificate>(held).await?;
            let (number, next) = count.next().map_err(|error| {
                PortError::permanent(format!("the clock is off: {error}")).caused_by(error)
            })?;
            let (id, code) = (CertificateId(self.ids.next()), self.verification_code());
            let naming = Naming { id, number, code };
            let lasts = lasts.map(|Seconds(seconds)| {
                SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX))
            });
            let held = held.as_ref().map(|held| &held.value);
            let issued = match Certificate::decide_issue(naming, pass, held, lasts, now) {
                Ok(issued) => issued,
                Err(Refusal::AlreadyDone { .. }) => continue,
                Err(refused) => return Err(refused.into()),
            };
            count = next;
            certificates.extend(Certificate::begin(&issued).map(|made| (made, issued)));
        }
        if certificates.is_empty() {
            return Ok(Vec::new());
        }
        // First: where somebody has counted meanwhile, it is decided again, and no number is a duplicate.
        changes.put(&count, read)?;
        let mut made = Vec::new();
        for (certificate, issued) in certificates {
            changes.create(&certificate)?;
            changes.event(issued);
            made.push(certificate);
        }
        Ok(made)
    }

    /// How many certificates there are of this year, and at which version that was read.
    async fn certificates_of_year(
        &self,
        now: Timestamp,
    ) -> Result<(Option<Version>, CertificatesOfYear), EngineError> {
        let year = now.to_zoned(TimeZone::UTC).year();
        let year = u16::try_from(year).unwrap_or(0);
        let stored = self.find::<CertificatesOfYear>(&year).await?;
        Ok(split(stored, || CertificatesOfYear { year, issued: 0 }))
    }

    fn verification_code(&self) -> VerificationCode {
        let secret = self.ids.secret();
        VerificationCode::new(std::array::from_fn(|place| {
            secret.get(place).copied().unwrap_or_default()
        }))
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

    /// SU-1: takes a certificate back for good, as the module's author does.
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
        let mut tries = self.tries();
        loop {
            let Versioned { version, value } = self.load::<Certificate>(&id).await?;
            let module = self.find::<Module>(&value.pass.module).await?;
            let ownership = module.map(|module| module.value.authors.ownership(actor));
            let ownership = ownership.unwrap_or(Ownership::Other);
            // One that the actor may not take back is not there: ids must not be tried out.
            let may = actor.require(permission, ownership, "certificate", &id);
            may.map_err(|_| not_found::<Certificate>(&id))?;
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
