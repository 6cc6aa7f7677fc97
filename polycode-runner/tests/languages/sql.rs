//! SQL, as learners meet it.

use crate::support::{Case, files, program, text};
use polycode_core::judging::Ending;
use serde_json::json;

const SCHEMA: (&str, &str) = (
    "schema.sql",
    "CREATE TABLE city (id INTEGER PRIMARY KEY, name TEXT NOT NULL);\nCREATE TABLE visit (city INTEGER REFERENCES city, days INTEGER);\n",
);
const DATA: (&str, &str) = (
    "data.sql",
    "INSERT INTO city VALUES (1, 'Zürich'), (2, '東京');\nINSERT INTO visit VALUES (1, 3), (1, 4), (2, NULL);\n",
);

fn sql(text: &str) -> Case {
    program("sql", text)
}

fn with_tables(text: &str) -> Case {
    files("sql", &[("main.sql", text), SCHEMA, DATA])
}

#[test]
fn results_are_lines_of_text_below_the_names_of_columns() {
    assert_eq!(
        sql("SELECT 'hello' AS word, 1 + 1, 1.5 AS x, 10 / 4, 10 / 4.0 AS y, NULL AS n, x'00ff' AS b;\n-- the end\n")
            .output(),
        "word|1 + 1|x|10 / 4|y|n|b\nhello|2|1.5|2|2.5|NULL|x'00ff'\n"
    );
    let query = "SELECT name, sum(days) AS total FROM city JOIN visit ON city.id = visit.city GROUP BY name ORDER BY total DESC";
    assert_eq!(
        with_tables(query).output(),
        "name|total\nZürich|7\n東京|NULL\n"
    );
    assert_eq!(
        with_tables("SELECT name FROM city WHERE id > 2; SELECT count(*) AS n FROM visit;")
            .output(),
        "name\nn\n3\n"
    );
    assert_eq!(sql("").output(), "");
}

#[test]
fn arguments_are_parameters() {
    let query = "SELECT name FROM city WHERE id = ?1; SELECT ?2 || '!' AS text, ?3 AS missing;";
    assert_eq!(
        with_tables(query).args(&["2", "a|b 日本"]).output(),
        "name\n東京\ntext|missing\na|b 日本!|NULL\n"
    );
}

#[test]
fn scripts_and_tables_of_other_files() {
    let project = [
        (
            "main.sql",
            ".import data/people.csv person\n.read lib/views.sql\nSELECT * FROM old; SELECT count(*), typeof(age) FROM person GROUP BY 2;\n",
        ),
        (
            "lib/views.sql",
            "CREATE VIEW old AS SELECT name, age FROM person WHERE age > 40;\n",
        ),
        (
            "data/people.csv",
            "name,age\r\n\"Smith, \"\"Zoë\"\"\",50\r\n\"two\nlines\",41\r\nBo,\r\nAl,7\n",
        ),
    ];
    assert_eq!(
        files("sql", &project).output(),
        "name|age\nSmith, \"Zoë\"|50\ntwo\nlines|41\ncount(*)|typeof(age)\n3|integer\n1|null\n"
    );
    assert_eq!(
        sql("SELECT 1;\n.read nosuch.sql\n").failed(1),
        "main.sql:2:1: there is no file nosuch.sql\n"
    );
    assert_eq!(
        sql(".read main.sql\n").failed(1),
        "main.sql:1:1: scripts read each other without end\n"
    );
    assert_eq!(
        sql(".shell ls\n").failed(1),
        "main.sql:1:1: the commands are `.read FILE` and `.import FILE TABLE`\n"
    );
}

#[test]
fn an_error_names_the_users_file_line_and_column() {
    for (source, expected) in [
        (
            "SELECT 1;\n\nSELECT id,\n  nme FROM city;",
            "main.sql:4:3: no such column: nme\n",
        ),
        ("SELECT * FROM town;", "main.sql:1:1: no such table: town\n"),
        (
            "SELECT 'é' AS a;\nINSERT INTO city VALUES (1, 'again');",
            "main.sql:2:1: UNIQUE constraint failed: city.id\n",
        ),
        (
            "INSERT INTO visit VALUES (9, 1);",
            "main.sql:1:1: FOREIGN KEY constraint failed\n",
        ),
        (
            "SELECT \"name\", \"text\" FROM city;",
            "main.sql:1:16: no such column: \"text\" - should this be a string literal in single-quotes?\n",
        ),
    ] {
        assert_eq!(with_tables(source).failed(1), expected, "{source}");
    }
    let data = files(
        "sql",
        &[
            ("main.sql", "SELECT 1;"),
            ("data.sql", "\nINSERT INTO nowhere VALUES (1);"),
        ],
    );
    assert_eq!(data.failed(1), "data.sql:2:1: no such table: nowhere\n");
}

#[test]
fn syntax_errors_are_found_before_anything_runs() {
    assert_eq!(
        with_tables("SELECT * FROM city;\nSELECT id FORM city WHERE x;\nSELEC 1;").rejected(),
        "main.sql:2:16: near \"city\": syntax error\nmain.sql:3:1: near \"SELEC\": syntax error\n"
    );
    assert_eq!(
        sql("SELECT (1").rejected(),
        "main.sql:1:1: incomplete input\n"
    );
    assert_eq!(
        sql("SELECT 'abc").rejected(),
        "main.sql:1:8: unrecognized token: \"'abc\"\n"
    );
    let nested = sql(&format!("SELECT {}1", "(".repeat(20_000))).rejected();
    assert!(nested.starts_with("main.sql:1:"), "{nested}");
}

