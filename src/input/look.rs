//! What is at a path. What cannot be found out is an error: it never counts as "nothing there", or a site would be
//! built without a configuration or with what is to be left out.

use super::error::{Act, InputError};
use std::fs::Metadata;
use std::io::{self, ErrorKind};
use std::path::Path;

/// Whether there is a file, or a link to one.
pub(super) fn is_file(path: &Path) -> Result<bool, InputError> {
    Ok(metadata(path)?.is_some_and(|metadata| metadata.is_file()))
}

/// Whether there is a folder, or a link to one.
pub(super) fn is_folder(path: &Path) -> Result<bool, InputError> {
    Ok(metadata(path)?.is_some_and(|metadata| metadata.is_dir()))
}

/// Whether there is anything.
pub(super) fn is_there(path: &Path) -> Result<bool, InputError> {
    Ok(metadata(path)?.is_some())
}

/// The bytes of a file; `None` where there is none.
pub(super) fn bytes(path: &Path) -> Result<Option<Vec<u8>>, InputError> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if is_absence(&error) || error.kind() == ErrorKind::IsADirectory => Ok(None),
        Err(error) => Err(InputError::new(Act::Read, path, error)),
    }
}

fn metadata(path: &Path) -> Result<Option<Metadata>, InputError> {
    match path.metadata() {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if is_absence(&error) => Ok(None),
        Err(error) => Err(InputError::new(Act::Find, path, error)),
    }
}

fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}
