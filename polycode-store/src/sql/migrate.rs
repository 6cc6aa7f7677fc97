//! The schema that a store finds, brought up to date.

use polycode_core::port::PortError;
use sqlx::SqlStr;
use sqlx::migrate::{Migrate, MigrateError, Migration, MigrationType, Migrator};

use crate::sql::port_error;

/// The steps of a schema in their order, each with its name and its SQL; they are numbered from 1.
///
/// sqlx has a macro for this, which needs the databases compiled for the compiler as well.
pub(crate) fn migrator<const STEPS: usize>(
    steps: [(&'static str, &'static str); STEPS],
) -> Migrator {
    let steps = (1..).zip(steps).map(|(version, (name, sql))| {
        let sql = SqlStr::from_static(sql);
        Migration::new(version, name.into(), MigrationType::Simple, sql, false)
    });
    Migrator::with_migrations(steps.collect())
}

/// Runs the migrations that a database has not seen yet; `name` says which database it is.
pub(crate) async fn bring_up_to_date<C: Migrate>(
    migrator: &Migrator,
    connection: &mut C,
    name: &str,
) -> Result<(), PortError> {
    let what = format!("the database `{name}` can't be brought up to date");
    // `Migrator::run` gives a future that the compiler can't see to be `Send`.
    match migrator.run_direct(None, connection, false).await {
        Ok(()) => Ok(()),
        Err(MigrateError::VersionMissing(found)) => Err(newer(migrator, name, found)),
        Err(MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _)) => {
            Err(port_error(&what, error))
        }
        Err(error) => Err(PortError::permanent(format!("{what}: {error}")).caused_by(error)),
    }
}

fn newer(migrator: &Migrator, name: &str, found: i64) -> PortError {
    let known = migrator.iter().map(|migration| migration.version).max();
    PortError::permanent(format!(
        "the database `{name}` has schema {found}, but this version of PolyCode knows only up to \
         schema {}: use the newer version that wrote it",
        known.unwrap_or_default(),
    ))
}
