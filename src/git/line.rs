//! The line of commits by which a folder came to what it is. At a merge that left the folder as one side had it, the line
//! goes on along that side, so that what was done on a branch is of the day and the author that did it; at any other merge
//! along the first side, and what the others brought is the change of the merge.

use super::head::below;
use super::run::{Git, GitError, is_id};
use rustc_hash::FxHashMap;
use std::io::{BufRead, BufReader, Lines};
use std::process::{Child, ChildStdout, Stdio};

/// A commit of the line.
#[derive(Debug)]
pub(super) struct Link {
    /// Its id.
    pub(super) commit: String,
    /// The id of the commit before it in the line, which need not be a parent of it: those in between changed nothing in
    /// the folder. `None` for the first, before which there was no such folder.
    pub(super) before: Option<String>,
}

/// A line of commits, newest first, as far as it was asked for.
pub(super) struct Line {
    child: Child,
    told: Lines<BufReader<ChildStdout>>,
    turn: Turn,
    /// Commits that were told before it was their turn, with the one before each: git goes by dates.
    aside: FxHashMap<String, Option<String>>,
}

/// Which commit comes next.
enum Turn {
    /// The first that is told.
    First,
    /// This one.
    Of(String),
    /// None.
    Over,
}

impl Git {
    /// The line of a folder; empty for the root.
    ///
    /// # Errors
    /// When git is not there.
    pub(super) fn line(&self, folder: &str) -> Result<Line, GitError> {
        let mut child = self.start(&["rev-list", "--parents", "HEAD", "--", below(folder)], Stdio::null())?;
        let output = child.stdout.take().ok_or_else(|| GitError::Refused("nothing".to_owned()))?;
        Ok(Line { child, told: BufReader::new(output).lines(), turn: Turn::First, aside: FxHashMap::default() })
    }
}

impl Line {
    /// The next commits, so many at most; none at the end.
    ///
    /// # Errors
    /// When git does not answer.
    pub(super) fn next(&mut self, most: usize) -> Result<Vec<Link>, GitError> {
        let mut links = Vec::new();
        while links.len() < most {
            let Some(link) = self.step()? else { break };
            links.push(link);
        }
        Ok(links)
    }

    fn step(&mut self) -> Result<Option<Link>, GitError> {
        let turn = std::mem::replace(&mut self.turn, Turn::Over);
        let due = match turn {
            Turn::Over => return Ok(None),
            Turn::First => None,
            Turn::Of(commit) => Some(commit),
        };
        let known = due.as_ref().and_then(|due| self.aside.remove_entry(due));
        let found = match known {
            Some(known) => Some(known),
            None => self.find(due.as_deref())?,
        };
        let Some((commit, before)) = found else { return Ok(None) };
        self.turn = before.clone().map_or(Turn::Over, Turn::Of);
        Ok(Some(Link { commit, before }))
    }

    /// The commit whose turn it is, or the first, with the one before it.
    fn find(&mut self, due: Option<&str>) -> Result<Option<(String, Option<String>)>, GitError> {
        for line in self.told.by_ref() {
            let line = line?;
            let mut ids = line.split(' ').filter(|id| is_id(id)).map(str::to_owned);
            let Some(commit) = ids.next() else { continue };
            if due.is_none_or(|due| due == commit) {
                return Ok(Some((commit, ids.next())));
            }
            self.aside.insert(commit, ids.next());
        }
        if self.child.wait()?.success() {
            Ok(None)
        } else {
            Err(GitError::Refused("the log cannot be read".to_owned()))
        }
    }
}

impl Drop for Line {
    /// Nobody reads what else git has to say.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
