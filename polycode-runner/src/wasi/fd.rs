//! Calls on descriptors.

use polycode_core::judging::Stream;

use crate::files::{Attributes, Kind};
use crate::wasi::descriptor::{Descriptor, OpenFile};
use crate::wasi::errno::{Errno, Stop};
use crate::wasi::memory::{GuestMemory, Span};
use crate::wasi::poll::put;
use crate::wasi::{Answer, Call};

/// The right to read, and the right to write.
pub(super) const RIGHT_READ: u64 = 1 << 1;
pub(super) const RIGHT_WRITE: u64 = 1 << 6;
const RIGHT_SEEK: u64 = 1 << 2;
const RIGHT_TELL: u64 = 1 << 5;
/// All the rights that there are.
const ALL_RIGHTS: u64 = (1 << 30) - 1;

/// The flag for writing at the end.
pub(super) const APPEND: u16 = 1;

const UNKNOWN: u8 = 0;
const CHARACTER_DEVICE: u8 = 2;
const FOLDER: u8 = 3;
const FILE: u8 = 4;

/// Where a call reads or writes: at the descriptor's own position, or at a given one.
#[derive(Debug, Clone, Copy)]
enum Place {
    Position,
    Offset(u64),
}

impl Call<'_> {
    pub(super) fn fd_read(&mut self, fd: u32, at: u32, len: u32, result: u32) -> Answer {
        self.read(fd, Span { at, len }, Place::Position, result)
    }

    pub(super) fn fd_pread(
        &mut self,
        fd: u32,
        at: u32,
        len: u32,
        offset: u64,
        result: u32,
    ) -> Answer {
        self.read(fd, Span { at, len }, Place::Offset(offset), result)
    }

    pub(super) fn fd_write(&mut self, fd: u32, at: u32, len: u32, result: u32) -> Answer {
        self.write(fd, Span { at, len }, Place::Position, result)
    }

    pub(super) fn fd_pwrite(
        &mut self,
        fd: u32,
        at: u32,
        len: u32,
        offset: u64,
        result: u32,
    ) -> Answer {
        self.write(fd, Span { at, len }, Place::Offset(offset), result)
    }

    pub(super) fn fd_close(&mut self, fd: u32) -> Answer {
        let closed = self.wasi.descriptors.close(fd)?;
        self.forget(Some(&closed));
        Ok(())
    }

    pub(super) fn fd_renumber(&mut self, from: u32, to: u32) -> Answer {
        let closed = self.wasi.descriptors.renumber(from, to)?;
        self.forget(closed.as_ref());
        Ok(())
    }

    pub(super) fn fd_seek(&mut self, fd: u32, offset: i64, whence: u32, result: u32) -> Answer {
        let file = self.wasi.descriptors.file(fd)?;
        let base = match whence {
            0 => 0,
            1 => file.position,
            2 => self.wasi.files.attributes(file.node)?.size,
            _ => return Err(Errno::INVAL.into()),
        };
        let position = base.checked_add_signed(offset).ok_or(Errno::INVAL)?;
        if i64::try_from(position).is_err() {
            return Err(Errno::INVAL.into());
        }
        file.position = position;
        self.memory.store_u64(result, position)?;
        Ok(())
    }

    pub(super) fn fd_tell(&mut self, fd: u32, result: u32) -> Answer {
        let position = self.wasi.descriptors.file(fd)?.position;
        self.memory.store_u64(result, position)?;
        Ok(())
    }

    pub(super) fn fd_advise(&mut self, fd: u32, _offset: u64, _len: u64, advice: u32) -> Answer {
        self.wasi.descriptors.file(fd)?;
        if advice > 5 {
            Err(Errno::INVAL.into())
        } else {
            Ok(())
        }
    }

    pub(super) fn fd_allocate(&mut self, fd: u32, _offset: u64, _len: u64) -> Answer {
        self.wasi.descriptors.file(fd)?;
        Err(Errno::NOTSUP.into())
    }

    pub(super) fn fd_sync(&mut self, fd: u32) -> Answer {
        self.wasi.descriptors.get(fd)?;
        Ok(())
    }

    pub(super) fn fd_datasync(&mut self, fd: u32) -> Answer {
        self.fd_sync(fd)
    }

    pub(super) fn fd_fdstat_get(&mut self, fd: u32, result: u32) -> Answer {
        let (kind, flags, rights) = match self.wasi.descriptors.get(fd)? {
            Descriptor::Stdin => (UNKNOWN, 0, RIGHT_READ),
            Descriptor::Output(_) => (UNKNOWN, 0, RIGHT_WRITE),
            Descriptor::Line => (UNKNOWN, 0, RIGHT_READ | RIGHT_WRITE),
            Descriptor::File(file) => {
                let flags = if file.append { APPEND } else { 0 };
                let rights = ALL_RIGHTS & !(RIGHT_READ | RIGHT_WRITE);
                let read = if file.read { RIGHT_READ } else { 0 };
                let write = if file.write { RIGHT_WRITE } else { 0 };
                (FILE, flags, rights | read | write)
            }
            Descriptor::Folder(_) => (FOLDER, 0, ALL_RIGHTS & !(RIGHT_SEEK | RIGHT_TELL)),
        };
        let mut record = [0; 24];
        put(
            &mut record,
            &[
                (0, &[kind]),
                (2, &flags.to_le_bytes()),
                (8, &rights.to_le_bytes()),
                (16, &ALL_RIGHTS.to_le_bytes()),
            ],
        );
        self.memory.store(result, &record)?;
        Ok(())
    }

    pub(super) fn fd_fdstat_set_flags(&mut self, fd: u32, flags: u32) -> Answer {
        if let Descriptor::File(file) = self.wasi.descriptors.get_mut(fd)? {
            file.append = flags & u32::from(APPEND) != 0;
        }
        Ok(())
    }

    /// Rights can be given up, never won; those that matter are those to read and to write.
    pub(super) fn fd_fdstat_set_rights(&mut self, fd: u32, base: u64, _inherit: u64) -> Answer {
        if let Descriptor::File(file) = self.wasi.descriptors.get_mut(fd)? {
            let (read, write) = (base & RIGHT_READ != 0, base & RIGHT_WRITE != 0);
            if (read && !file.read) || (write && !file.write) {
                return Err(Errno::PERM.into());
            }
            (file.read, file.write) = (read, write);
        }
        Ok(())
    }

    pub(super) fn fd_filestat_get(&mut self, fd: u32, result: u32) -> Answer {
        let attributes = match self.wasi.descriptors.get(fd)?.node() {
            Some(node) => Some(self.wasi.files.attributes(node)?),
            None => None,
        };
        self.store_attributes(result, attributes)
    }

    pub(super) fn fd_filestat_set_size(&mut self, fd: u32, size: u64) -> Answer {
        let file = self.wasi.descriptors.file(fd)?;
        if !file.write {
            return Err(Errno::INVAL.into());
        }
        let (node, now) = (file.node, self.now());
        let before = self.wasi.files.attributes(node)?.size;
        self.wasi.files.set_size(node, size, now)?;
        // New pages cost more than copying into old ones.
        self.charge(size.saturating_sub(before))
    }

    pub(super) fn fd_filestat_set_times(
        &mut self,
        fd: u32,
        accessed: u64,
        modified: u64,
        flags: u32,
    ) -> Answer {
        let node = self.wasi.descriptors.node(fd)?;
        self.set_times(node, accessed, modified, flags)
    }

    pub(super) fn fd_prestat_get(&mut self, fd: u32, result: u32) -> Answer {
        let path = self.preopened(fd)?;
        // The tag of a folder, and how long its path is.
        self.memory.store_u32(result, 0)?;
        let len = u32::try_from(path.len()).map_err(|_| Errno::OVERFLOW)?;
        self.memory.store_u32(result.saturating_add(4), len)?;
        Ok(())
    }

    pub(super) fn fd_prestat_dir_name(&mut self, fd: u32, at: u32, len: u32) -> Answer {
        let path = self.preopened(fd)?;
        if usize::try_from(len).is_ok_and(|len| len < path.len()) {
            return Err(Errno::NAMETOOLONG.into());
        }
        self.memory.store(at, path.as_bytes())?;
        Ok(())
    }

    /// Entries are `.`, `..`, and those that were there when the listing began.
    pub(super) fn fd_readdir(
        &mut self,
        fd: u32,
        at: u32,
        len: u32,
        cookie: u64,
        result: u32,
    ) -> Answer {
        let folder = self.wasi.descriptors.folder(fd)?;
        let node = folder.node;
        if cookie == 0 {
            let entries = self.wasi.files.entries(node, 0)?;
            folder.listing = entries.map(|entry| entry.name.into()).collect();
            let count = folder.listing.len() as u64;
            self.charge(count * 50)?;
        }
        let mut used = 0;
        let mut cookie = cookie;
        while used < len {
            let Some((name, inode, kind)) = self.listed(fd, cookie)? else {
                break;
            };
            cookie += 1;
            if kind == UNKNOWN {
                continue;
            }
            let mut record = vec![0; 24];
            put(
                &mut record,
                &[
                    (0, &cookie.to_le_bytes()),
                    (8, &inode.to_le_bytes()),
                    (
                        16,
                        &(u32::try_from(name.len()).map_err(|_| Errno::OVERFLOW)?).to_le_bytes(),
                    ),
                    (20, &[kind]),
                ],
            );
            record.extend_from_slice(name.as_bytes());
            let room = usize::try_from(len - used).map_err(|_| Errno::OVERFLOW)?;
            record.truncate(room);
            let place = at.checked_add(used).ok_or(Errno::FAULT)?;
            self.memory.store(place, &record)?;
            used += u32::try_from(record.len()).map_err(|_| Errno::OVERFLOW)?;
            self.charge(100)?;
        }
        self.memory.store_u32(result, used)?;
        Ok(())
    }

    /// No descriptor is ever a socket.
    pub(super) fn not_a_socket(&mut self, fd: u32) -> Answer {
        self.wasi.descriptors.get(fd)?;
        Err(Errno::NOTSOCK.into())
    }

    pub(super) fn store_attributes(&mut self, at: u32, attributes: Option<Attributes>) -> Answer {
        let mut record = [0; 64];
        // What a stream is: `fd_fdstat_get` alone says that nobody types there.
        put(&mut record, &[(16, &[CHARACTER_DEVICE])]);
        if let Some(Attributes {
            inode,
            kind,
            size,
            accessed,
            modified,
        }) = attributes
        {
            put(
                &mut record,
                &[
                    (0, &1_u64.to_le_bytes()),
                    (8, &inode.to_le_bytes()),
                    (16, &[file_type(kind)]),
                    (24, &1_u64.to_le_bytes()),
                    (32, &size.to_le_bytes()),
                    (40, &accessed.to_le_bytes()),
                    (48, &modified.to_le_bytes()),
                    (56, &modified.to_le_bytes()),
                ],
            );
        }
        self.memory.store(at, &record)?;
        Ok(())
    }

    /// How many bytes can be read without waiting for more.
    pub(super) fn readable(&self, descriptor: &Descriptor) -> Result<u64, Stop> {
        match descriptor {
            Descriptor::Stdin => self.wasi.stdin.ready(),
            Descriptor::Line => self.wasi.line.ready(),
            Descriptor::File(file) => {
                let attributes = self.wasi.files.attributes(file.node);
                let size = attributes.map_or(0, |attributes| attributes.size);
                Ok(size.saturating_sub(file.position))
            }
            Descriptor::Output(_) | Descriptor::Folder(_) => Ok(0),
        }
    }

    fn read(&mut self, fd: u32, list: Span, place: Place, result: u32) -> Answer {
        GuestMemory::check_vectors(list)?;
        let mut done = 0_u64;
        for index in 0..list.len {
            let span = self.memory.vector(list, index)?;
            let into = self.memory.bytes_mut(span)?;
            let wanted = into.len();
            let count = match self.wasi.descriptors.get(fd)? {
                Descriptor::Stdin => {
                    if let Place::Offset(_) = place {
                        return Err(Errno::SPIPE.into());
                    }
                    if done > 0 && self.wasi.stdin.may_wait() {
                        break;
                    }
                    self.wasi.stdin.read(into)?
                }
                Descriptor::Line if done > 0 => break,
                Descriptor::Line => self.wasi.line.read(into)?,
                Descriptor::File(OpenFile {
                    read: true,
                    node,
                    position,
                    ..
                }) => {
                    let start = match place {
                        Place::Position => *position,
                        Place::Offset(offset) => offset,
                    };
                    self.wasi
                        .files
                        .read(*node, start.saturating_add(done), into)?
                }
                // A program that is tested may hear what it has printed itself.
                Descriptor::Output(Stream::Stdout) if self.wasi.line.is_there() => {
                    self.wasi.output.read_back(into)
                }
                Descriptor::File(_) | Descriptor::Output(_) => return Err(Errno::BADF.into()),
                Descriptor::Folder(_) => return Err(Errno::ISDIR.into()),
            };
            done += count as u64;
            self.charge_copy(count as u64 + 40)?;
            if count < wanted {
                break;
            }
        }
        self.advance(fd, place, done);
        self.store_count(result, done)
    }

    fn write(&mut self, fd: u32, list: Span, place: Place, result: u32) -> Answer {
        GuestMemory::check_vectors(list)?;
        let mut done = 0_u64;
        for index in 0..list.len {
            let span = self.memory.vector(list, index)?;
            self.memory.bytes(span)?;
            self.charge_copy(u64::from(span.len) + 40)?;
            let now = self.now();
            let from = self.memory.bytes(span)?;
            match self.wasi.descriptors.get(fd)? {
                Descriptor::Output(stream) => {
                    if let Place::Offset(_) = place {
                        return Err(Errno::SPIPE.into());
                    }
                    self.wasi.output.write(*stream, from)?;
                }
                Descriptor::Line => self.wasi.line.write(from)?,
                Descriptor::File(OpenFile {
                    write: true,
                    node,
                    position,
                    append,
                    ..
                }) => {
                    let start = match place {
                        Place::Position if *append => self.wasi.files.attributes(*node)?.size,
                        Place::Position => position.saturating_add(done),
                        Place::Offset(offset) => offset.saturating_add(done),
                    };
                    self.wasi.files.write(*node, start, from, now)?;
                }
                Descriptor::File(_) | Descriptor::Stdin => return Err(Errno::BADF.into()),
                Descriptor::Folder(_) => return Err(Errno::ISDIR.into()),
            }
            done += u64::from(span.len);
        }
        self.advance(fd, place, done);
        self.store_count(result, done)
    }

    /// Moves the position of a file by what was read or written.
    fn advance(&mut self, fd: u32, place: Place, done: u64) {
        let Ok(file) = self.wasi.descriptors.file(fd) else {
            return;
        };
        if let Place::Position = place {
            file.position = if file.append && file.write {
                self.wasi
                    .files
                    .attributes(file.node)
                    .map_or(0, |attributes| attributes.size)
            } else {
                file.position.saturating_add(done)
            };
        }
    }

    fn store_count(&mut self, at: u32, count: u64) -> Answer {
        let count = u32::try_from(count).map_err(|_| Stop::Errno(Errno::OVERFLOW))?;
        self.memory.store_u32(at, count)?;
        Ok(())
    }

    fn forget(&mut self, closed: Option<&Descriptor>) {
        if let Some(node) = closed.and_then(Descriptor::node) {
            self.wasi.files.closed(node);
        }
    }

    /// Whether it is the folder that the program knows as the root.
    pub(super) fn is_root(&self, fd: u32) -> bool {
        self.preopened(fd).is_ok_and(|path| path == "/")
    }

    /// The path of a folder that is open from the start.
    fn preopened(&self, fd: u32) -> Result<&'static str, Errno> {
        match self.wasi.descriptors.get(fd)? {
            Descriptor::Folder(folder) => folder.preopened.ok_or(Errno::BADF),
            _ => Err(Errno::BADF),
        }
    }

    /// The entry at a place of a listing; of unknown kind if it was removed since.
    fn listed(&mut self, fd: u32, cookie: u64) -> Result<Option<(Box<str>, u64, u8)>, Stop> {
        let folder = self.wasi.descriptors.folder(fd)?;
        let node = folder.node;
        let (name, node) = match cookie {
            0 => (".".into(), Ok(node)),
            1 => ("..".into(), self.wasi.files.parent(node)),
            _ => {
                let at = usize::try_from(cookie - 2).map_err(|_| Errno::INVAL)?;
                let Some(name) = folder.listing.get(at).cloned() else {
                    return Ok(None);
                };
                let found = self.wasi.files.find(node, &name);
                (name, found)
            }
        };
        let attributes = node.and_then(|node| self.wasi.files.attributes(node));
        Ok(Some(match attributes {
            Ok(Attributes { inode, kind, .. }) => (name, inode, file_type(kind)),
            Err(_) => (name, 0, UNKNOWN),
        }))
    }
}

fn file_type(kind: Kind) -> u8 {
    match kind {
        Kind::File => FILE,
        Kind::Folder => FOLDER,
    }
}
