use proptest::prelude::*;

use super::*;

fn fields(row: &Row<Listed>) -> Vec<&str> {
    let problems = row.1.as_ref().unwrap_err();
    problems.iter().map(|p| p.field.as_str()).collect()
}

/// AS-12: comma or semicolon, with or without a byte order mark, columns in any order.
#[test]
fn lists_are_read_as_spreadsheets_write_them() {
    for text in [
        "email,name,tags,extra time\nada@example.org,Ada,x;y,25\n",
        "\u{feff}name;EMAIL;Extra-Time;tags\r\nAda;Ada@Example.org;25 %;x|y\r\n",
        "email;name;tags;extraTime\nada@example.org;Ada;\"x;y\";25",
        "\n\"email\",\"name\",tags,extra_time,\n\"ada@example.org\", Ada ,\"x; y\",25%,\n,,,,\n",
    ] {
        let rows = read(text.as_bytes()).unwrap();
        assert_eq!(rows.len(), 1, "{text}");
        let listed = rows[0].1.as_ref().unwrap();
        assert_eq!(listed.profile.address.as_str(), "ada@example.org", "{text}");
        assert_eq!(listed.profile.name, "Ada");
        let tags: Vec<_> = listed.profile.tags.iter().map(Tag::as_str).collect();
        assert_eq!(tags, ["x", "y"]);
        assert_eq!(
            (listed.extra_time.percent, listed.extra_time.fixed),
            (25, Seconds(0))
        );
    }
}

#[test]
fn what_is_wrong_is_said_of_its_row_and_field() {
    let text = b"email,name,extra time,extra minutes\n\
        ,\"two\nlines\",-1,x\n\
        \xff@example.org,,,\n\
        ada@example.org,,301,1441\n\
        ada@example.org\n\
        ada@example.org,,,,surplus\n";
    let rows = read(text).unwrap();
    let lines: Vec<_> = rows.iter().map(|row| row.0).collect();
    assert_eq!(lines, [2, 4, 5, 6, 7]);
    assert_eq!(fields(&rows[0]), ["name", "email", "extraTime"]);
    assert_eq!(fields(&rows[1]), ["row"]);
    assert_eq!(fields(&rows[2]), ["extraTime"]);
    assert!(rows[3].1.is_ok());
    assert_eq!(fields(&rows[4]), ["row"]);
}

#[test]
fn a_header_names_each_column_once() {
    for text in ["", "\n\n", "name\nAda\n", "email,mail\n", "email,phone\n"] {
        assert!(
            matches!(read(text.as_bytes()), Err(Refusal::Invalid(_))),
            "{text}"
        );
    }
}

#[test]
fn a_file_has_an_end() {
    let row = b"a@b.c\n";
    let mut text = b"email\n".to_vec();
    text.extend(row.repeat(MAX_ROWS));
    assert_eq!(read_addresses(&text).unwrap().len(), MAX_ROWS);
    text.extend(row);
    assert_eq!(read_addresses(&text).unwrap_err().code(), "limit_reached");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// AS-12: whatever stands in a file, each row that is not empty is understood or reported.
    #[test]
    fn no_row_is_lost(
        cells in prop::collection::vec(("[ -~é\n]{0,12}", "[a-z]{0,3}@?[a-z]{0,3}"), 0..20),
        is_semicolon in any::<bool>(),
    ) {
        let delimiter = if is_semicolon { b';' } else { b',' };
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(Vec::new());
        writer.write_record(["name", "email"]).unwrap();
        for (name, email) in &cells {
            writer.write_record([name, email]).unwrap();
        }
        let text = writer.into_inner().unwrap();
        let rows = read(&text).unwrap();
        let is_there = |(name, email): &&(String, String)| {
            !name.trim().is_empty() || !email.trim().is_empty()
        };
        prop_assert_eq!(rows.len(), cells.iter().filter(is_there).count());
        prop_assert!(rows.is_sorted_by_key(|row| row.0));
        for ((_, row), (_, email)) in rows.iter().zip(cells.iter().filter(is_there)) {
            prop_assert_eq!(row.is_ok(), row.as_ref().is_ok_and(|listed| {
                listed.profile.address.as_str() == email
            }));
            prop_assert!(row.as_ref().err().is_none_or(|problems| !problems.is_empty()));
        }
    }

    /// AS-12: wherever a text is cut on its way, the same stands in it.
    #[test]
    fn pieces_are_read_like_the_whole(
        mark in prop::sample::select(vec!["", "\u{feff}"]),
        text in "([,;\"\r\n a@.]|email|name){0,60}",
        sizes in prop::collection::vec(1_usize..9, 1..9),
    ) {
        let text = format!("{mark}{text}");
        let mut rest = text.as_bytes();
        let mut reader = Reader::of_candidates();
        let mut rows = Vec::new();
        let mut refused = None;
        for size in sizes.iter().cycle() {
            let (piece, later) = rest.split_at((*size).min(rest.len()));
            rest = later;
            match reader.push(piece) {
                Ok(read) => rows.extend(read),
                Err(refusal) => refused = Some(refusal),
            }
            if rest.is_empty() || refused.is_some() {
                break;
            }
        }
        let read = match refused {
            Some(refusal) => Err(refusal),
            None => reader.finish().map(|last| rows.into_iter().chain(last).collect()),
        };
        prop_assert_eq!(read, super::read(text.as_bytes()));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut text = b"email,tags\n".to_vec();
        text.extend(bytes);
        prop_assert!(read(&text).is_ok());
    }
}
