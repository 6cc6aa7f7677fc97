//! The tree of files and folders.

use std::collections::BTreeMap;

use crate::files::path::Path;
use crate::files::{Content, FileError, Quota};

/// How deep folders may be nested.
pub(super) const MAX_DEPTH: u32 = 100;

/// The files of one run.
#[derive(Debug)]
pub struct Files {
    pub(super) nodes: Vec<Node>,
    /// Places in `nodes` of things that are gone.
    pub(super) free: Vec<NodeId>,
    pub(super) quota: Quota,
    /// Bytes that count for the quota.
    pub(super) bytes: u64,
    /// Files and folders that count for the quota.
    pub(super) count: u32,
    /// Inode numbers are given in order and never again.
    pub(super) next_inode: u64,
}

/// A file or a folder, for as long as it has a name or is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct NodeId(u32);

/// What the program may do with a file or a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Read it.
    ReadOnly,
    /// Read, change and remove it.
    Writable,
    /// Read and change it, as the answer to the host: it has a limit of its own and can't be
    /// removed.
    Answer,
}

/// Whether it is a file or a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A file.
    File,
    /// A folder.
    Folder,
}

/// What is known of a file or a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attributes {
    /// Its number, the same in every run.
    pub inode: u64,
    /// What it is.
    pub kind: Kind,
    /// Its size in bytes.
    pub size: u64,
    /// When it was last read, in nanoseconds of the virtual clock, as far as anybody set it.
    pub accessed: u64,
    /// When it was last changed.
    pub modified: u64,
}

/// An entry of a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its number.
    pub inode: u64,
    /// What it is.
    pub kind: Kind,
}

#[derive(Debug)]
pub(super) struct Node {
    pub(super) body: Body,
    pub(super) parent: NodeId,
    pub(super) depth: u32,
    pub(super) access: Access,
    pub(super) inode: u64,
    pub(super) accessed: u64,
    pub(super) modified: u64,
    /// Whether the program made it, so that it counts.
    pub(super) made: bool,
    /// Whether it has a name.
    pub(super) named: bool,
    /// How many descriptors are open on it.
    pub(super) opens: u32,
}

#[derive(Debug)]
pub(super) enum Body {
    File(Content),
    Folder(BTreeMap<Box<str>, NodeId>),
    Gone,
}

impl Files {
    /// The folder that holds all else.
    pub const ROOT: NodeId = NodeId(0);

    /// An empty, read-only root folder.
    pub fn new(quota: Quota, now: u64) -> Self {
        let root = Node {
            body: Body::Folder(BTreeMap::new()),
            parent: Self::ROOT,
            depth: 0,
            access: Access::ReadOnly,
            inode: 1,
            accessed: now,
            modified: now,
            made: false,
            named: true,
            opens: 0,
        };
        Self {
            nodes: vec![root],
            free: Vec::new(),
            quota,
            bytes: 0,
            count: 0,
            next_inode: 2,
        }
    }

    /// Lays a folder into the tree before the run, with the folders that lead to it, which are
    /// read-only where they are new.
    ///
    /// # Errors
    /// When something else has its name.
    pub fn lay_folder(&mut self, path: &str, access: Access) -> Result<NodeId, FileError> {
        let mut at = Self::ROOT;
        for segment in path.split('/').filter(|segment| !segment.is_empty()) {
            let existing = self.folder(at)?.get(segment).copied();
            at = match existing {
                Some(id) => id,
                None => self.insert(at, segment, Body::Folder(BTreeMap::new()), access, 0)?,
            };
        }
        self.folder(at)?;
        Ok(at)
    }

