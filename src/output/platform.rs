//! What differs between systems: modes, links, the identity of a file. Elsewhere than on Unix the system's ways are
//! taken as they are.

#[cfg(unix)]
pub(super) use unix::{Identity, disk, has_mode, identity, mode, plainly};

#[cfg(not(unix))]
pub(super) use other::{Identity, disk, has_mode, identity, mode, plainly};

/// Permissions of a published file.
pub(super) const FILE_MODE: u32 = 0o644;
/// Permissions of a published folder.
pub(super) const FOLDER_MODE: u32 = 0o755;

#[cfg(unix)]
mod unix {
    use std::fs::{Metadata, OpenOptions, Permissions};
    use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};

    use rustix::fs::OFlags;

    /// Device and inode: what stays the same when a file is renamed.
    pub(crate) type Identity = (u64, u64);

    pub(crate) fn identity(metadata: &Metadata) -> Identity {
        (metadata.dev(), metadata.ino())
    }

    /// The file system that a file is on.
    pub(crate) fn disk(metadata: &Metadata) -> u64 {
        metadata.dev()
    }

    /// Opens no link, and does not wait for the other end of a pipe.
    pub(crate) fn plainly(options: &mut OpenOptions) -> &mut OpenOptions {
        options.custom_flags((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits().cast_signed())
    }

    pub(crate) fn has_mode(metadata: &Metadata, mode: u32) -> bool {
        metadata.mode() & 0o7777 == mode
    }

    pub(crate) fn mode(mode: u32) -> Option<Permissions> {
        Some(Permissions::from_mode(mode))
    }
}

#[cfg(not(unix))]
mod other {
    use std::fs::{Metadata, OpenOptions, Permissions};

    /// Nothing that the standard library can tell here.
    pub(crate) type Identity = ();

    pub(crate) fn identity(_: &Metadata) -> Identity {}

    pub(crate) fn disk(_: &Metadata) -> u64 {
        0
    }

    pub(crate) fn plainly(options: &mut OpenOptions) -> &mut OpenOptions {
        options
    }

    pub(crate) fn has_mode(_: &Metadata, _: u32) -> bool {
        true
    }

    pub(crate) fn mode(_: u32) -> Option<Permissions> {
        None
    }
}
