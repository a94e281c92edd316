//! The program itself, as people start it, with a limit of descriptors.

use std::fs;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use super::client::{DEADLINE, get};

/// A running `readybook serve`.
pub(crate) struct Program {
    pub(crate) address: SocketAddr,
    child: Child,
}

impl Program {
    /// Serves a folder, and waits for its first page.
    pub(crate) fn serve(folder: &Path, descriptors: u32) -> Program {
        let mut child = Command::new("sh")
            .args(["-c", &format!("ulimit -n {descriptors}; exec \"$0\" serve \"$1\" -p 0")])
            .args([Path::new(env!("CARGO_BIN_EXE_readybook")), folder])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().trim_end_matches('/').rsplit('/').next().unwrap();
        let program = Program { address: address.parse().unwrap(), child };
        let start = Instant::now();
        while get(program.address, "/").status != 200 {
            assert!(start.elapsed() < DEADLINE, "no page");
        }
        program
    }

    /// A page is there before the client gives up.
    pub(crate) fn answers(&mut self, case: &str) {
        assert_eq!(get(self.address, "/").status, 200, "{case}");
        assert!(self.child.try_wait().unwrap().is_none(), "{case}: it has ended");
    }

    pub(crate) fn descriptors(&self) -> usize {
        fs::read_dir(format!("/proc/{}/fd", self.child.id())).unwrap().count()
    }

    /// Memory in kB.
    pub(crate) fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
        line.trim().trim_end_matches(" kB").parse().unwrap()
    }

    /// Waits, page by page, until no more descriptors are open than that.
    pub(crate) fn settles_at(&mut self, descriptors: usize, case: &str) {
        let start = Instant::now();
        while self.descriptors() > descriptors {
            assert!(start.elapsed() < DEADLINE, "{case}: {} descriptors, {descriptors} before", self.descriptors());
            self.answers(case);
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
