//! Single files and folders of a site: made anew with fixed modes, compared, linked. Nothing here follows a link.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;

use super::error::{Act, OutputError, cannot};
use super::platform::{self, FILE_MODE, FOLDER_MODE};

/// Bytes that are compared at a time.
const CHUNK: usize = 16 * 1024;

/// Makes a file with what `content` holds. The file must not exist.
pub(super) fn create(path: &Path, content: &mut impl Read) -> Result<(), OutputError> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(cannot(Act::Create, path))?;
    io::copy(content, &mut file).map_err(cannot(Act::Write, path))?;
    settle(&file, path)
}

/// As [`create`], from bytes.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), OutputError> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(cannot(Act::Create, path))?;
    file.write_all(bytes).map_err(cannot(Act::Write, path))?;
    settle(&file, path)
}

/// Gives a file the mode of published files, whatever the umask made of it.
pub(super) fn settle(file: &File, path: &Path) -> Result<(), OutputError> {
    platform::mode(FILE_MODE).map_or(Ok(()), |mode| file.set_permissions(mode)).map_err(cannot(Act::Write, path))
}

/// Makes a folder; `false` when the name is taken.
pub(super) fn create_folder(path: &Path) -> Result<bool, OutputError> {
    match DirBuilder::new().create(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(cannot(Act::Create, path)(error)),
    }
}

/// Gives a folder the mode of published folders, whatever the umask made of it.
pub(super) fn settle_folder(path: &Path) -> Result<(), OutputError> {
    let mode = platform::mode(FOLDER_MODE);
    mode.map_or(Ok(()), |mode| fs::set_permissions(path, mode)).map_err(cannot(Act::Create, path))
}

/// Whether a folder, not a link to one, is at this path.
pub(super) fn is_folder(path: &Path) -> Result<bool, OutputError> {
    match path.symlink_metadata() {
        Ok(metadata) => Ok(metadata.is_dir()),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(cannot(Act::Read, path)(error)),
    }
}

/// Opens an ordinary file for reading: no link, pipe or device.
pub(super) fn open(path: &Path) -> Result<File, OutputError> {
    let file = platform::plainly(OpenOptions::new().read(true)).open(path).map_err(cannot(Act::Read, path))?;
    let metadata = file.metadata().map_err(cannot(Act::Read, path))?;
    if metadata.is_file() {
        Ok(file)
    } else {
        Err(cannot(Act::Read, path)(io::Error::new(ErrorKind::InvalidInput, "it is not an ordinary file")))
    }
}

/// Whether the file at `path` is an ordinary one with the mode of published files and has `length` bytes, namely
/// those of `content`. What cannot be read of it differs; what cannot be read of `content` is an error.
pub(super) fn is_same(path: &Path, length: u64, content: &mut impl Read) -> io::Result<bool> {
    let Ok(mut old) = platform::plainly(OpenOptions::new().read(true)).open(path) else { return Ok(false) };
    let alike = old.metadata().is_ok_and(|metadata| {
        metadata.is_file() && metadata.len() == length && platform::has_mode(&metadata, FILE_MODE)
    });
    if !alike {
        return Ok(false);
    }
    let (mut there, mut here) = ([0; CHUNK], [0; CHUNK]);
    loop {
        let size = content.read(&mut here)?;
        if size == 0 {
            return Ok(old.read(&mut there).is_ok_and(|rest| rest == 0));
        }
        if old.read_exact(&mut there[..size]).is_err() || there[..size] != here[..size] {
            return Ok(false);
        }
    }
}

/// Puts the file `from` at `to` under a second name, or a copy of it where the file system has no such links.
pub(super) fn link(from: &Path, to: &Path) -> Result<(), OutputError> {
    fs::hard_link(from, to).or_else(|_| create(to, &mut open(from)?))
}
