//! Letters in words: English and French, as plain text and as HTML.

use std::fmt::Write;

use jiff::Timestamp;
use polycode_core::people::Locale;

use super::Letter;
use crate::markdown::escape;

/// A language that mails are written in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Language {
    /// English.
    #[default]
    English,
    /// French.
    French,
}

/// What the words of a letter need to know.
#[derive(Debug)]
pub(super) struct Facts {
    pub(super) language: Language,
    /// Whom it is to; empty when that is not known.
    pub(super) name: String,
    /// The team or the campaign that it is about.
    pub(super) subject: String,
    /// Where its buttons lead.
    pub(super) link: String,
    /// Until when they do.
    pub(super) until: Option<Timestamp>,
}

/// A letter in a language.
struct Words {
    subject: String,
    lines: Vec<String>,
    /// What can be done, and where.
    buttons: Vec<(&'static str, String)>,
}

impl Language {
    /// The language nearest to what a user chose.
    pub fn of(locale: &Locale) -> Self {
        match locale.as_str().split('-').next() {
            Some("fr") => Self::French,
            _ => Self::English,
        }
    }
}

/// The subject, the plain text and the HTML of a letter.
pub(super) fn write(letter: &Letter, facts: &Facts) -> (String, String, String) {
    let words = match facts.language {
        Language::English => english(letter, facts),
        Language::French => french(letter, facts),
    };
    let greeting = greeting(facts);
    let text = plain(&greeting, &words);
    let html = html(&greeting, &words, facts.language);
    (words.subject, text, html)
}

fn greeting(facts: &Facts) -> String {
    let (with, without) = match facts.language {
        Language::English => ("Hello", "Hello,"),
        Language::French => ("Bonjour", "Bonjour,"),
    };
    match facts.name.as_str() {
        "" => without.to_owned(),
        name => format!("{with} {name},"),
    }
}

fn english(letter: &Letter, facts: &Facts) -> Words {
    let Facts { subject, link, .. } = facts;
    let until = facts
        .until
        .map_or_else(String::new, |until| day(until, "%-d %B %Y"));
    let one = |label| vec![(label, link.clone())];
    let (title, lines, buttons) = match letter {
        Letter::Welcome { .. } => (
            "Welcome to PolyCode".to_owned(),
            vec![
                "Your account is made. Once your address is confirmed you can sign in.".to_owned(),
            ],
            one("Open PolyCode"),
        ),
        Letter::ConfirmAddress { .. } => (
            "Confirm your address".to_owned(),
            vec![
                "Is this your address? The link is good for seven days.".to_owned(),
                "If you did not ask for this, do nothing.".to_owned(),
            ],
            one("Confirm my address"),
        ),
        Letter::AlreadyRegistered { .. } => (
            "You have an account already".to_owned(),
            vec![
                "Somebody asked for an account for this address, which has one.".to_owned(),
                "If that was you and you forgot your password, set a new one within the hour."
                    .to_owned(),
            ],
            one("Set a new password"),
        ),
        Letter::ResetPassword { .. } => (
            "Set a new password".to_owned(),
            vec![
                "The link is good once, and for an hour.".to_owned(),
                "If you did not ask for this, do nothing: your password stays.".to_owned(),
            ],
            one("Set a new password"),
        ),
        Letter::TeamInvitation { .. } => (
            format!("You are invited to the team {subject}"),
            vec![format!("The team {subject} would like you to join.")],
            answers(link, "Join the team", "No, thank you"),
        ),
        Letter::TeamKick { .. } => (
            format!("You are no longer in the team {subject}"),
            vec![format!(
                "The captain of the team {subject} has removed you from it."
            )],
            Vec::new(),
        ),
        Letter::TeamDissolved { .. } => (
            format!("The team {subject} was dissolved"),
            vec![format!(
                "The team {subject} is no more. Your polypoints stay yours."
            )],
            Vec::new(),
        ),
        Letter::CampaignInvitation { .. } => (
            format!("You are invited to {subject}"),
            vec![
                format!("You are invited to take the test of {subject}."),
                format!("You can answer until {until}."),
            ],
            answers(link, "Accept", "Decline"),
        ),
        Letter::TestReceived { .. } => (
            format!("Your test was received: {subject}"),
            vec![format!(
                "Your answers to the test of {subject} have arrived. Thank you."
            )],
            Vec::new(),
        ),
    };
    Words {
        subject: title,
        lines,
        buttons,
    }
}

fn french(letter: &Letter, facts: &Facts) -> Words {
    let Facts { subject, link, .. } = facts;
    let until = facts
        .until
        .map_or_else(String::new, |until| day(until, "%d/%m/%Y"));
    let one = |label| vec![(label, link.clone())];
    let (title, lines, buttons) = match letter {
        Letter::Welcome { .. } => (
            "Bienvenue sur PolyCode".to_owned(),
            vec![
                "Votre compte est créé. Dès que votre adresse sera confirmée, vous pourrez vous \
                 connecter."
                    .to_owned(),
            ],
            one("Ouvrir PolyCode"),
        ),
        Letter::ConfirmAddress { .. } => (
            "Confirmez votre adresse".to_owned(),
            vec![
                "Cette adresse est-elle la vôtre ? Le lien est valable sept jours.".to_owned(),
                "Si vous n’avez rien demandé, ignorez ce message.".to_owned(),
            ],
            one("Confirmer mon adresse"),
        ),
        Letter::AlreadyRegistered { .. } => (
            "Vous avez déjà un compte".to_owned(),
            vec![
                "Quelqu’un a demandé un compte pour cette adresse, qui en a déjà un.".to_owned(),
                "Si c’était vous et que vous avez oublié votre mot de passe, choisissez-en un \
                 nouveau dans l’heure."
                    .to_owned(),
            ],
            one("Choisir un mot de passe"),
        ),
        Letter::ResetPassword { .. } => (
            "Choisissez un nouveau mot de passe".to_owned(),
            vec![
                "Le lien est valable une seule fois, pendant une heure.".to_owned(),
                "Si vous n’avez rien demandé, ignorez ce message : votre mot de passe reste le \
                 même."
                    .to_owned(),
            ],
            one("Choisir un mot de passe"),
        ),
        Letter::TeamInvitation { .. } => (
            format!("Vous êtes invité à rejoindre l’équipe {subject}"),
            vec![format!("L’équipe {subject} aimerait vous accueillir.")],
            answers(link, "Rejoindre l’équipe", "Non, merci"),
        ),
        Letter::TeamKick { .. } => (
            format!("Vous ne faites plus partie de l’équipe {subject}"),
            vec![format!(
                "Le capitaine de l’équipe {subject} vous en a retiré."
            )],
            Vec::new(),
        ),
        Letter::TeamDissolved { .. } => (
            format!("L’équipe {subject} a été dissoute"),
            vec![format!(
                "L’équipe {subject} n’existe plus. Vos polypoints restent les vôtres."
            )],
            Vec::new(),
        ),
        Letter::CampaignInvitation { .. } => (
            format!("Vous êtes invité à {subject}"),
            vec![
                format!("Vous êtes invité à passer le test de {subject}."),
                format!("Vous pouvez répondre jusqu’au {until}."),
            ],
            answers(link, "Accepter", "Décliner"),
        ),
        Letter::TestReceived { .. } => (
            format!("Votre test a été reçu : {subject}"),
            vec![format!(
                "Vos réponses au test de {subject} sont arrivées. Merci."
            )],
            Vec::new(),
        ),
    };
    Words {
        subject: title,
        lines,
        buttons,
    }
}

fn answers(link: &str, yes: &'static str, no: &'static str) -> Vec<(&'static str, String)> {
    vec![
        (yes, format!("{link}?answer=accept")),
        (no, format!("{link}?answer=reject")),
    ]
}

/// A day in UTC.
fn day(time: Timestamp, format: &str) -> String {
    time.to_zoned(jiff::tz::TimeZone::UTC)
        .strftime(format)
        .to_string()
}

fn plain(greeting: &str, words: &Words) -> String {
    let mut text = format!("{greeting}\n");
    for line in &words.lines {
        let _ = write!(text, "\n{line}\n");
    }
    for (label, link) in &words.buttons {
        let _ = write!(text, "\n{label}:\n{link}\n");
    }
    text
}

fn html(greeting: &str, words: &Words, language: Language) -> String {
    let tag = match language {
        Language::English => "en",
        Language::French => "fr",
    };
    let title = escape(&words.subject);
    let mut html = format!(
        "<!doctype html><html lang=\"{tag}\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         </head><body style=\"font-family:sans-serif\"><p>{}</p>",
        escape(greeting)
    );
    for line in &words.lines {
        let _ = write!(html, "<p>{}</p>", escape(line));
    }
    for (label, link) in &words.buttons {
        let _ = write!(
            html,
            "<p><a href=\"{}\">{}</a></p>",
            escape(link),
            escape(label)
        );
    }
    html.push_str("</body></html>");
    html
}
