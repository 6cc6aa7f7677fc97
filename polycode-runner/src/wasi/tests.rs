use polycode_core::judging::Stream;

use super::*;
use crate::files::{Access, Content, Quota};
use crate::wasi::errno::Errno;

const MILLION: u64 = 1_000_000;
/// Where the tests put texts, lists, and results in the program's memory.
const TEXT: u32 = 0;
const LIST: u32 = 8_000;
const RESULT: u32 = 9_000;
const BUFFER: u32 = 10_000;

const CREATE: u32 = 1;
const FOLDER: u32 = 2;
const EXCLUSIVE: u32 = 4;
const TRUNCATE: u32 = 8;
const READ: u64 = 1 << 1;
const WRITE: u64 = 1 << 6;

/// A world, its memory, and calls on them.
struct Program {
    wasi: Wasi,
    memory: Vec<u8>,
    fuel: u64,
}

impl Program {
    fn new() -> Self {
        let quota = Quota {
            bytes: 1_000,
            nodes: 100,
            answer_bytes: 100,
        };
        let mut files = Files::new(quota, RUN_EPOCH);
        files.lay_folder("box", Access::Writable).unwrap();
        let main = Content::Shared((*b"print(1)").into());
        files
            .lay_file("box/main.py", main, Access::Writable)
            .unwrap();
        files
            .lay_file("lib/std.py", Content::Own(Vec::new()), Access::ReadOnly)
            .unwrap();
        let clock = Clock {
            start: RUN_EPOCH,
            fuel: 10 * MILLION,
            fuel_per_ms: 1_000,
        };
        let args = vec!["main.py".to_owned(), "ä".to_owned()];
        let wasi = Wasi::new(args, b"line\nrest".to_vec(), Output::new(20), files, clock);
        Self {
            wasi,
            memory: vec![0; 70_000],
            fuel: 10 * MILLION,
        }
    }

