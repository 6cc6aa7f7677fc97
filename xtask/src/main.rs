//! The project's own tasks, run as `cargo xtask <task>`.
#![forbid(unsafe_code)]
#![expect(
    clippy::print_stdout,
    reason = "a task talks to the person who runs it"
)]

mod bench;
mod ci;
mod codegen;
mod demo;
mod fuzz;
mod guests;
mod machine;
mod package;
mod step;
mod stories;
mod test;
mod tidy;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The project's own tasks.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", version)]
struct Tasks {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Set up what is needed, judge the sample course, then serve its page.
    Demo {
        /// Stop after the table, without serving the page.
        #[arg(long)]
        no_serve: bool,
        /// The port of the page.
        #[arg(long, default_value_t = 8080)]
        port: u16,
    },
    /// Set up what is needed and run every test in Rust, Python, Node and the browser.
    Test,
    /// Build the packages for Python and Node into `dist`, and try them as users do.
    Package(package::Options),
    /// Check format, lints, house rules, generated files and licences.
    Ci,
    /// Build the guests that are kept in the repository.
    Guests {
        /// Build them again and compare, instead of replacing them.
        #[arg(long)]
        check: bool,
    },
    /// Generate schemas and typed models from core.
    Codegen {
        /// Compare with what is there, instead of replacing it.
        #[arg(long)]
        check: bool,
    },
    /// Check the house rules: import direction, file length, purity of core.
    Tidy,
    /// Look for case files, names of files and modules that break what must hold of them.
    Fuzz(fuzz::Options),
    /// Run the tests and list the stories of the product with what proves each.
    Stories,
    /// Kill 500 processes in the middle of their work on each database, and see that nothing is lost.
    Soak {
        /// How many.
        #[arg(long, default_value_t = 500)]
        kills: u32,
    },
    /// Measure the runner side by side with native sandboxes, the languages, the domain, the stores, the
    /// faces, or the server.
    Bench {
        /// What to measure.
        #[arg(value_enum, default_value_t = bench::Subject::Runner)]
        subject: bench::Subject,
        /// What the stores are to be loaded with, `--users 1000` and the like; how much the faces are
        /// to do, `--judgings 2000` and the like; how many the server is to serve, `--candidates 200`
        /// and the like.
        #[arg(last = true)]
        args: Vec<String>,
    },
}

fn main() -> ExitCode {
    let outcome = match Tasks::parse().task {
        Task::Demo { no_serve, port } => demo::run((!no_serve).then_some(port)),
        Task::Test => test::run(),
        Task::Package(options) => package::run(&options),
        Task::Ci => ci::run(),
        Task::Guests { check } => guests::run(check),
        Task::Codegen { check } => codegen::run(check),
        Task::Tidy => tidy::run(),
        Task::Fuzz(options) => fuzz::run(&options),
        Task::Stories => stories::run(),
        Task::Soak { kills } => test::soak(kills),
        Task::Bench { subject, args } => bench::run(subject, &args),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("\nfailed: {error:#}");
            ExitCode::FAILURE
        }
    }
}
