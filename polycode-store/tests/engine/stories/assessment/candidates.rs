//! Candidates: added, tagged and removed, by list and by CSV.

use polycode_core::assessment::roster::Reader;
use polycode_core::assessment::{ExtraTime, StatusName};
use polycode_core::engine::{Intake, IntakeOutcome, NewCandidate};
use polycode_core::id::Tag;
use polycode_core::port::PageRequest;
use polycode_core::quantity::Seconds;

use super::{Exam, candidate, code, creator, person};
use crate::world::program;

fn counts(intake: &Intake) -> (u32, u32, u32, u32) {
    (intake.added, intake.removed, intake.skipped, intake.wrong)
}

#[tokio::test]
async fn as_11_as_13_as_17_candidates_come_from_a_list() {
    let exam = Exam::new().await;
    let (engine, author, id) = (&exam.world.engine, &exam.author, exam.campaign.id);
    let ada = NewCandidate {
        tags: vec!["paris".to_owned(), "2026".to_owned()],
        extra_time: ExtraTime {
            percent: 25,
            fixed: Seconds(60),
        },
        ..candidate("ada")
    };
    let nameless = NewCandidate {
        name: String::new(),
        ..candidate("bob")
    };
    let again = NewCandidate {
        address: "ADA@example.org".to_owned(),
        ..candidate("twin")
    };
    let wrong = NewCandidate {
        name: "a\nb".to_owned(),
        address: "nowhere".to_owned(),
        tags: vec!["a,b".to_owned()],
        extra_time: ExtraTime {
            percent: 301,
            fixed: Seconds(0),
        },
    };
    let list = vec![ada, nameless, again, wrong];
    let intake = engine
        .add_candidates(author, id, list.clone())
        .await
        .unwrap();
    assert_eq!(counts(&intake), (2, 0, 1, 1));
    let rows: Vec<_> = intake.lines.iter().map(|line| line.row).collect();
    assert_eq!(rows, [1, 2, 3, 4]);
    let IntakeOutcome::Wrong { problems } = &intake.lines[3].outcome else {
        panic!("{intake:?}");
    };
    let fields: Vec<_> = problems
        .iter()
        .map(|problem| problem.field.as_str())
        .collect();
    assert_eq!(fields, ["name", "tags", "email", "extraTime"]);

    // The same list again changes nothing.
    let intake = engine
        .add_candidates(author, id, list.clone())
        .await
        .unwrap();
    assert_eq!(counts(&intake), (0, 0, 3, 1));

    let page = PageRequest::default();
    let all = engine
        .candidates(author, id, None, page.clone())
        .await
        .unwrap();
    assert_eq!(all.items.len(), 2);
    let tag = Tag::new("paris").unwrap();
    let tagged = engine.candidates(author, id, Some(&tag), page.clone());
    let tagged = tagged.await.unwrap().items;
    assert_eq!(tagged.len(), 1);
    assert_eq!(tagged[0].profile.address.as_str(), "ada@example.org");
    assert_eq!(tagged[0].extra_time.percent, 25);

    let mut profile = tagged[0].profile.clone();
    profile.tags.clear();
    engine
        .edit_candidate(author, tagged[0].id, profile.clone())
        .await
        .unwrap();
    let tagged = engine
        .candidates(author, id, Some(&tag), page.clone())
        .await;
    assert_eq!(tagged.unwrap().items, []);
    profile.address = "bob@example.org".parse().unwrap();
    let taken = engine.edit_candidate(author, all.items[0].id, profile);
    assert_eq!(code(taken.await), "invalid");

    for stranger in [creator("eve"), person("ada")] {
        let add = engine.add_candidates(&stranger, id, list.clone()).await;
        assert_eq!(code(add), "not_found");
        let list = engine.candidates(&stranger, id, None, page.clone()).await;
        assert_eq!(code(list), "not_found");
        let one = engine.candidate(&stranger, all.items[0].id).await;
        assert_eq!(code(one), "not_found");
    }
}

#[tokio::test]
async fn as_12_candidates_come_from_csv_and_every_row_is_accounted_for() {
    let exam = Exam::new().await;
    let (engine, author, id) = (&exam.world.engine, &exam.author, exam.campaign.id);
    let csv = "\u{feff}Name;E-Mail;Tags;Extra time\r\n\
        Ada;ada@example.org;\"paris;2026\";25%\r\n\
        ;bob@example.org;;\r\n\
        \r\n\
        Eve;nowhere;;soon\r\n\
        Twin;ADA@EXAMPLE.ORG;;\r\n\
        Long;long@example.org;;;;more\r\n";
    let intake = engine
        .import_candidates(author, id, csv.as_bytes())
        .await
        .unwrap();
    assert_eq!(counts(&intake), (2, 0, 1, 2));
    let rows: Vec<_> = intake.lines.iter().map(|line| line.row).collect();
    assert_eq!(rows, [2, 3, 5, 6, 7]);
    let page = engine.candidates(author, id, None, PageRequest::default());
    let first = page.await.unwrap().items.remove(0);
    assert_eq!(
        (first.profile.name.as_str(), first.profile.tags.len()),
        ("Ada", 2)
    );
    assert_eq!(first.extra_time.percent, 25);

    let again = engine
        .import_candidates(author, id, csv.as_bytes())
        .await
        .unwrap();
    assert_eq!(counts(&again), (0, 0, 3, 2));
    let headless = engine.import_candidates(author, id, b"ada@example.org\n");
    assert_eq!(code(headless.await), "invalid");
    let eve = engine.import_candidates(&creator("eve"), id, b"").await;
    assert_eq!(code(eve), "not_found");
}