#[test]
fn the_rows_of_a_table_or_view_are_a_value() {
    let source = "CREATE VIEW total AS SELECT name, sum(days) AS days FROM city JOIN visit ON city.id = city GROUP BY name ORDER BY name";
    assert_eq!(
        with_tables(source).call("total", json!([])).returned(),
        json!([{"name": "Zürich", "days": 7}, {"name": "東京", "days": null}])
    );
    assert_eq!(
        with_tables("DELETE FROM visit; DELETE FROM city;")
            .call("city", json!([]))
            .returned(),
        json!([])
    );
    assert_eq!(
        sql("SELECT 1;").call("nosuch", json!([])).failed(1),
        "there is no table or view named 'nosuch'\n"
    );
    assert_eq!(
        sql("CREATE TABLE t (x);").call("t", json!([1])).failed(1),
        "t: a table takes no arguments\n"
    );
}

#[test]
fn limits_are_kept_with_the_output_before_them() {
    let endless = "SELECT 'before' AS x;\nWITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n;";
    let seen = sql(endless).time_ms(50).run();
    assert_eq!(
        (seen.ending, text(&seen.stdout)),
        (Ending::TimeExhausted, "x\nbefore\ncount(*)\n".to_owned())
    );
    let flood = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n;";
    assert_eq!(
        sql(flood).time_ms(60_000).run().ending,
        Ending::OutputExhausted
    );
    let greedy = "CREATE TABLE t (x); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 900) INSERT INTO t SELECT zeroblob(900000) FROM n;";
    assert_eq!(
        sql(greedy).time_ms(60_000).run().ending,
        Ending::MemoryExhausted
    );
}

#[test]
fn time_and_randomness_are_the_same_in_every_run() {
    let source = "SELECT random(), hex(randomblob(4)), date('now'), julianday('now') > 2461000;";
    let [one, two] = [sql(source).run(), sql(source).run()];
    assert_eq!((text(&one.stdout), one.fuel), (text(&two.stdout), two.fuel));
    assert!(
        text(&one.stdout).ends_with("|2026-01-01|1\n"),
        "{}",
        text(&one.stdout)
    );
}

#[test]
fn nothing_but_the_database_in_memory_can_be_reached() {
    for source in [
        "ATTACH 'other.db' AS other;",
        "SELECT readfile('/run/request.json');",
        "SELECT load_extension('x');",
        "VACUUM INTO 'out.db';",
    ] {
        assert!(sql(source).failed(1).starts_with("main.sql:1:"), "{source}");
    }
}

#[test]
fn the_language_that_exercises_use() {
    let source = "
CREATE TABLE sale (day TEXT, item TEXT, amount REAL, CHECK (amount > 0));
BEGIN;
INSERT INTO sale VALUES ('2026-01-01', 'a', 1.5), ('2026-01-02', 'b', 2), ('2026-01-02', 'a', 4);
COMMIT;
CREATE TRIGGER doubled AFTER INSERT ON sale WHEN new.item = 'twice; really' BEGIN
  UPDATE sale SET amount = amount * 2 WHERE rowid = new.rowid; SELECT 1;
END;
INSERT INTO sale VALUES ('2026-01-03', 'twice; really', 5);
SELECT item, round(sum(amount), 2) AS total, count(*) FILTER (WHERE amount > 1.6) AS big FROM sale GROUP BY item HAVING total > 1 ORDER BY 1;
SELECT day, amount, row_number() OVER (PARTITION BY day ORDER BY amount DESC) AS n, lag(amount) OVER (ORDER BY day, amount) AS last FROM sale ORDER BY day, n DESC;
WITH RECURSIVE f(a, b) AS (SELECT 0, 1 UNION ALL SELECT b, a + b FROM f LIMIT 10) SELECT group_concat(a, ' ') AS fib FROM f;
SELECT CASE WHEN 'abc' LIKE 'A%' THEN upper('yes') ELSE 'no' END AS c, coalesce(NULL, 2) AS d, strftime('%d.%m.%Y', '2026-02-03') AS e, sqrt(16) AS f, json_extract('{\"a\": [1, 2]}', '$.a[1]') AS g;
SELECT s.item FROM sale s WHERE EXISTS (SELECT 1 FROM sale t WHERE t.item = s.item AND t.rowid <> s.rowid) EXCEPT SELECT 'z' UNION SELECT 'y';
INSERT INTO sale VALUES ('2026-01-04', 'c', 9) RETURNING item, amount;";
    assert_eq!(
        sql(source).output(),
        "item|total|big\na|5.5|1\nb|2.0|1\ntwice; really|10.0|1\n\
         day|amount|n|last\n2026-01-01|1.5|1|NULL\n2026-01-02|2.0|2|1.5\n2026-01-02|4.0|1|2.0\n2026-01-03|10.0|1|4.0\n\
         fib\n0 1 1 2 3 5 8 13 21 34\nc|d|e|f|g\nYES|2|03.02.2026|4.0|2\nitem\na\ny\nitem|amount\nc|9.0\n"
    );
}
