//! Files, folders and descriptors.

use crate::cancel::Cancel;

use super::*;

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
fn standard_streams_have_their_usual_paths() {
    /// A kind of file, by WASI's number.
    const DEVICE: u8 = 2;
    let mut program = Program::new();
    let out = program.open("dev/stdout", 0, WRITE).unwrap();
    program.write(out, "x").unwrap();
    let err = program.open("dev/stderr", CREATE, WRITE).unwrap();
    program.write(err, "y").unwrap();
    assert_eq!(program.wasi.output.stdout, b"x");
    assert_eq!(program.wasi.output.stderr, b"y");
    program.wasi.stdin = b"input".to_vec().into();
    let stdin = program.open("dev/stdin", 0, READ).unwrap();
    assert_eq!(program.read(stdin, 2).unwrap(), "in");
    assert_eq!(program.read(0, 100).unwrap(), "put");
    assert_eq!(program.write(stdin, "x"), errno(Errno::BADF));
    let (at, len) = program.text("dev/stdin");
    program
        .call(|call| call.path_filestat_get(3, 0, at, len, RESULT))
        .unwrap();
    assert_eq!(program.memory[RESULT as usize + 16], DEVICE);
    program
        .call(|call| call.fd_filestat_get(stdin, RESULT))
        .unwrap();
    assert_eq!(program.memory[RESULT as usize + 16], DEVICE);
    // Nobody types there.
    program
        .call(|call| call.fd_fdstat_get(stdin, RESULT))
        .unwrap();
    assert_ne!(program.memory[RESULT as usize], DEVICE);
    assert_eq!(program.open("dev/random", 0, READ), errno(Errno::NOENT));
}

#[test]
fn a_line_beside_the_streams_has_a_path_where_there_is_one() {
    let mut program = Program::new();
    let wanted = READ | WRITE;
    assert_eq!(program.open("dev/line", 0, wanted), errno(Errno::NOENT));
    let (one, two, _) = line(&Cancel::default());
    program.wasi.line = Beside::new(Some(one));
    let fd = program.open("dev/line", 0, wanted).unwrap();
    assert_eq!(program.write(fd, "asked").unwrap(), 5);
    let mut into = [0; 10];
    assert_eq!(two.read(&mut into), Ok(5));
    two.write(b"answered");
    assert_eq!(program.read(fd, 100).unwrap(), "answered");
    assert!(program.wasi.output.stdout.is_empty());
    drop(two);
    assert_eq!(program.read(fd, 100).unwrap(), "");
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