    fn call(&mut self, body: impl FnOnce(&mut Call<'_>) -> Answer) -> Answer {
        let memory = GuestMemory(&mut self.memory);
        let mut call = Call {
            memory,
            wasi: &mut self.wasi,
            fuel: self.fuel,
        };
        let answer = body(&mut call);
        self.fuel = call.fuel;
        answer
    }

    /// Puts a text into the memory and gives its place.
    fn text(&mut self, text: &str) -> (u32, u32) {
        self.memory[..text.len()].copy_from_slice(text.as_bytes());
        (TEXT, u32::try_from(text.len()).unwrap())
    }

    fn load(&self, at: u32) -> u32 {
        let at = at as usize;
        u32::from_le_bytes(self.memory[at..at + 4].try_into().unwrap())
    }

    fn load_u64(&self, at: u32) -> u64 {
        u64::from(self.load(at)) | u64::from(self.load(at + 4)) << 32
    }

    fn put(&mut self, at: u32, bytes: &[u8]) {
        self.memory[at as usize..at as usize + bytes.len()].copy_from_slice(bytes);
    }

    fn vector(&mut self, at: u32, len: u32) {
        self.put(LIST, &at.to_le_bytes());
        self.put(LIST + 4, &len.to_le_bytes());
    }

    fn open(&mut self, path: &str, flags: u32, rights: u64) -> Result<u32, Stop> {
        self.open_with(path, flags, rights, 0)
    }

    fn open_with(
        &mut self,
        path: &str,
        flags: u32,
        rights: u64,
        fd_flags: u32,
    ) -> Result<u32, Stop> {
        let (at, len) = self.text(path);
        self.call(|call| call.path_open(3, 0, at, len, flags, rights, 0, fd_flags, RESULT))?;
        Ok(self.load(RESULT))
    }

    fn write(&mut self, fd: u32, text: &str) -> Result<u32, Stop> {
        let (at, len) = self.text(text);
        self.vector(at, len);
        self.call(|call| call.fd_write(fd, LIST, 1, RESULT))?;
        Ok(self.load(RESULT))
    }

    fn read(&mut self, fd: u32, len: u32) -> Result<String, Stop> {
        self.vector(BUFFER, len);
        self.call(|call| call.fd_read(fd, LIST, 1, RESULT))?;
        let (start, count) = (BUFFER as usize, self.load(RESULT) as usize);
        Ok(String::from_utf8(self.memory[start..start + count].to_vec()).unwrap())
    }
}

fn errno<T>(errno: Errno) -> Result<T, Stop> {
    Err(Stop::Errno(errno))
}

#[test]
fn arguments_are_copied_with_their_ends() {
    let mut program = Program::new();
    program
        .call(|call| call.args_sizes_get(RESULT, RESULT + 4))
        .unwrap();
    assert_eq!((program.load(RESULT), program.load(RESULT + 4)), (2, 11));
    program.call(|call| call.args_get(LIST, BUFFER)).unwrap();
    assert_eq!(
        (program.load(LIST), program.load(LIST + 4)),
        (BUFFER, BUFFER + 8)
    );
    assert_eq!(
        &program.memory[BUFFER as usize..][..11],
        "main.py\0ä\0".as_bytes()
    );
    program
        .call(|call| call.environ_sizes_get(RESULT, RESULT + 4))
        .unwrap();
    assert_eq!((program.load(RESULT), program.load(RESULT + 4)), (0, 0));
}

#[test]
fn pointers_out_of_bounds_are_refused() {
    let mut program = Program::new();
    for at in [69_997, 70_000, u32::MAX - 3, u32::MAX] {
        assert_eq!(
            program.call(|call| call.args_sizes_get(at, RESULT)),
            errno(Errno::FAULT)
        );
        assert_eq!(
            program.call(|call| call.args_get(LIST, at)),
            errno(Errno::FAULT)
        );
        assert_eq!(
            program.call(|call| call.random_get(at, 100)),
            errno(Errno::FAULT)
        );
        assert_eq!(
            program.call(|call| call.fd_write(1, at, 1, RESULT)),
            errno(Errno::FAULT)
        );
        assert_eq!(
            program.call(|call| call.poll_oneoff(at, at, 1, at)),
            errno(Errno::FAULT)
        );
        let path = program.call(|call| call.path_unlink_file(3, at, 9));
        assert_eq!(path, errno(Errno::FAULT));
    }
    program.vector(60_000, u32::MAX);
    assert_eq!(
        program.call(|call| call.fd_write(1, LIST, 1, RESULT)),
        errno(Errno::FAULT)
    );
    let many = program.call(|call| call.fd_write(1, LIST, u32::MAX, RESULT));
    assert_eq!(many, errno(Errno::INVAL));
}

#[test]
fn input_ends() {
    let mut program = Program::new();
    assert_eq!(program.read(0, 5).unwrap(), "line\n");
    assert_eq!(program.read(0, 100).unwrap(), "rest");
    assert_eq!(program.read(0, 100).unwrap(), "");
    assert_eq!(program.read(1, 100), errno(Errno::BADF));
    assert_eq!(program.write(0, "x"), errno(Errno::BADF));
}

#[test]
fn standard_output_and_error_share_one_budget() {
    let mut program = Program::new();
    assert_eq!(program.write(1, "twelve bytes"), Ok(12));
    assert_eq!(
        program.write(2, "more than fits"),
        Err(Stop::End(Ended::Output))
    );
    assert_eq!(program.wasi.output.stdout, b"twelve bytes");
    assert_eq!(program.wasi.output.stderr, b"more tha");
    assert_eq!(
        program.wasi.output.write(Stream::Stdout, b"!"),
        Err(Stop::End(Ended::Output))
    );
}

#[test]
fn a_file_is_made_written_found_and_removed() {
    let mut program = Program::new();
    let fd = program
        .open("box/out.txt", CREATE | EXCLUSIVE, READ | WRITE)
        .unwrap();
    assert_eq!(program.write(fd, "hello"), Ok(5));
    program
        .call(|call| call.fd_seek(fd, -4, 1, RESULT))
        .unwrap();
    assert_eq!(program.load_u64(RESULT), 1);
    assert_eq!(program.read(fd, 100).unwrap(), "ello");
    program
        .call(|call| call.fd_filestat_get(fd, RESULT))
        .unwrap();
    assert_eq!(program.load_u64(RESULT + 32), 5);
    assert_eq!(program.memory[RESULT as usize + 16], 4);
    assert_eq!(
        program.open("box/out.txt", CREATE | EXCLUSIVE, WRITE),
        errno(Errno::EXIST)
    );
    program.call(|call| call.fd_close(fd)).unwrap();
    assert_eq!(program.call(|call| call.fd_close(fd)), errno(Errno::BADF));
    program.open("box/out.txt", TRUNCATE, WRITE).unwrap();
    assert_eq!(program.wasi.files.take("box/out.txt").unwrap(), b"");
    let (at, len) = program.text("box/out.txt");
    program
        .call(|call| call.path_unlink_file(3, at, len))
        .unwrap();
    assert_eq!(program.open("box/out.txt", 0, READ), errno(Errno::NOENT));
}

#[test]
fn appending_is_always_at_the_end() {
    let mut program = Program::new();
    let fd = program
        .open_with("box/main.py", 0, READ | WRITE, 1)
        .unwrap();
    program.write(fd, "!").unwrap();
    program.call(|call| call.fd_seek(fd, 0, 0, RESULT)).unwrap();
    program.write(fd, "?").unwrap();
    assert_eq!(
        program.wasi.files.take("box/main.py").unwrap(),
        b"print(1)!?"
    );
}

#[test]
fn what_a_descriptor_was_not_opened_for_is_refused() {
    let mut program = Program::new();
    let reader = program.open("box/main.py", 0, READ).unwrap();
    assert_eq!(program.write(reader, "x"), errno(Errno::BADF));
    let grown = program.call(|call| call.fd_filestat_set_size(reader, 1));
    assert_eq!(grown, errno(Errno::INVAL));
    let won = program.call(|call| call.fd_fdstat_set_rights(reader, READ | WRITE, 0));
    assert_eq!(won, errno(Errno::PERM));
    let writer = program.open("box/main.py", 0, WRITE).unwrap();
    assert_eq!(program.read(writer, 1), errno(Errno::BADF));
    assert_eq!(
        program.open("lib/std.py", 0, READ | WRITE),
        errno(Errno::ROFS)
    );
    assert_eq!(
        program.open("lib/std.py", TRUNCATE, READ),
        errno(Errno::ROFS)
    );
    assert_eq!(
        program.open("lib/new.py", CREATE, WRITE),
        errno(Errno::ROFS)
    );
    assert_eq!(program.open("box", 0, WRITE), errno(Errno::ISDIR));
    assert_eq!(
        program.open("box/main.py", FOLDER, READ),
        errno(Errno::NOTDIR)
    );
}

#[test]
fn paths_lead_nowhere_else() {
    let mut program = Program::new();
    for path in [
        "../../etc/passwd",
        "box/../../etc/passwd",
        "./..//..//etc/passwd",
        "proc/self",
    ] {
        assert_eq!(program.open(path, 0, READ), errno(Errno::NOENT), "{path}");
    }
    assert_eq!(program.open("/etc/passwd", 0, READ), errno(Errno::PERM));
    assert_eq!(
        program.open("box/main.py\0.txt", 0, READ),
        errno(Errno::ILSEQ)
    );
    assert!(program.open("../box/main.py", 0, READ).is_ok());
    program.put(TEXT, b"\xff\xfe");
    let invalid = program.call(|call| call.path_open(3, 0, TEXT, 2, CREATE, 0, 0, 0, RESULT));
    assert_eq!(invalid, errno(Errno::ILSEQ));
}

#[test]
fn there_are_no_links() {
    let mut program = Program::new();
    let (at, len) = program.text("box/main.py");
    let hard = program.call(|call| call.path_link(3, 0, at, len, 3, at, len));
    assert_eq!(hard, errno(Errno::NOTSUP));
    let soft = program.call(|call| call.path_symlink(at, len, 3, at, len));
    assert_eq!(soft, errno(Errno::NOTSUP));
    let read = program.call(|call| call.path_readlink(3, at, len, BUFFER, 10, RESULT));
    assert_eq!(read, errno(Errno::INVAL));
}

#[test]
fn descriptors_are_limited_and_used_again() {
    let mut program = Program::new();
    let mut last = 3;
    while let Ok(fd) = program.open("box/main.py", 0, READ) {
        assert_eq!(fd, last + 1);
        last = fd;
    }
    assert_eq!(last, 63);
    assert_eq!(program.open("box/new", CREATE, WRITE), errno(Errno::MFILE));
    assert!(
        program.wasi.files.take("box/new").is_none(),
        "made, although it can't be opened"
    );
    program.call(|call| call.fd_close(20)).unwrap();
    assert_eq!(program.open("box/main.py", 0, READ), Ok(20));
}

#[test]
fn renumbering_stays_within_what_is_open() {
    let mut program = Program::new();
    let fd = program.open("box/main.py", 0, READ).unwrap();
    for to in [fd + 1, 1_000_000, u32::MAX] {
        assert_eq!(
            program.call(|call| call.fd_renumber(fd, to)),
            errno(Errno::BADF)
        );
    }
    program.call(|call| call.fd_renumber(fd, 0)).unwrap();
    assert_eq!(program.read(0, 5).unwrap(), "print");
    assert_eq!(program.read(fd, 5), errno(Errno::BADF));
}

fn listed(program: &mut Program, fd: u32, len: u32) -> Vec<String> {
    let (mut names, mut cookie) = (Vec::new(), 0);
    loop {
        program
            .call(|call| call.fd_readdir(fd, BUFFER, len, cookie, RESULT))
            .unwrap();
        let used = program.load(RESULT);
        let mut at = BUFFER;
        while at + 24 <= BUFFER + used {
            let size = program.load(at + 16);
            if at + 24 + size > BUFFER + used {
                break;
            }
            cookie = program.load_u64(at);
            let name = &program.memory[at as usize + 24..][..size as usize];
            names.push(String::from_utf8(name.to_vec()).unwrap());
            at += 24 + size;
        }
        if used < len {
            return names;
        }
    }
}

#[test]
fn a_listing_is_whole_whatever_the_size_of_the_buffer() {
    let mut program = Program::new();
    for name in ["b", "a", "long-name-of-a-file"] {
        program.open(&format!("box/{name}"), CREATE, WRITE).unwrap();
    }
    let fd = program.open("box", FOLDER, READ).unwrap();
    let whole = [".", "..", "a", "b", "long-name-of-a-file", "main.py"];
    for len in [43, 50, 64, 100, 4096] {
        assert_eq!(listed(&mut program, fd, len), whole, "{len}");
    }
}

#[test]
fn removing_during_a_listing_skips_nothing() {
    let mut program = Program::new();
    for name in ["a", "b", "c"] {
        program.open(&format!("box/{name}"), CREATE, WRITE).unwrap();
    }
    let fd = program.open("box", FOLDER, READ).unwrap();
    program
        .call(|call| call.fd_readdir(fd, BUFFER, 75, 0, RESULT))
        .unwrap();
    assert_eq!(program.load(BUFFER + 51 + 16), 1, "the third entry is `a`");
    let (at, len) = program.text("box/a");
    program
        .call(|call| call.path_unlink_file(3, at, len))
        .unwrap();
    program
        .call(|call| call.fd_readdir(fd, BUFFER, 25, 3, RESULT))
        .unwrap();
    assert_eq!(program.memory[BUFFER as usize + 24], b'b');
    let (at, len) = program.text("box/c");
    program
        .call(|call| call.path_unlink_file(3, at, len))
        .unwrap();
    program
        .call(|call| call.fd_readdir(fd, BUFFER, 31, 4, RESULT))
        .unwrap();
    assert_eq!(&program.memory[BUFFER as usize + 24..][..7], b"main.py");
}

#[test]
fn the_quota_of_files_ends_the_program() {
    let mut program = Program::new();
    let fd = program.open("box/big", CREATE, WRITE).unwrap();
    let sparse = program.call(|call| call.fd_filestat_set_size(fd, 8 << 40));
    assert_eq!(sparse, Err(Stop::End(Ended::Files)));
    program
        .call(|call| call.fd_seek(fd, 8 << 40, 0, RESULT))
        .unwrap();
    assert_eq!(program.write(fd, "x"), Err(Stop::End(Ended::Files)));
    let far = program.call(|call| call.fd_seek(fd, i64::MAX, 1, RESULT));
    assert_eq!(far, errno(Errno::INVAL));
}

#[test]
fn random_numbers_are_the_same_in_every_run_but_not_in_every_call() {
    let mut bytes = Vec::new();
    for _ in 0..2 {
        let mut program = Program::new();
        program.call(|call| call.random_get(BUFFER, 64)).unwrap();
        program
            .call(|call| call.random_get(BUFFER + 64, 64))
            .unwrap();
        bytes.push(program.memory[BUFFER as usize..][..128].to_vec());
        let large = program.call(|call| call.random_get(0, 65_537));
        assert_eq!(large, errno(Errno::INVAL));
    }
    assert_eq!(bytes[0], bytes[1]);
    assert_ne!(bytes[0][..64], bytes[0][64..]);
}

#[test]
fn time_passes_with_fuel_only() {
    let mut program = Program::new();
    let time = |program: &mut Program, clock| {
        program
            .call(|call| call.clock_time_get(clock, 0, RESULT))
            .unwrap();
        program.load_u64(RESULT)
    };
    assert_eq!(time(&mut program, 0), RUN_EPOCH);
    program.fuel -= 3_000;
    assert_eq!(time(&mut program, 1), RUN_EPOCH + 3_000_000);
    assert_eq!(time(&mut program, 2), 3_000_000);
    let unknown = program.call(|call| call.clock_time_get(9, 0, RESULT));
    assert_eq!(unknown, errno(Errno::INVAL));
}

/// A subscription to a clock, at a place of the list.
fn timer(program: &mut Program, index: u32, timeout: u64, flags: u16) {
    let at = LIST + index * 48;
    program.put(at, &[0; 48]);
    program.put(at, &u64::from(index + 7).to_le_bytes());
    program.put(at + 16, &1_u32.to_le_bytes());
    program.put(at + 24, &timeout.to_le_bytes());
    program.put(at + 40, &flags.to_le_bytes());
}

#[test]
fn waiting_advances_the_clock_to_the_first_timer() {
    let mut program = Program::new();
    timer(&mut program, 0, 5_000_000, 0);
    timer(&mut program, 1, RUN_EPOCH + 2_000_000, 1);
    program
        .call(|call| call.poll_oneoff(LIST, BUFFER, 2, RESULT))
        .unwrap();
    assert_eq!(program.load(RESULT), 1);
    assert_eq!(program.load_u64(BUFFER), 8);
    let used = 10 * MILLION - program.fuel;
    assert!((2_000..2_400).contains(&used), "{used}");
    timer(&mut program, 0, 1, 1);
    let before = program.fuel;
    program
        .call(|call| call.poll_oneoff(LIST, BUFFER, 1, RESULT))
        .unwrap();
    assert!(
        before - program.fuel < 200,
        "a time that has passed is not waited for"
    );
}

#[test]
fn waiting_for_a_descriptor_takes_no_time() {
    let mut program = Program::new();
    timer(&mut program, 0, u64::MAX, 0);
    program.put(LIST + 48, &[0; 96]);
    program.put(LIST + 48 + 8, &[1]);
    program.put(LIST + 96 + 8, &[2]);
    program.put(LIST + 96 + 16, &77_u32.to_le_bytes());
    program
        .call(|call| call.poll_oneoff(LIST, BUFFER, 3, RESULT))
        .unwrap();
    assert_eq!(program.load(RESULT), 2);
    assert_eq!(program.load_u64(BUFFER + 16), 9, "bytes of standard input");
    assert_eq!(
        program.memory[BUFFER as usize + 32 + 8],
        8,
        "no such descriptor"
    );
    assert!(10 * MILLION - program.fuel < 1_000);
}

#[test]
fn waiting_longer_than_the_fuel_ends_the_program() {
    let mut program = Program::new();
    timer(&mut program, 0, u64::MAX, 0);
    let ended = program.call(|call| call.poll_oneoff(LIST, BUFFER, 1, RESULT));
    assert_eq!((ended, program.fuel), (Err(Stop::End(Ended::Time)), 0));
    let mut program = Program::new();
    for count in [0, 1_025, u32::MAX] {
        let refused = program.call(|call| call.poll_oneoff(LIST, BUFFER, count, RESULT));
        assert_eq!(refused, errno(Errno::INVAL));
    }
}

#[test]
fn the_root_is_the_only_folder_that_is_given() {
    let mut program = Program::new();
    program.call(|call| call.fd_prestat_get(3, RESULT)).unwrap();
    assert_eq!((program.load(RESULT), program.load(RESULT + 4)), (0, 1));
    program
        .call(|call| call.fd_prestat_dir_name(3, RESULT, 1))
        .unwrap();
    assert_eq!(program.memory[RESULT as usize], b'/');
    assert_eq!(
        program.call(|call| call.fd_prestat_get(4, RESULT)),
        errno(Errno::BADF)
    );
    let fd = program.open("box", FOLDER, READ).unwrap();
    assert_eq!(
        program.call(|call| call.fd_prestat_get(fd, RESULT)),
        errno(Errno::BADF)
    );
}

#[test]
fn nothing_is_a_socket() {
    let mut program = Program::new();
    assert_eq!(
        program.call(|call| call.not_a_socket(1)),
        errno(Errno::NOTSOCK)
    );
    assert_eq!(
        program.call(|call| call.not_a_socket(50)),
        errno(Errno::BADF)
    );
}