    /// Lays a file into the tree before the run; folders that lead to it are made with the same
    /// access where they are not there.
    ///
    /// # Errors
    /// When something else has its name, or it has none.
    pub fn lay_file(
        &mut self,
        path: &str,
        content: Content,
        access: Access,
    ) -> Result<NodeId, FileError> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let folder_access = if access == Access::Answer {
            Access::ReadOnly
        } else {
            access
        };
        let folder = self.lay_folder(folder, folder_access)?;
        // It is nothing that the program wrote: it counts once it is changed.
        let content = match content {
            Content::Own(bytes) if access == Access::Writable => Content::Shared(bytes.into()),
            other => other,
        };
        if let Some(id) = self.folder(folder)?.get(name).copied() {
            return match &mut self.node_mut(id)?.body {
                Body::File(old) => {
                    *old = content;
                    Ok(id)
                }
                Body::Folder(_) | Body::Gone => Err(FileError::IsFolder),
            };
        }
        self.insert(folder, name, Body::File(content), access, 0)
    }

    /// The whole content of a file, by its path from the root; for the host, after the run.
    pub fn take(&self, path: &str) -> Option<Vec<u8>> {
        let id = self.find(Self::ROOT, path).ok()?;
        match &self.node(id).ok()?.body {
            Body::File(Content::Own(bytes)) => Some(bytes.clone()),
            Body::File(Content::Shared(bytes)) => Some(bytes.to_vec()),
            Body::File(Content::Host(_)) | Body::Folder(_) | Body::Gone => None,
        }
    }

    /// The file or folder that a path names, seen from a folder.
    ///
    /// # Errors
    /// When there is none.
    pub fn find(&self, from: NodeId, path: &str) -> Result<NodeId, FileError> {
        let path = Path::parse(path)?;
        let folder = self.walk(from, &path)?;
        let Some(name) = path.name else {
            return Ok(folder);
        };
        let id = self
            .folder(folder)?
            .get(name)
            .copied()
            .ok_or(FileError::NotFound)?;
        if path.must_be_folder {
            self.folder(id)?;
        }
        Ok(id)
    }

    /// Whether it is a file or a folder.
    ///
    /// # Errors
    /// When it is gone.
    pub fn kind(&self, id: NodeId) -> Result<Kind, FileError> {
        Ok(self.attributes(id)?.kind)
    }

    /// What is known of it.
    ///
    /// # Errors
    /// When it is gone.
    pub fn attributes(&self, id: NodeId) -> Result<Attributes, FileError> {
        let node = self.node(id)?;
        let (kind, size) = match &node.body {
            Body::File(content) => (Kind::File, content.len()),
            Body::Folder(_) => (Kind::Folder, 0),
            Body::Gone => return Err(FileError::NotFound),
        };
        Ok(Attributes {
            inode: node.inode,
            kind,
            size,
            accessed: node.accessed,
            modified: node.modified,
        })
    }

    /// Sets the times that are given.
    ///
    /// # Errors
    /// When it can't be changed.
    pub fn set_times(
        &mut self,
        id: NodeId,
        accessed: Option<u64>,
        modified: Option<u64>,
    ) -> Result<(), FileError> {
        self.check_writable(id)?;
        let node = self.node_mut(id)?;
        node.accessed = accessed.unwrap_or(node.accessed);
        node.modified = modified.unwrap_or(node.modified);
        Ok(())
    }

    /// Whether the program may write to it.
    ///
    /// # Errors
    /// [`FileError::ReadOnly`] when it may not.
    pub fn check_writable(&self, id: NodeId) -> Result<(), FileError> {
        match self.node(id)?.access {
            Access::ReadOnly => Err(FileError::ReadOnly),
            Access::Writable | Access::Answer => Ok(()),
        }
    }

    /// The entries of a folder in the order of their names, after the first `skip`.
    ///
    /// # Errors
    /// When it is no folder.
    pub fn entries(
        &self,
        id: NodeId,
        skip: usize,
    ) -> Result<impl Iterator<Item = Entry<'_>>, FileError> {
        let entries = self.folder(id)?.iter().skip(skip);
        Ok(entries.filter_map(|(name, id)| {
            let Attributes { inode, kind, .. } = self.attributes(*id).ok()?;
            Some(Entry { name, inode, kind })
        }))
    }

    /// The folder that holds it; the root holds itself.
    ///
    /// # Errors
    /// When it has no name any more.
    pub fn parent(&self, id: NodeId) -> Result<NodeId, FileError> {
        let node = self.node(id)?;
        if node.named {
            Ok(node.parent)
        } else {
            Err(FileError::NotFound)
        }
    }

    pub(super) fn insert(
        &mut self,
        folder: NodeId,
        name: &str,
        body: Body,
        access: Access,
        now: u64,
    ) -> Result<NodeId, FileError> {
        let now = if now == 0 {
            self.node(Self::ROOT)?.modified
        } else {
            now
        };
        let node = Node {
            body,
            parent: folder,
            depth: self.node(folder)?.depth + 1,
            access,
            inode: self.next_inode,
            accessed: now,
            modified: now,
            made: false,
            named: true,
            opens: 0,
        };
        self.next_inode += 1;
        let id = if let Some(id) = self.free.pop() {
            *self.node_mut(id)? = node;
            id
        } else {
            let id = u32::try_from(self.nodes.len()).map_err(|_| FileError::Exhausted)?;
            self.nodes.push(node);
            NodeId(id)
        };
        self.folder_mut(folder)?.insert(name.into(), id);
        Ok(id)
    }

    /// The folder that a path leads to, without its last name.
    pub(super) fn walk(&self, from: NodeId, path: &Path<'_>) -> Result<NodeId, FileError> {
        let mut at = from;
        self.folder(at)?;
        for segment in &path.folder {
            at = match *segment {
                ".." => self.parent(at)?,
                name => self
                    .folder(at)?
                    .get(name)
                    .copied()
                    .ok_or(FileError::NotFound)?,
            };
            self.folder(at)?;
        }
        Ok(at)
    }

    pub(super) fn folder(&self, id: NodeId) -> Result<&BTreeMap<Box<str>, NodeId>, FileError> {
        match &self.node(id)?.body {
            Body::Folder(entries) => Ok(entries),
            Body::File(_) => Err(FileError::NotFolder),
            Body::Gone => Err(FileError::NotFound),
        }
    }

    pub(super) fn folder_mut(
        &mut self,
        id: NodeId,
    ) -> Result<&mut BTreeMap<Box<str>, NodeId>, FileError> {
        match &mut self.node_mut(id)?.body {
            Body::Folder(entries) => Ok(entries),
            Body::File(_) => Err(FileError::NotFolder),
            Body::Gone => Err(FileError::NotFound),
        }
    }

    pub(super) fn node(&self, id: NodeId) -> Result<&Node, FileError> {
        usize::try_from(id.0)
            .ok()
            .and_then(|at| self.nodes.get(at))
            .ok_or(FileError::NotFound)
    }

    pub(super) fn node_mut(&mut self, id: NodeId) -> Result<&mut Node, FileError> {
        let at = usize::try_from(id.0).ok();
        at.and_then(|at| self.nodes.get_mut(at))
            .ok_or(FileError::NotFound)
    }
}
