//! Single files and folders of a site: made anew with fixed modes, compared, linked. Nothing here follows a link.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Read, Write};
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

/// As [`create`], by what writes it piece by piece.
pub(super) fn stream(path: &Path, write: &dyn Fn(&mut dyn Write) -> io::Result<()>) -> Result<(), OutputError> {
    let file = OpenOptions::new().write(true).create_new(true).open(path).map_err(cannot(Act::Create, path))?;
    let mut buffer = BufWriter::with_capacity(8 * CHUNK, file);
    write(&mut buffer).map_err(cannot(Act::Write, path))?;
    let file = buffer.into_inner().map_err(|error| cannot(Act::Write, path)(error.into_error()))?;
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
    let Some(mut old) = published(path) else { return Ok(false) };
    if !old.metadata().is_ok_and(|metadata| metadata.len() == length) {
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

/// Whether the file at `path` is such a one and has the bytes that `write` writes.
pub(super) fn is_written(path: &Path, write: &dyn Fn(&mut dyn Write) -> io::Result<()>) -> bool {
    let Some(old) = published(path) else { return false };
    let mut comparison = BufWriter::with_capacity(CHUNK, Comparison { old });
    let is_same = write(&mut comparison).and_then(|()| comparison.flush()).is_ok();
    is_same && comparison.get_mut().old.read(&mut [0]).is_ok_and(|rest| rest == 0)
}

/// An ordinary file with the mode of published ones, for reading.
fn published(path: &Path) -> Option<File> {
    let file = platform::plainly(OpenOptions::new().read(true)).open(path).ok()?;
    let is_sound = file.metadata().is_ok_and(|metadata| metadata.is_file() && platform::has_mode(&metadata, FILE_MODE));
    is_sound.then_some(file)
}

/// Takes bytes as long as they are those of a file.
struct Comparison {
    old: File,
}

impl Write for Comparison {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut there = [0; CHUNK];
        let size = bytes.len().min(CHUNK);
        self.old.read_exact(&mut there[..size])?;
        if there[..size] == bytes[..size] { Ok(size) } else { Err(io::Error::other("it differs")) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Puts the file `from` at `to` under a second name, or a copy of it where the file system has no such links.
pub(super) fn link(from: &Path, to: &Path) -> Result<(), OutputError> {
    fs::hard_link(from, to).or_else(|_| create(to, &mut open(from)?))
}
