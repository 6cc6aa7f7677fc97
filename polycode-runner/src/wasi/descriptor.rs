//! The table of open descriptors.

use polycode_core::judging::Stream;

use crate::files::NodeId;
use crate::wasi::errno::Errno;

/// What a descriptor stands for.
#[derive(Debug, Clone)]
pub(super) enum Descriptor {
    Stdin,
    Output(Stream),
    /// The line to another program, where it is beside the standard streams.
    Line,
    File(OpenFile),
    Folder(OpenFolder),
}

#[derive(Debug, Clone)]
pub(super) struct OpenFile {
    pub(super) node: NodeId,
    pub(super) position: u64,
    pub(super) read: bool,
    pub(super) write: bool,
    pub(super) append: bool,
}

#[derive(Debug, Clone)]
pub(super) struct OpenFolder {
    pub(super) node: NodeId,
    /// The names that were there when a listing began: removing entries during a listing must
    /// not make it skip others.
    pub(super) listing: Vec<Box<str>>,
    /// The path that the program knows it by, if it is open from the start.
    pub(super) preopened: Option<&'static str>,
}

/// The open descriptors of a run.
#[derive(Debug)]
pub(super) struct Descriptors(Vec<Option<Descriptor>>);

impl Descriptors {
    /// The most that can be open at one time, those that are given included.
    pub(super) const MAX: usize = 64;

    /// Standard streams, and folders by the paths that the program knows them by.
    pub(super) fn new(folders: &[(&'static str, NodeId)]) -> Self {
        let folder = |(path, node): &(&'static str, NodeId)| {
            Some(Descriptor::Folder(OpenFolder {
                node: *node,
                listing: Vec::new(),
                preopened: Some(path),
            }))
        };
        let mut open = vec![
            Some(Descriptor::Stdin),
            Some(Descriptor::Output(Stream::Stdout)),
            Some(Descriptor::Output(Stream::Stderr)),
        ];
        open.extend(folders.iter().map(folder));
        Self(open)
    }

    pub(super) fn get(&self, fd: u32) -> Result<&Descriptor, Errno> {
        let place = usize::try_from(fd).ok().and_then(|fd| self.0.get(fd));
        place.and_then(Option::as_ref).ok_or(Errno::BADF)
    }

    pub(super) fn get_mut(&mut self, fd: u32) -> Result<&mut Descriptor, Errno> {
        self.place(fd)?.as_mut().ok_or(Errno::BADF)
    }

    pub(super) fn file(&mut self, fd: u32) -> Result<&mut OpenFile, Errno> {
        match self.get_mut(fd)? {
            Descriptor::File(file) => Ok(file),
            Descriptor::Folder(_) => Err(Errno::ISDIR),
            Descriptor::Stdin | Descriptor::Output(_) | Descriptor::Line => Err(Errno::SPIPE),
        }
    }

    pub(super) fn folder(&mut self, fd: u32) -> Result<&mut OpenFolder, Errno> {
        match self.get_mut(fd)? {
            Descriptor::Folder(folder) => Ok(folder),
            _ => Err(Errno::NOTDIR),
        }
    }

    /// The file or folder of a descriptor.
    pub(super) fn node(&self, fd: u32) -> Result<NodeId, Errno> {
        self.get(fd)?.node().ok_or(Errno::INVAL)
    }

    /// Refuses when no more can be opened.
    pub(super) fn check_room(&self) -> Result<(), Errno> {
        let open = self.0.iter().flatten().count();
        if open < Self::MAX {
            Ok(())
        } else {
            Err(Errno::MFILE)
        }
    }

    /// Opens at the lowest number that is free.
    pub(super) fn open(&mut self, descriptor: Descriptor) -> Result<u32, Errno> {
        self.check_room()?;
        let free = self.0.iter().position(Option::is_none);
        let at = free.unwrap_or_else(|| {
            self.0.push(None);
            self.0.len() - 1
        });
        if let Some(place) = self.0.get_mut(at) {
            *place = Some(descriptor);
        }
        u32::try_from(at).map_err(|_| Errno::MFILE)
    }

    pub(super) fn close(&mut self, fd: u32) -> Result<Descriptor, Errno> {
        self.place(fd)?.take().ok_or(Errno::BADF)
    }

    /// Moves a descriptor to the number of another open one, which is returned, closed.
    pub(super) fn renumber(&mut self, from: u32, to: u32) -> Result<Option<Descriptor>, Errno> {
        self.get(to)?;
        let moved = self.get(from)?.clone();
        if from == to {
            return Ok(None);
        }
        self.close(from)?;
        Ok(self.place(to)?.replace(moved))
    }

    fn place(&mut self, fd: u32) -> Result<&mut Option<Descriptor>, Errno> {
        let place = usize::try_from(fd).ok().and_then(|fd| self.0.get_mut(fd));
        place.ok_or(Errno::BADF)
    }
}

impl Descriptor {
    pub(super) fn node(&self) -> Option<NodeId> {
        match self {
            Self::File(file) => Some(file.node),
            Self::Folder(folder) => Some(folder.node),
            Self::Stdin | Self::Output(_) | Self::Line => None,
        }
    }
}
