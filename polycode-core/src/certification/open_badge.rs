//! A certificate in the words of Open Badges 3.0 (1EdTech), which is a Verifiable Credential of
//! the W3C: made ready here, signed and hosted by whoever issues it.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::certification::{Certificate, CertificateStatus};

/// Who issues credentials.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Issuer {
    /// The issuer's own address or identifier, a URI.
    pub id: String,
    /// The issuer's name.
    pub name: String,
}

/// What a credential is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Achievement {
    /// A URI for the module.
    pub id: String,
    /// The module's title.
    pub name: String,
    /// What it is about.
    pub description: String,
    /// What has to be done for it, in words.
    pub criteria: String,
}

/// An `AchievementCredential` without its proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AchievementCredential {
    /// The vocabularies that the words come from.
    #[serde(rename = "@context")]
    pub context: Vec<String>,
    /// A URI for the certificate.
    pub id: String,
    /// What it is.
    #[serde(rename = "type")]
    pub kinds: Vec<String>,
    /// Its title.
    pub name: String,
    /// Who issues it.
    pub issuer: Profile,
    /// Since when it is good: when the certificate was issued.
    pub valid_from: Timestamp,
    /// From when on it is not good any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Timestamp>,
    /// When the module was passed.
    pub awarded_date: Timestamp,
    /// Whom and what it is about.
    pub credential_subject: AchievementSubject,
    /// Where to ask whether it was revoked.
    pub credential_status: CredentialStatus,
}

/// An issuer, as a `Profile`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    /// What it is.
    #[serde(rename = "type")]
    pub kinds: Vec<String>,
    /// Who.
    #[serde(flatten)]
    pub issuer: Issuer,
}

/// Whom and what a credential is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AchievementSubject {
    /// What it is.
    #[serde(rename = "type")]
    pub kinds: Vec<String>,
    /// A URI for the holder.
    pub id: String,
    /// What was achieved.
    pub achievement: AchievementClass,
    /// How well.
    pub result: Vec<AchievementResult>,
}

/// What was achieved, as an `Achievement`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AchievementClass {
    /// A URI for the module.
    pub id: String,
    /// What it is.
    #[serde(rename = "type")]
    pub kinds: Vec<String>,
    /// What kind of achievement.
    pub achievement_type: String,
    /// The module's title.
    pub name: String,
    /// What it is about.
    pub description: String,
    /// What has to be done for it.
    pub criteria: Criteria,
}

/// What has to be done for an achievement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Criteria {
    /// In words.
    pub narrative: String,
}

/// How well something was achieved, as a `Result`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct AchievementResult {
    /// What it is.
    #[serde(rename = "type")]
    pub kinds: Vec<String>,
    /// `Completed`.
    pub status: String,
    /// The grade, as a percentage.
    pub value: String,
}

/// Where to ask whether a credential was revoked, as a `1EdTechRevocationList`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CredentialStatus {
    /// The address of the list.
    pub id: String,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: String,
}

/// The addresses under which an issuer publishes; this crate knows none by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Addresses {
    /// A URI for the certificate.
    pub credential: String,
    /// A URI for the holder.
    pub holder: String,
    /// The address of the list of revoked certificates.
    pub revocations: String,
}

impl Certificate {
    /// The certificate as an Open Badge; none when it was revoked.
    pub fn open_badge(
        &self,
        issuer: Issuer,
        achievement: Achievement,
        addresses: Addresses,
    ) -> Option<AchievementCredential> {
        if let CertificateStatus::Revoked { .. } = self.status {
            return None;
        }
        Some(AchievementCredential {
            context: texts(&[
                "https://www.w3.org/ns/credentials/v2",
                "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
            ]),
            id: addresses.credential,
            kinds: texts(&["VerifiableCredential", "AchievementCredential"]),
            name: achievement.name.clone(),
            issuer: Profile {
                kinds: texts(&["Profile"]),
                issuer,
            },
            valid_from: self.issued_on,
            valid_until: self.expires_at,
            awarded_date: self.pass.at,
            credential_subject: AchievementSubject {
                kinds: texts(&["AchievementSubject"]),
                id: addresses.holder,
                achievement: AchievementClass::from(achievement),
                result: vec![AchievementResult {
                    kinds: texts(&["Result"]),
                    status: "Completed".to_owned(),
                    value: self.pass.score.to_string(),
                }],
            },
            credential_status: CredentialStatus {
                id: addresses.revocations,
                kind: "1EdTechRevocationList".to_owned(),
            },
        })
    }
}

impl From<Achievement> for AchievementClass {
    fn from(achievement: Achievement) -> Self {
        Self {
            id: achievement.id,
            kinds: texts(&["Achievement"]),
            achievement_type: "Certificate".to_owned(),
            name: achievement.name,
            description: achievement.description,
            criteria: Criteria {
                narrative: achievement.criteria,
            },
        }
    }
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}
