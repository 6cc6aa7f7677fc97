//! Making, removing and renaming.

use std::collections::BTreeMap;

use crate::files::path::Path;
use crate::files::tree::{Body, MAX_DEPTH};
use crate::files::{Access, Content, FileError, Files, Kind, NodeId};

impl Files {
    /// Makes an empty file; [`FileError::Exists`] if the name is taken.
    ///
    /// # Errors
    /// When it can't be made.
    pub fn make_file(&mut self, from: NodeId, path: &str, now: u64) -> Result<NodeId, FileError> {
        let path = Path::parse(path)?;
        if path.must_be_folder {
            return Err(FileError::IsFolder);
        }
        self.make(from, &path, Body::File(Content::Own(Vec::new())), now)
    }

    /// Makes an empty folder.
    ///
    /// # Errors
    /// When it can't be made.
    pub fn make_folder(&mut self, from: NodeId, path: &str, now: u64) -> Result<NodeId, FileError> {
        self.make(
            from,
            &Path::parse(path)?,
            Body::Folder(BTreeMap::new()),
            now,
        )
    }

    /// Takes a file's name away; its content stays for those who have it open.
    ///
    /// # Errors
    /// When it is not there, is a folder, or is not to be removed.
    pub fn remove_file(&mut self, from: NodeId, path: &str, now: u64) -> Result<(), FileError> {
        let path = Path::parse(path)?;
        let folder = self.walk(from, &path)?;
        let name = path.name.ok_or(FileError::IsFolder)?;
        let id = self
            .folder(folder)?
            .get(name)
            .copied()
            .ok_or(FileError::NotFound)?;
        match self.kind(id)? {
            Kind::Folder => return Err(FileError::IsFolder),
            Kind::File if path.must_be_folder => return Err(FileError::NotFolder),
            Kind::File => {}
        }
        self.check_movable(folder, id)?;
        self.unname(folder, name, id, now)
    }

    /// Removes an empty folder.
    ///
    /// # Errors
    /// When it is not there, not empty, not a folder, or is not to be removed.
    pub fn remove_folder(&mut self, from: NodeId, path: &str, now: u64) -> Result<(), FileError> {
        let path = Path::parse(path)?;
        let folder = self.walk(from, &path)?;
        let name = path.name.ok_or(FileError::Invalid)?;
        let id = self
            .folder(folder)?
            .get(name)
            .copied()
            .ok_or(FileError::NotFound)?;
        if !self.folder(id)?.is_empty() {
            return Err(FileError::NotEmpty);
        }
        self.check_movable(folder, id)?;
        self.unname(folder, name, id, now)
    }

    /// Gives a file or a folder another name; what had that name is replaced, as POSIX has it.
    ///
    /// # Errors
    /// When either can't be changed, or a folder would come to be in itself.
    pub fn rename(
        &mut self,
        (from, path): (NodeId, &str),
        (to, new_path): (NodeId, &str),
        now: u64,
    ) -> Result<(), FileError> {
        let (path, new_path) = (Path::parse(path)?, Path::parse(new_path)?);
        let (folder, new_folder) = (self.walk(from, &path)?, self.walk(to, &new_path)?);
        let (Some(name), Some(new_name)) = (path.name, new_path.name) else {
            return Err(FileError::Invalid);
        };
        let id = self
            .folder(folder)?
            .get(name)
            .copied()
            .ok_or(FileError::NotFound)?;
        let kind = self.kind(id)?;
        if kind == Kind::File && (path.must_be_folder || new_path.must_be_folder) {
            return Err(FileError::NotFolder);
        }
        self.check_movable(folder, id)?;
        self.check_writable(new_folder)?;
        self.parent(new_folder)?;
        if self.is_inside(new_folder, id)? {
            return Err(FileError::Invalid);
        }
        if let Some(old) = self.folder(new_folder)?.get(new_name).copied() {
            if old == id {
                return Ok(());
            }
            match (kind, self.kind(old)?) {
                (Kind::Folder, Kind::File) => return Err(FileError::NotFolder),
                (Kind::File, Kind::Folder) => return Err(FileError::IsFolder),
                (Kind::Folder, Kind::Folder) if !self.folder(old)?.is_empty() => {
                    return Err(FileError::NotEmpty);
                }
                (Kind::File, Kind::File) | (Kind::Folder, Kind::Folder) => {}
            }
            self.check_movable(new_folder, old)?;
            self.unname(new_folder, new_name, old, now)?;
        } else if kind == Kind::Folder
            && self.node(new_folder)?.depth + self.height(id)? >= MAX_DEPTH
        {
            return Err(FileError::NameTooLong);
        }
        self.folder_mut(folder)?.remove(name);
        self.folder_mut(new_folder)?.insert(new_name.into(), id);
        self.node_mut(folder)?.modified = now;
        self.node_mut(new_folder)?.modified = now;
        self.node_mut(id)?.parent = new_folder;
        self.set_depths(id)
    }

