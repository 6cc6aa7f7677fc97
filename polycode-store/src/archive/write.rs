//! From a database to lines.

use std::io::Write;

use polycode_core::port::PortError;
use serde::Serialize;
use serde_json::{Map, json};
use sha2::{Digest, Sha256};

use crate::archive::table::TABLES;
use crate::archive::{Archive, Heading, Shelf};
use crate::sql::Statement;

/// Writes everything that a database holds.
pub(super) async fn everything<C: Shelf>(
    connection: &mut C,
    out: &mut (impl Write + Send),
) -> Result<Archive, PortError> {
    let mut lines = Lines {
        out,
        digest: Sha256::new(),
        rows: 0,
    };
    lines.write(&Heading {
        archive: Heading::NAME.to_owned(),
        version: Heading::VERSION,
    })?;
    let begin = Statement::new(C::BEGIN_SNAPSHOT);
    connection.execute(begin).await?;
    for table in TABLES {
        let statement = table.select::<C>();
        let mut write = |row: C::Row| {
            let mut columns = Map::new();
            for column in table.columns {
                columns.insert(column.name.to_owned(), column.read(&row)?);
            }
            lines.rows += 1;
            lines.write(&json!({"in": table.name, "row": columns}))
        };
        connection.each(statement, &mut write).await?;
    }
    let end = Statement::new("COMMIT");
    connection.execute(end).await?;
    lines.end()
}

struct Lines<'o, W> {
    out: &'o mut W,
    digest: Sha256,
    rows: u64,
}

impl<W: Write> Lines<'_, W> {
    fn write(&mut self, line: &impl Serialize) -> Result<(), PortError> {
        let mut line = serde_json::to_vec(line).map_err(|error| cannot_write(&error))?;
        line.push(b'\n');
        self.digest.update(&line);
        self.out
            .write_all(&line)
            .map_err(|error| cannot_write(&error))
    }

    fn end(mut self) -> Result<Archive, PortError> {
        let archive = Archive {
            rows: self.rows,
            sha256: hex::encode(self.digest.finalize_reset()),
        };
        self.write(&archive)?;
        Ok(archive)
    }
}

fn cannot_write(error: &dyn std::error::Error) -> PortError {
    PortError::permanent(format!("the archive can't be written: {error}"))
}