#[tokio::test]
async fn as_12_more_than_a_batch_comes_in_at_once() {
    let exam = Exam::new().await;
    let (engine, author, id) = (&exam.world.engine, &exam.author, exam.campaign.id);
    let mut csv = "email\n".to_owned();
    for number in 0..1_201 {
        csv += "c";
        csv += &number.to_string();
        csv += "@example.org\n";
    }
    let intake = engine
        .import_candidates(author, id, csv.as_bytes())
        .await
        .unwrap();
    assert_eq!(counts(&intake), (1_201, 0, 0, 0));
    assert!(intake.lines.is_sorted_by_key(|line| line.row));
}

#[tokio::test]
async fn as_12_a_list_that_comes_piece_by_piece_is_taken_like_the_whole() {
    let exam = Exam::new().await;
    let (engine, author, id) = (&exam.world.engine, &exam.author, exam.campaign.id);
    let mut csv = "email,name\nwrong,\n".to_owned();
    let rows = (0..600).map(|number| format!("c{number}@example.org,c{number}\n"));
    csv += &rows.collect::<Vec<_>>().concat();
    csv += "c599@example.org,\nc0@example.org,\n";
    let mut import = engine.begin_import(author, id).await.unwrap();
    let mut reader = Reader::of_candidates();
    let mut landed = Vec::new();
    for piece in csv.as_bytes().chunks(1_000) {
        import.take(reader.push(piece).unwrap()).await.unwrap();
        let page = engine.candidates(author, id, None, PageRequest::default());
        landed.push(page.await.unwrap().items.len());
    }
    // What is there of a batch that is not full is not added yet.
    assert_eq!((landed[0], landed.last()), (0, Some(&20)));
    import.take(reader.finish().unwrap()).await.unwrap();
    let intake = import.finish().await.unwrap();
    assert_eq!(counts(&intake), (600, 0, 2, 1));
    let rows: Vec<_> = intake.lines.iter().map(|line| line.row).collect();
    assert_eq!(rows, (2..=604).collect::<Vec<_>>());

    let mut removal = engine.begin_removal(author, id).await.unwrap();
    let mut reader = Reader::of_addresses();
    for piece in csv.as_bytes().chunks(1_000) {
        removal.take(reader.push(piece).unwrap()).await.unwrap();
    }
    removal.take(reader.finish().unwrap()).await.unwrap();
    assert_eq!(counts(&removal.finish()), (0, 600, 2, 1));
    let eve = creator("eve");
    assert_eq!(code(engine.begin_import(&eve, id).await), "not_found");
    assert_eq!(code(engine.begin_removal(&eve, id).await), "not_found");
}

#[tokio::test]
async fn as_14_as_16_removed_candidates_leave_nothing_they_wrote() {
    let exam = Exam::new().await;
    let (engine, author, id) = (&exam.world.engine, &exam.author, exam.campaign.id);
    let view = exam.started("ada").await;
    let (ada, seat) = (person("ada"), view.seat.unwrap());
    let to = exam.to(view.id, seat, program("5 25"));
    let received = engine
        .answer_question(&ada, to.clone(), None)
        .await
        .unwrap();

    let eve = engine
        .remove_candidates(&creator("eve"), id, vec![view.candidate])
        .await;
    assert_eq!(code(eve), "not_found");
    let twice = vec![view.candidate, view.candidate];
    let intake = engine.remove_candidates(author, id, twice).await.unwrap();
    assert_eq!(counts(&intake), (0, 1, 1, 0));

    let store = &exam.world.store;
    for (kind, key) in [
        ("candidate profile", view.candidate.to_string()),
        ("saved answer", format!("{} {} code", view.id, exam.program)),
        ("test answer", received.submission.to_string()),
    ] {
        assert_eq!(store.document(kind, &key).await.unwrap(), None, "{kind}");
    }
    let late = engine.answer_question(&ada, to, None).await;
    assert_eq!(code(late), "wrong_state");
    let open = engine
        .open_tests(&ada, PageRequest::default())
        .await
        .unwrap();
    assert_eq!(open.items, []);
    exam.world.clock.advance(super::HOUR * 2);
    assert!(exam.tick().await.is_idle());
}

#[tokio::test]
async fn as_15_candidates_are_removed_by_csv() {
    let exam = Exam::new().await;
    let (engine, author, id) = (&exam.world.engine, &exam.author, exam.campaign.id);
    let list = ["ada", "bob"].map(candidate).to_vec();
    engine.add_candidates(author, id, list).await.unwrap();
    let csv = b"email,name\nADA@example.org,x\nnobody@example.org,\nada@example.org,\n?,\n";
    let eve = engine
        .remove_candidates_by_csv(&creator("eve"), id, csv)
        .await;
    assert_eq!(code(eve), "not_found");
    let intake = engine
        .remove_candidates_by_csv(author, id, csv)
        .await
        .unwrap();
    assert_eq!(counts(&intake), (0, 1, 2, 1));
    let left = engine.candidates(author, id, None, PageRequest::default());
    let left = left.await.unwrap().items;
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].profile.name, "bob");
    assert_eq!(left[0].status, StatusName::ConfirmationPending);
    // Who was removed can be added again.
    let again = engine.add_candidates(author, id, vec![candidate("ada")]);
    assert_eq!(counts(&again.await.unwrap()), (1, 0, 0, 0));
}
