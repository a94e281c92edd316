//! The git program to plain values: what is tracked, what was committed, what a revision holds. What that means is not
//! known here.
//!
//! | file | owns |
//! |---|---|
//! | `run` | how git is run: the same for everybody, without questions, and without the network |
//! | `head` | the commit that is checked out, and what is tracked |
//! | `line` | the commits by which a folder came to what it is |
//! | `log` | what they changed |
//! | `tree` | revisions, and the files of one |
//! | `store` | the contents of files |
//!
//! Whatever git prints is taken apart at NULs: no name, author or file name holds one, so that none can pass for
//! something else.

mod head;
mod line;
mod log;
mod run;
mod store;
mod tree;

pub use head::Head;
pub use run::{Git, GitError, data_folder};
pub use store::{Blob, Store};