    /// Notes that a descriptor is open, so that the node outlives its name.
    ///
    /// # Errors
    /// When it is gone.
    pub fn opened(&mut self, id: NodeId) -> Result<(), FileError> {
        self.node_mut(id)?.opens += 1;
        Ok(())
    }

    /// Notes that a descriptor was closed.
    pub fn closed(&mut self, id: NodeId) {
        if let Ok(node) = self.node_mut(id) {
            node.opens = node.opens.saturating_sub(1);
            self.sweep(id);
        }
    }

    fn make(
        &mut self,
        from: NodeId,
        path: &Path<'_>,
        body: Body,
        now: u64,
    ) -> Result<NodeId, FileError> {
        let folder = self.walk(from, path)?;
        let name = path.name.ok_or(FileError::Exists)?;
        if self.folder(folder)?.contains_key(name) {
            return Err(FileError::Exists);
        }
        self.check_writable(folder)?;
        self.parent(folder)?;
        if self.node(folder)?.depth + 1 >= MAX_DEPTH {
            return Err(FileError::NameTooLong);
        }
        if self.count >= self.quota.nodes {
            return Err(FileError::Exhausted);
        }
        let id = self.insert(folder, name, body, Access::Writable, now)?;
        self.node_mut(id)?.made = true;
        self.count += 1;
        self.node_mut(folder)?.modified = now;
        Ok(id)
    }

    fn unname(
        &mut self,
        folder: NodeId,
        name: &str,
        id: NodeId,
        now: u64,
    ) -> Result<(), FileError> {
        self.folder_mut(folder)?.remove(name);
        self.node_mut(folder)?.modified = now;
        self.node_mut(id)?.named = false;
        self.sweep(id);
        Ok(())
    }

    /// Forgets a node that has neither a name nor an open descriptor, and gives its quota back.
    fn sweep(&mut self, id: NodeId) {
        let Ok(node) = self.node_mut(id) else { return };
        if node.named || node.opens > 0 {
            return;
        }
        let charged = match (&node.body, node.access) {
            (Body::File(content), Access::Writable) => content.charged(),
            _ => 0,
        };
        let made = u32::from(node.made);
        node.body = Body::Gone;
        self.bytes = self.bytes.saturating_sub(charged);
        self.count = self.count.saturating_sub(made);
        self.free.push(id);
    }

    fn check_movable(&self, folder: NodeId, id: NodeId) -> Result<(), FileError> {
        self.check_writable(folder)?;
        match self.node(id)?.access {
            Access::Writable => Ok(()),
            Access::ReadOnly | Access::Answer => Err(FileError::ReadOnly),
        }
    }

    /// Whether a folder is another one or somewhere in it.
    fn is_inside(&self, folder: NodeId, other: NodeId) -> Result<bool, FileError> {
        let mut at = folder;
        while at != Self::ROOT {
            if at == other {
                return Ok(true);
            }
            at = self.parent(at)?;
        }
        Ok(other == Self::ROOT)
    }

    /// How many levels there are in a folder; a file has one.
    fn height(&self, id: NodeId) -> Result<u32, FileError> {
        let mut highest = 0;
        let mut todo = vec![(id, 1)];
        while let Some((id, height)) = todo.pop() {
            highest = highest.max(height);
            if let Body::Folder(entries) = &self.node(id)?.body {
                todo.extend(entries.values().map(|id| (*id, height + 1)));
            }
        }
        Ok(highest)
    }

    fn set_depths(&mut self, id: NodeId) -> Result<(), FileError> {
        let mut todo = vec![id];
        while let Some(id) = todo.pop() {
            let depth = self.node(self.parent(id)?)?.depth + 1;
            let node = self.node_mut(id)?;
            node.depth = depth;
            if let Body::Folder(entries) = &node.body {
                todo.extend(entries.values());
            }
        }
        Ok(())
    }
}
