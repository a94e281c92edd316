//! The program `readybook`: everything is in the library; here is only the exit code.

fn main() {}
