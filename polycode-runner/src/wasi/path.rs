//! Calls on paths, each seen from an open folder.

use polycode_core::judging::Stream;

use crate::files::{FileError, Kind, NodeId};
use crate::wasi::descriptor::{Descriptor, OpenFile, OpenFolder};
use crate::wasi::errno::{Errno, Stop};
use crate::wasi::fd::{APPEND, RIGHT_READ, RIGHT_WRITE};
use crate::wasi::memory::Span;
use crate::wasi::{Answer, Call, Wasi};

const CREATE: u32 = 1;
const FOLDER: u32 = 2;
const EXCLUSIVE: u32 = 4;
const TRUNCATE: u32 = 8;

const SET_ACCESSED: u32 = 1;
const SET_ACCESSED_NOW: u32 = 2;
const SET_MODIFIED: u32 = 4;
const SET_MODIFIED_NOW: u32 = 8;

impl Call<'_> {
    #[expect(clippy::too_many_arguments, reason = "it is what WASI says")]
    pub(super) fn path_open(
        &mut self,
        fd: u32,
        _lookup: u32,
        at: u32,
        len: u32,
        open: u32,
        rights: u64,
        _inherit: u64,
        flags: u32,
        result: u32,
    ) -> Answer {
        let from = self.enter(fd, len)?;
        let is_root = self.is_root(fd);
        self.wasi.descriptors.check_room()?;
        let now = self.now();
        let path = self.memory.text(Span { at, len })?;
        let (read, write) = (rights & RIGHT_READ != 0, rights & RIGHT_WRITE != 0);
        if let Some(stream) = self.wasi.device(is_root, path) {
            let opened = self.wasi.descriptors.open(stream)?;
            self.memory.store_u32(result, opened)?;
            return Ok(());
        }
        let files = &mut self.wasi.files;
        let node = match files.find(from, path) {
            Ok(_) if open & CREATE != 0 && open & EXCLUSIVE != 0 => return Err(Errno::EXIST.into()),
            Ok(node) => node,
            Err(FileError::NotFound) if open & CREATE != 0 && open & FOLDER == 0 => {
                files.make_file(from, path, now)?
            }
            Err(error) => return Err(error.into()),
        };
        let descriptor = match files.kind(node)? {
            Kind::Folder if write || open & (CREATE | TRUNCATE) != 0 => {
                return Err(Errno::ISDIR.into());
            }
            Kind::Folder => Descriptor::Folder(OpenFolder {
                node,
                listing: Vec::new(),
                preopened: None,
            }),
            Kind::File if open & FOLDER != 0 => return Err(Errno::NOTDIR.into()),
            Kind::File => {
                if write {
                    files.check_writable(node)?;
                }
                if open & TRUNCATE != 0 {
                    files.set_size(node, 0, now)?;
                }
                let append = flags & u32::from(APPEND) != 0;
                Descriptor::File(OpenFile {
                    node,
                    position: 0,
                    read,
                    write,
                    append,
                })
            }
        };
        files.opened(node)?;
        let opened = self.wasi.descriptors.open(descriptor)?;
        self.memory.store_u32(result, opened)?;
        Ok(())
    }

    pub(super) fn path_filestat_get(
        &mut self,
        fd: u32,
        _lookup: u32,
        at: u32,
        len: u32,
        result: u32,
    ) -> Answer {
        let span = Span { at, len };
        self.enter(fd, len)?;
        let (is_root, path) = (self.is_root(fd), self.memory.text(span)?);
        if self.wasi.device(is_root, path).is_some() {
            return self.store_attributes(result, None);
        }
        let node = self.find(fd, span)?;
        let attributes = self.wasi.files.attributes(node)?;
        self.store_attributes(result, Some(attributes))
    }

    #[expect(clippy::too_many_arguments, reason = "it is what WASI says")]
    pub(super) fn path_filestat_set_times(
        &mut self,
        fd: u32,
        _lookup: u32,
        at: u32,
        len: u32,
        accessed: u64,
        modified: u64,
        flags: u32,
    ) -> Answer {
        let node = self.find(fd, Span { at, len })?;
        self.set_times(node, accessed, modified, flags)
    }

    pub(super) fn path_create_directory(&mut self, fd: u32, at: u32, len: u32) -> Answer {
        let (from, now) = (self.enter(fd, len)?, self.now());
        let path = self.memory.text(Span { at, len })?;
        self.wasi.files.make_folder(from, path, now)?;
        Ok(())
    }

    pub(super) fn path_remove_directory(&mut self, fd: u32, at: u32, len: u32) -> Answer {
        let (from, now) = (self.enter(fd, len)?, self.now());
        let path = self.memory.text(Span { at, len })?;
        self.wasi.files.remove_folder(from, path, now)?;
        Ok(())
    }

    pub(super) fn path_unlink_file(&mut self, fd: u32, at: u32, len: u32) -> Answer {
        let (from, now) = (self.enter(fd, len)?, self.now());
        let path = self.memory.text(Span { at, len })?;
        self.wasi.files.remove_file(from, path, now)?;
        Ok(())
    }

    pub(super) fn path_rename(
        &mut self,
        fd: u32,
        at: u32,
        len: u32,
        new_fd: u32,
        new_at: u32,
        new_len: u32,
    ) -> Answer {
        let (from, to) = (self.enter(fd, len)?, self.enter(new_fd, new_len)?);
        // Moving a folder visits all that is in it.
        let (_, nodes) = self.wasi.files.used();
        self.charge(u64::from(nodes) * 20)?;
        let now = self.now();
        let path = self.memory.text(Span { at, len })?;
        let new_path = self.memory.text(Span {
            at: new_at,
            len: new_len,
        })?;
        self.wasi.files.rename((from, path), (to, new_path), now)?;
        Ok(())
    }

    pub(super) fn path_readlink(
        &mut self,
        fd: u32,
        at: u32,
        len: u32,
        _to: u32,
        _size: u32,
        _result: u32,
    ) -> Answer {
        self.find(fd, Span { at, len })?;
        // It exists, and it is no link, for there are none.
        Err(Errno::INVAL.into())
    }

    #[expect(clippy::too_many_arguments, reason = "it is what WASI says")]
    pub(super) fn path_link(
        &mut self,
        fd: u32,
        _lookup: u32,
        at: u32,
        len: u32,
        new_fd: u32,
        _new_at: u32,
        new_len: u32,
    ) -> Answer {
        self.find(fd, Span { at, len })?;
        self.enter(new_fd, new_len)?;
        Err(Errno::NOTSUP.into())
    }

    pub(super) fn path_symlink(
        &mut self,
        _at: u32,
        len: u32,
        fd: u32,
        _new_at: u32,
        new_len: u32,
    ) -> Answer {
        self.enter(fd, len.saturating_add(new_len))?;
        Err(Errno::NOTSUP.into())
    }

    pub(super) fn set_times(
        &mut self,
        node: NodeId,
        accessed: u64,
        modified: u64,
        flags: u32,
    ) -> Answer {
        let now = self.now();
        let chosen = |given: u32, at_now: u32, time: u64| match (flags & given, flags & at_now) {
            (0, 0) => Ok(None),
            (_, 0) => Ok(Some(time)),
            (0, _) => Ok(Some(now)),
            _ => Err(Errno::INVAL),
        };
        let accessed = chosen(SET_ACCESSED, SET_ACCESSED_NOW, accessed)?;
        let modified = chosen(SET_MODIFIED, SET_MODIFIED_NOW, modified)?;
        self.wasi.files.set_times(node, accessed, modified)?;
        Ok(())
    }

    fn find(&mut self, fd: u32, path: Span) -> Result<NodeId, Stop> {
        let from = self.enter(fd, path.len)?;
        Ok(self.wasi.files.find(from, self.memory.text(path)?)?)
    }

    /// Charges for a path and gives the folder that it is seen from.
    fn enter(&mut self, fd: u32, len: u32) -> Result<NodeId, Stop> {
        self.charge(Self::PATH_COST + u64::from(len) * 20)?;
        Ok(self.wasi.descriptors.folder(fd)?.node)
    }
}

impl Wasi {
    /// What is at the path of a device: a standard stream, by the path that it has on most systems,
    /// for runtimes that cannot open it in another way; or the line.
    fn device(&self, is_root: bool, path: &str) -> Option<Descriptor> {
        if !is_root {
            return None;
        }
        match path.trim_start_matches('/') {
            "dev/stdin" => Some(Descriptor::Stdin),
            "dev/stdout" => Some(Descriptor::Output(Stream::Stdout)),
            "dev/stderr" => Some(Descriptor::Output(Stream::Stderr)),
            "dev/line" if self.line.is_there() => Some(Descriptor::Line),
            _ => None,
        }
    }
}
