//! A folder as a value.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

/// Everything in a folder: relative path to mode, kind and bytes.
#[derive(PartialEq, Eq, Default)]
pub(crate) struct Tree(BTreeMap<PathBuf, (u32, Option<Vec<u8>>)>);

impl Tree {
    /// `None` when there is nothing of that name.
    pub(crate) fn read(folder: &Path) -> Option<Self> {
        match folder.symlink_metadata() {
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => panic!("{}: {error}", folder.display()),
            Ok(_) => {
                let mut tree = Self::default();
                tree.add(folder, PathBuf::new());
                Some(tree)
            }
        }
    }

    fn add(&mut self, root: &Path, name: PathBuf) {
        let path = root.join(&name);
        let metadata = path.symlink_metadata().expect("metadata");
        assert!(!metadata.is_symlink(), "{} is a link", path.display());
        let bytes = metadata.is_file().then(|| fs::read(&path).expect("a file"));
        if metadata.is_dir() {
            for entry in fs::read_dir(&path).expect("a folder") {
                self.add(root, name.join(entry.expect("an entry").file_name()));
            }
        }
        let mode = metadata.permissions().mode() & 0o7777;
        assert_eq!(mode, if metadata.is_dir() { 0o755 } else { 0o644 }, "mode of {}", path.display());
        self.0.insert(name, (mode, bytes));
    }
}

impl fmt::Debug for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sizes = self.0.iter().map(|(name, (_, bytes))| (name, bytes.as_ref().map(Vec::len)));
        f.debug_map().entries(sizes).finish()
    }
}
