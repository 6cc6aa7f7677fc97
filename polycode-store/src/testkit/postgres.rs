//! Real PostgreSQL servers for tests: each in a folder of its own, reached through a socket in that
//! folder, gone with the process that started it however that ends.

#![expect(clippy::expect_used, reason = "what is missing is said")]

use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader, Write as _};
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{LazyLock, Mutex};

use uuid::Uuid;

/// The variable that names a server for tests, as [`Server::url`] gives it; without it, they start
/// one of their own.
pub const SERVER: &str = "POLYCODE_TEST_POSTGRES";

/// A PostgreSQL server on this machine.
///
/// A shell stands between: it takes orders, and when the pipe that they come through closes, it
/// ends the server and removes its folder.
#[derive(Debug)]
pub struct Server {
    url: String,
    shell: Child,
    orders: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

/// Whether an acknowledged commit is on the disk when the machine loses its power.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// It is, as it should be.
    Power,
    /// It is not, but survives the end of the server, which is enough for most tests.
    Process,
}

/// The user that the server runs as when the tests are run by root, whom it refuses.
const NOBODY: u32 = 65_534;

/// The shell's part; its folder is the server's, and `$0` where the programs are.
const SHELL: &str = r#"
trap '' INT TERM
folder=$PWD
serve() { "$0/pg_ctl" -D data -l log -w -t 300 "$@" >>log 2>&1; }
{
    "$0/initdb" -D data -U polycode -A trust -E UTF8 --no-sync "$@" &&
    cat settings >>data/postgresql.conf
} >>log 2>&1 && serve start || { cat log >&2; exit 1; }
echo ready
while read -r order; do
    case $order in
        crash) serve -m immediate stop ;;
        start) serve start ;;
        cramp) serve -m fast stop && (ulimit -f 2049 && serve start) ;;
        widen) serve -m fast stop && serve start ;;
    esac && echo done
done
serve -m fast stop
cd / && rm -rf "$folder"
"#;

impl Server {
    /// Starts a server.
    pub fn start(durability: Durability) -> Self {
        Self::start_with(durability, &[])
    }

    /// Starts a server that has no room for a table of more than a megabyte: a limit of the system on
    /// the length of files stands in for a full disk. Half a page fits, so that the server says that
    /// the disk is full, as it does when there is only so much left of it.
    pub fn start_with_little_room() -> Self {
        // The files of its log fit.
        let mut server = Self::start_with(Durability::Process, &["--wal-segsize=1"]);
        server.order("cramp");
        server
    }

    /// Gives the server all the room there is.
    pub fn give_room(&mut self) {
        self.order("widen");
    }

    fn start_with(durability: Durability, arguments: &[&str]) -> Self {
        let programs = programs().expect(
            "a PostgreSQL server is needed: install it, on Debian by `apt-get install postgresql`",
        );
        let folder = std::env::temp_dir().join(format!("polycode-{}", Uuid::now_v7().simple()));
        fs::create_dir(&folder).unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).unwrap();
        fs::write(folder.join("settings"), settings(&folder, durability)).unwrap();
        let mut shell = Command::new("sh");
        shell
            .args([OsStr::new("-c"), OsStr::new(SHELL), programs.as_os_str()])
            // The order of texts must not hang on the database that it finds.
            .args([
                "--locale=C.UTF-8",
                "--locale-provider=icu",
                "--icu-locale=en-US",
            ])
            .args(arguments)
            .current_dir(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        if fs::metadata(&folder).unwrap().uid() == 0 {
            chown(&folder, Some(NOBODY), Some(NOBODY)).unwrap();
            chown(folder.join("settings"), Some(NOBODY), Some(NOBODY)).unwrap();
            shell.uid(NOBODY).gid(NOBODY);
        }
        let mut shell = shell.spawn().unwrap();
        let mut server = Self {
            url: format!(
                "postgresql:///postgres?user=polycode&host={}",
                folder.display()
            ),
            orders: shell.stdin.take(),
            answers: BufReader::new(shell.stdout.take().unwrap()),
            shell,
        };
        server.hear("ready");
        server
    }

    /// Where it is, for a store that has it for itself.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Ends the server at once, without the work that it does when it ends in order, as if it had
    /// crashed; returns when it is gone.
    pub fn crash(&mut self) {
        self.order("crash");
    }

    /// Starts it again; returns when it takes connections.
    pub fn start_again(&mut self) {
        self.order("start");
    }

    fn order(&mut self, order: &str) {
        let orders = self.orders.as_mut().unwrap();
        writeln!(orders, "{order}").unwrap();
        self.hear("done");
    }

    fn hear(&mut self, wanted: &str) {
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        assert_eq!(line.trim_end(), wanted, "the PostgreSQL server failed");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.orders.take());
        drop(self.shell.wait());
    }
}

/// The URL of an empty place on the server that all tests of the process share.
pub fn fresh() -> String {
    /// The server of this process, which no `drop` ends: its pipe closes with the process.
    static SHARED: LazyLock<Mutex<Option<Server>>> = LazyLock::new(|| Mutex::new(None));
    let server = std::env::var(SERVER).unwrap_or_else(|_| {
        let mut shared = SHARED.lock().unwrap();
        let server = shared.get_or_insert_with(|| Server::start(Durability::Process));
        server.url().to_owned()
    });
    let schema = format!("test_{}", Uuid::now_v7().simple());
    crate::postgres::in_schema(&server, &schema)
}

/// Where the programs of the server are, if they are installed: in the path, or where Debian puts
/// those of each version.
pub fn programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let in_path = std::env::split_paths(&path).collect::<Vec<_>>();
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let mut by_version: Vec<_> = versions
        .filter_map(|entry| {
            let folder = entry.ok()?.path();
            let version: u32 = folder.file_name()?.to_str()?.parse().ok()?;
            Some((version, folder.join("bin")))
        })
        .collect();
    by_version.sort_unstable();
    let newest_first = by_version.into_iter().rev().map(|(_, folder)| folder);
    let mut folders = in_path.into_iter().chain(newest_first);
    folders.find(|folder| {
        ["initdb", "pg_ctl"]
            .iter()
            .all(|name| folder.join(name).exists())
    })
}

fn settings(folder: &Path, durability: Durability) -> String {
    let common = format!(
        "listen_addresses = ''\n\
         unix_socket_directories = '{}'\n\
         max_connections = 300\n\
         shared_buffers = 256MB\n",
        folder.display()
    );
    match durability {
        Durability::Power => common,
        Durability::Process => common + "fsync = off\nfull_page_writes = off\n",
    }
}
