//! Which day it is: the only clock of a command.

use super::exit::Failure;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// A day as it is typed.
///
/// # Errors
/// When it is none: what is wanted, where the parser of dates would tell of digits and years.
pub(super) fn day(typed: &str) -> Result<Date, &'static str> {
    typed.parse().map_err(|_| "expected a day that exists, as YYYY-MM-DD")
}

/// The day to judge by, in UTC: the one that was typed, else that of SOURCE_DATE_EPOCH, else today.
///
/// # Errors
/// When SOURCE_DATE_EPOCH is no number of seconds: a wrong day must not pass for today.
#[expect(clippy::disallowed_methods, reason = "the command line owns the clock and the environment")]
pub(super) fn today(typed: Option<Date>) -> Result<Date, Failure> {
    if let Some(date) = typed {
        return Ok(date);
    }
    let now = match std::env::var("SOURCE_DATE_EPOCH") {
        Ok(seconds) if !seconds.is_empty() => {
            let seconds = seconds.trim().parse().ok().and_then(|seconds| Timestamp::from_second(seconds).ok());
            seconds.ok_or_else(|| {
                let help = "it is the number of seconds since 1970, as reproducible builds set it";
                Failure::asked_help("SOURCE_DATE_EPOCH is no number of seconds", help)
            })?
        }
        _ => Timestamp::now(),
    };
    Ok(now.to_zoned(TimeZone::UTC).date())
}
