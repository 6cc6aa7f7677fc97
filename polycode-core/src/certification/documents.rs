//! How certificates are stored and found.

use serde::{Deserialize, Serialize};

use crate::certification::{Certificate, CertificateNumber};
use crate::id::{InvalidName, ModuleId, UserId};
use crate::port::{Document, Term};

/// How many certificates were issued in a year: what the next one's number follows from. It is
/// written with the certificate, so that no number is given twice or left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct CertificatesOfYear {
    /// The year.
    pub(crate) year: u16,
    /// How many.
    pub(crate) issued: u64,
}

impl CertificatesOfYear {
    /// The number of the next certificate, and the count with it.
    pub(crate) fn next(&self) -> Result<(CertificateNumber, Self), InvalidName> {
        let issued = self.issued + 1;
        let year = self.year;
        Ok((CertificateNumber::new(year, issued)?, Self { year, issued }))
    }
}

impl Certificate {
    /// The list of the one certificate of a number.
    pub(crate) const NUMBER: &str = "number";
    /// The list of the one certificate of a code.
    pub(crate) const CODE: &str = "code";
    /// The list of a user's certificates.
    pub(crate) const HOLDER: &str = "holder";
    /// The list of what a user got for a module.
    pub(crate) const PASS: &str = "pass";

    /// What a user gets for a module.
    pub(crate) fn pass_of(user: &UserId, module: ModuleId) -> String {
        format!("{module} {user}")
    }
}

impl Document for CertificatesOfYear {
    const KIND: &'static str = "certificates of a year";

    fn key(&self) -> String {
        self.year.to_string()
    }
}

impl Document for Certificate {
    const KIND: &'static str = "certificate";

    fn key(&self) -> String {
        self.id.to_string()
    }

    fn terms(&self) -> Vec<Term> {
        let pass = Self::pass_of(&self.pass.user, self.pass.module);
        vec![
            Term::unique(Self::NUMBER, &self.number),
            Term::unique(Self::CODE, &self.code),
            // Ids sort by age.
            Term::listed(Self::HOLDER, &self.pass.user, &self.id),
            Term::listed(Self::PASS, &pass, &self.id),
        ]
    }
}
