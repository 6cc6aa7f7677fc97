use polycode_core::judging::Stream;

use super::*;
use crate::cancel::Cancel;
use crate::files::{Access, Content, Quota};
use crate::wasi::errno::Errno;

mod files;
mod time;

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
fn what_was_printed_is_read_back_where_there_is_a_line() {
    let mut program = Program::new();
    assert_eq!(program.write(1, "one "), Ok(4));
    assert_eq!(program.read(1, 100), errno(Errno::BADF));
    let (end, _other, _) = line(&Cancel::default());
    program.wasi.line = Beside::new(Some(end));
    assert_eq!(program.write(1, "two"), Ok(3));
    assert_eq!(program.write(2, "error"), Ok(5));
    assert_eq!(program.read(1, 5).unwrap(), "one t");
    assert_eq!(program.read(1, 100).unwrap(), "wo");
    assert_eq!(program.read(1, 100).unwrap(), "");
    assert_eq!(program.write(1, "three"), Ok(5));
    assert_eq!(program.read(1, 100).unwrap(), "three");
    assert_eq!(program.read(2, 100), errno(Errno::BADF));
    assert_eq!(program.wasi.output.stdout, b"one twothree");
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
