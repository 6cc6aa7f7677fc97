//! Certificates: what passing a certification module is shown to others by.

pub mod certificate;
pub mod code;
pub(crate) mod documents;
pub mod open_badge;

pub use certificate::{
    Certificate, CertificateEvent, CertificateStatus, Naming, Pass, RevocationReason, Validity,
};
pub use code::{CertificateNumber, VerificationCode};
pub use open_badge::{Achievement, AchievementCredential, Addresses, Issuer};
