//! The reads that somebody waits for, each from another place of the data.

use std::time::{Duration, Instant};

use polycode_core::id::{ContentId, SubmissionId};
use polycode_core::port::{ListPlace, Lookup, PageRequest, Store};
use polycode_core::quantity::{Cursor, Points};
use polycode_store::testkit::sample;
use rand::RngExt;

use crate::load::{
    self, CAMPAIGN, CANDIDATE, MODULE, OF_CAMPAIGN, PUBLISHED, TEAM, candidate_key, user,
};
use crate::{Cells, Size};

macro_rules! timed {
    ($reads:expr, $($name:literal: $read:expr;)*) => {{
        let mut cells = Cells::new();
        $(
            let mut times = Vec::new();
            for _ in 0..$reads {
                let begun = Instant::now();
                $read.await.unwrap();
                times.push(begun.elapsed());
            }
            cells.push((format!("{}, p50 / p99", $name), quantiles(times)));
        )*
        cells
    }};
}

fn modules_with(text: &str) -> Lookup {
    let list = Lookup {
        kind: MODULE,
        term: PUBLISHED,
        value: String::new(),
        until: None,
        is_reversed: false,
        words: Vec::new(),
    };
    list.with_words_of(text)
}

/// How long each read takes, one after another.
pub(crate) async fn timed(store: &dyn Store, size: &Size) -> Cells {
    let below = |count: u64| rand::rng().random_range(0..count.max(1));
    let somebody = || sample::user(&user(below(size.users)));
    let of_campaign = || Lookup {
        kind: CANDIDATE,
        term: OF_CAMPAIGN,
        value: CAMPAIGN.to_owned(),
        until: None,
        is_reversed: false,
        words: Vec::new(),
    };
    let content = ContentId(sample::uuid(1));
    let page = |after| PageRequest { after, limit: 20 };
    timed! { size.reads,
        "a submission":
            store.submission(SubmissionId(sample::uuid(below(size.submissions))));
        "a report": store.report(SubmissionId(sample::uuid(below(size.submissions))));
        "a user's submissions": store.submissions(&somebody(), None, page(None));
        "the submissions to a content, from the middle": {
            let after = sample::uuid(below(size.submissions)).to_string();
            store.submissions_to(content, page(Some(after)))
        };
        "what waits to be graded": store.pending(20);
        "a progress": store.progress(&somebody(), content);
        "the ranking, from the middle": {
            let after = format!("{}/{}", below(1_000), somebody());
            store.wallets(page(Some(after)))
        };
        "a rank": store.wallets_above(Points(below(1_000)));
        "the ranking of teams, from the middle": {
            let after = format!("{}/{}", below(10_000), candidate_key(below(load::teams(size))));
            store.purses(TEAM, page(Some(after)))
        };
        "a team's rank": store.purses_above(TEAM, Points(below(10_000)));
        "a user's entries": store.entries(&somebody(), page(None));
        "a candidate": {
            let key = candidate_key(below(size.candidates));
            async move { store.document(CANDIDATE, &key).await }
        };
        "the candidates of a campaign, from the middle": {
            let number = below(size.candidates);
            let (sort, key) = (format!("Candidate {number}"), candidate_key(number));
            store.documents(of_campaign(), page(Some(ListPlace { sort, key }.write())))
        };
        "modules with a frequent word, from the middle": {
            let number = below(size.modules);
            let (sort, key) = (format!("module-{number:08}"), candidate_key(number));
            let searched = modules_with("loop");
            store.documents(searched, page(Some(ListPlace { sort, key }.write())))
        };
        "modules with two words, one rare": {
            let searched = modules_with(&format!("loops topic{}", below(100)));
            store.documents(searched, page(None))
        };
        "modules with a word that none has": store.documents(modules_with("absent"), page(None));
        "twenty events": store.events(Cursor(below(10_000)), 20);
    }
}

/// How many events a second somebody reads who reads all of them, page by page.
pub(crate) async fn log(store: &dyn Store) -> u64 {
    let (mut read, mut reached, begun) = (0, Cursor(0), Instant::now());
    loop {
        let events = store.events(reached, 1_000).await.unwrap();
        let Some(last) = events.last() else {
            break;
        };
        reached = last.cursor;
        read += events.len() as u64;
    }
    let millis = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
    read * 1_000 / millis.max(1)
}

fn quantiles(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    let at = |percent: usize| {
        let place = (times.len() * percent / 100).min(times.len().saturating_sub(1));
        times
            .get(place)
            .map_or(f64::NAN, |time| time.as_secs_f64() * 1e3)
    };
    format!("{:.2} / {:.2} ms", at(50), at(99))
}
