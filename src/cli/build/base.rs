//! Where the site is published: as typed, as configured, or, in GitHub Actions, as GitHub Pages publishes.

use crate::cli::exit::Failure;
use crate::config;

/// The address to go by, ending in `/`; `None` where nothing tells it.
///
/// # Errors
/// When what was typed is no web address.
pub(super) fn url(typed: Option<&str>, configured: Option<&str>) -> Result<Option<String>, Failure> {
    match (typed, configured) {
        (Some(typed), _) => match config::web_address(typed) {
            Some(url) => Ok(Some(url + "/")),
            None => {
                let help = "write it as in https://example.org/readiness/";
                Err(Failure::asked_help(format!("`{typed}` is no web address"), help))
            }
        },
        (None, Some(_)) => Ok(None),
        (None, None) => {
            let variable = |name| std::env::var(name).ok();
            let actions = variable("GITHUB_ACTIONS").as_deref() == Some("true");
            Ok(variable("GITHUB_REPOSITORY").filter(|_| actions).and_then(|repository| pages(&repository)))
        }
    }
}

/// The address at which GitHub Pages publishes a repository `owner/name`.
fn pages(repository: &str) -> Option<String> {
    let (owner, name) = repository.split_once('/')?;
    let host = format!("{}.github.io", owner.to_lowercase());
    let path = if name.eq_ignore_ascii_case(&host) { String::new() } else { format!("{name}/") };
    config::web_address(&format!("https://{host}/{path}")).map(|url| url + "/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_repositories() {
        assert_eq!(pages("Org/name").as_deref(), Some("https://org.github.io/name/"));
        assert_eq!(pages("org/org.github.io").as_deref(), Some("https://org.github.io/"));
        assert_eq!(pages("org"), None);
        assert_eq!(pages("org/a b"), None);
    }
}
