//! Files that a verb writes because it was asked to.

use super::exit::Failure;
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::Path;

/// Writes a file in one step, over an older one; behind a link, the file that it leads to.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let real = path.canonicalize();
    let path = real.as_deref().unwrap_or(path);
    if path.exists() && path.metadata().is_ok_and(|data| !data.is_file()) {
        // A pipe or device, such as /dev/stdout, cannot be replaced.
        return std::fs::write(path, bytes).map_err(|cause| Failure::write(path, cause));
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let write = || {
        // Asked first: the error would name the temporary file otherwise.
        std::fs::metadata(folder)?;
        let mut builder = tempfile::Builder::new();
        set_mode(&mut builder);
        let mut file = builder.tempfile_in(folder)?;
        file.write_all(bytes)?;
        if let Ok(old) = path.metadata() {
            std::fs::set_permissions(file.path(), old.permissions())?;
        }
        file.persist(path).map_err(|error| error.error)
    };
    write().map(drop).map_err(|cause| Failure::write(path, cause))
}

/// Readable by all whom the umask allows, as any new file: temporary files are private otherwise.
#[cfg(unix)]
fn set_mode(builder: &mut tempfile::Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt as _;
    builder.permissions(std::fs::Permissions::from_mode(0o666));
}

#[cfg(not(unix))]
fn set_mode(_builder: &mut tempfile::Builder<'_, '_>) {}

/// Writes a new file, with the folders that it needs. Gives `false`, and writes nothing, when it is there already.
pub(super) fn create(path: &Path, bytes: &[u8]) -> Result<bool, Failure> {
    let failed = |cause| Failure::write(path, cause);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(failed)?;
    }
    match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => file.write_all(bytes).map(|()| true).map_err(failed),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(failed(error)),
    }
}
