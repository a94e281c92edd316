//! The contents of files, asked from one git that runs for as long as anything is asked.

use super::run::{Git, GitError, is_id};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

/// Ids that are asked for at once. Their lines fit into the smallest pipe that there is (4 KiB), so that asking never
/// waits for git, which may be waiting for us to read its answers.
const AT_ONCE: usize = 60;

/// A git that tells contents.
#[derive(Debug)]
pub struct Store {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
}

/// What the content of a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Blob {
    /// This.
    Bytes(Vec<u8>),
    /// More than was asked for; this many bytes.
    TooLarge(u64),
    /// Not known here: a partial clone has not fetched it.
    Missing,
}

impl Store {
    /// Starts it.
    ///
    /// # Errors
    /// When git is not there.
    pub fn open(git: &Git) -> Result<Self, GitError> {
        let mut child = git.start(&["cat-file", "--batch"], Stdio::piped())?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(questions), Some(answers)) => Ok(Self { child, questions, answers: BufReader::new(answers) }),
            _ => Err(GitError::Refused("it cannot be talked with".to_owned())),
        }
    }

    /// The contents of some ids, in their order, each of `limit` bytes at most. Where git ends before it has told them
    /// all, the others are missing.
    pub fn read(&mut self, ids: &[&str], limit: u64) -> Vec<Blob> {
        let mut blobs = Vec::with_capacity(ids.len());
        for ids in ids.chunks(AT_ONCE) {
            if self.read_some(ids, limit, &mut blobs).is_err() {
                break;
            }
        }
        blobs.resize(ids.len(), Blob::Missing);
        blobs
    }

    fn read_some(&mut self, ids: &[&str], limit: u64, blobs: &mut Vec<Blob>) -> io::Result<()> {
        let lines: String = ids.iter().filter(|id| is_id(id)).flat_map(|id| [id, "\n"]).collect();
        self.questions.write_all(lines.as_bytes())?;
        self.questions.flush()?;
        for id in ids {
            blobs.push(if is_id(id) { self.answer(limit)? } else { Blob::Missing });
        }
        Ok(())
    }

    /// One answer: `<id> blob <size>`, a line feed, the content and a line feed, or `<id> missing`.
    fn answer(&mut self, limit: u64) -> io::Result<Blob> {
        let mut head = String::new();
        if self.answers.read_line(&mut head)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let mut facts = head.split_whitespace().skip(1);
        let (kind, size) = (facts.next(), facts.next().and_then(|size| size.parse::<u64>().ok()));
        let Some(size) = size else { return Ok(Blob::Missing) };
        let blob = if size > limit || kind != Some("blob") {
            io::copy(&mut self.answers.by_ref().take(size), &mut io::sink())?;
            if kind == Some("blob") { Blob::TooLarge(size) } else { Blob::Missing }
        } else {
            let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
            self.answers.by_ref().take(size).read_to_end(&mut bytes)?;
            Blob::Bytes(bytes)
        };
        self.answers.read_exact(&mut [0])?;
        Ok(blob)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        let _ = self.child.kill();
        // Waited for, or it would stay among the processes until we end.
        let _ = self.child.wait();
    }
}
