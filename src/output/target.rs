//! Where to publish, and the folders that no site may ever stand in the place of.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::error::{Act, OutputError, Refusal, Ward, cannot, refused};
use super::platform;

/// The folders that publishing must not touch. They need not exist.
#[derive(Debug, Clone, Copy)]
pub struct Protected<'a> {
    /// The checklists: the output is neither this folder, nor in it, nor around it.
    pub content: &'a Path,
    /// The project's own theme, if it has one: as `content`.
    pub theme: Option<&'a Path>,
    /// The folder of the project: the output may lie in it, but not be it or hold it.
    pub project: &'a Path,
    /// The user's home, if known: as `project`.
    pub home: Option<&'a Path>,
    /// The folder that the user is in, if known: as `project`. A shell that stands in an old site would be nowhere.
    pub current: Option<&'a Path>,
}

/// A folder that may be published to: absolute, links resolved, clear of all that is protected.
#[derive(Debug, Clone)]
pub struct Target {
    pub(super) output: PathBuf,
    pub(super) stage: PathBuf,
    pub(super) aside: PathBuf,
    pub(super) way: Way,
}

/// How a new site takes the place of an old one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// In one step where the system can, else by two renames.
    Exchange,
    /// By two renames in any case.
    TwoRenames,
}

impl Target {
    /// The target at `output`, which may not exist yet (nor its parents). Compares where paths really lead.
    ///
    /// # Errors
    /// [`OutputError::Refused`] when `output` is `/`, is, holds or lies in what is protected, is a file, a mount point or a link
    /// to nowhere; [`OutputError::Io`] when a path cannot be resolved. Files in the folder are looked at by `begin`.
    pub fn check(output: &Path, protected: &Protected<'_>) -> Result<Self, OutputError> {
        let real = resolve(output)?;
        let refuse = |reason| refused(output, reason);
        let name = real.file_name().ok_or_else(|| refuse(Refusal::Root))?;
        for (ward, folder) in wards(protected) {
            let folder = resolve(folder)?;
            let may_lie_in = matches!(ward, Ward::Project | Ward::Home | Ward::Current);
            if real == folder {
                return Err(refuse(Refusal::Is { ward, folder }));
            } else if folder.starts_with(&real) {
                return Err(refuse(Refusal::Holds { ward, folder }));
            } else if real.starts_with(&folder) && !may_lie_in {
                return Err(refuse(Refusal::LiesIn { ward, folder }));
            }
        }
        match real.metadata() {
            Ok(metadata) if metadata.is_dir() => {
                let above = real.parent().and_then(|folder| folder.metadata().ok());
                if above.is_some_and(|above| platform::disk(&above) != platform::disk(&metadata)) {
                    return Err(refuse(Refusal::MountPoint));
                }
            }
            Ok(_) => return Err(refuse(Refusal::NotAFolder)),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(cannot(Act::Resolve, &real)(error)),
        }
        let beside = |ending: &str| {
            let mut hidden = OsString::from(".");
            hidden.push(name);
            hidden.push(ending);
            real.with_file_name(hidden)
        };
        Ok(Self { stage: beside(".readybook"), aside: beside(".readybook-old"), output: real, way: Way::Exchange })
    }

    /// The output folder: absolute, links resolved.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.output
    }

    /// The same target, published by two renames even where the file system could exchange folders in one step: for
    /// file systems that claim to and fail, and for tests of that path. Killed between the two, there is no output
    /// folder until the next build, which puts the old site back.
    #[must_use]
    pub fn by_two_renames(self) -> Self {
        Self { way: Way::TwoRenames, ..self }
    }
}

fn wards<'a>(protected: &Protected<'a>) -> impl Iterator<Item = (Ward, &'a Path)> {
    let theme = protected.theme.map(|path| (Ward::Theme, path));
    let home = protected.home.map(|path| (Ward::Home, path));
    let current = protected.current.map(|path| (Ward::Current, path));
    let own = [(Ward::Content, protected.content), (Ward::Project, protected.project)];
    own.into_iter().chain(theme).chain(home).chain(current)
}

/// Where a path really leads. Its last parts need not exist; all that does exist is resolved.
fn resolve(path: &Path) -> Result<PathBuf, OutputError> {
    let absolute = std::path::absolute(path).map_err(cannot(Act::Resolve, path))?;
    match std::fs::canonicalize(&absolute) {
        Ok(real) => Ok(real),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            match absolute.symlink_metadata() {
                Ok(metadata) if metadata.is_symlink() => return Err(refused(path, Refusal::DeadLink)),
                // Another build has just made it.
                Ok(_) => return std::fs::canonicalize(&absolute).map_err(cannot(Act::Resolve, path)),
                Err(_) => {}
            }
            // Without a last name the path ends in `..` below something that does not exist: it leads nowhere.
            let (Some(parent), Some(name)) = (absolute.parent(), absolute.file_name()) else {
                return Err(cannot(Act::Resolve, path)(error));
            };
            Ok(resolve(parent)?.join(name))
        }
        Err(error) => Err(cannot(Act::Resolve, path)(error)),
    }
}
