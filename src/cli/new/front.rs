//! Front matter of a run: the template's, without what is its own, and with what is the run's.

/// Keys that a run has for itself or not at all.
const OWN: [&str; 9] = ["title", "id", "slug", "aliases", "draft", "template", "run_of", "release", "status"];

/// The two ways of writing front matter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Yaml,
    Toml,
}

/// The front matter block `block` (empty for none) with other keys before its own, in its own format.
pub(super) fn with_keys(block: &str, keys: &[(&str, String)], started: &str) -> String {
    let format = if block.starts_with("+++") { Format::Toml } else { Format::Yaml };
    let (fence, sign) = match format {
        Format::Yaml => ("---", ":"),
        Format::Toml => ("+++", " ="),
    };
    let mut text = format!("{fence}\n");
    for (key, value) in keys {
        text.push_str(&format!("{key}{sign} {}\n", quoted(value)));
    }
    let kept = kept(block, format);
    if !kept.iter().any(|line| key(line, format) == Some("extra") || line.starts_with("[extra")) {
        text.push_str(&format!("extra{sign} {{ started{sign} {} }}\n", quoted(started)));
    }
    for line in kept {
        text.push_str(line);
        text.push('\n');
    }
    text + fence + "\n"
}

/// A text in double quotes. What JSON writes, YAML and TOML read.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The lines of a block that are not of a run's own keys.
fn kept(block: &str, format: Format) -> Vec<&str> {
    let mut kept = Vec::new();
    let mut dropping = false;
    for line in block.lines().skip(1) {
        if matches!(line.trim_end(), "---" | "+++" | "...") {
            break;
        }
        if let Some(key) = key(line, format) {
            dropping = OWN.contains(&key);
        } else if line.starts_with('[') && format == Format::Toml && !dropping {
            // From the first table on nothing is at top level.
            kept.extend(
                block
                    .lines()
                    .skip_while(|other| !std::ptr::eq(*other, line))
                    .take_while(|line| line.trim_end() != "+++"),
            );
            break;
        }
        if !dropping {
            kept.push(line);
        }
    }
    kept
}

/// The key that a line at top level sets; `None` for a line that goes on with a value.
fn key(line: &str, format: Format) -> Option<&str> {
    let begins = line.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '"' | '\''));
    let (key, _) = line.split_once(if format == Format::Toml { '=' } else { ':' }).filter(|_| begins)?;
    Some(key.trim().trim_matches(['"', '\'']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_keys_are_replaced_and_others_stay() {
        let keys = [("title", "Deploy \"1.4\"".to_owned()), ("run_of", "deploy.md".to_owned())];
        let yaml = "---\ntitle: Deploy\naliases:\n  - old\n- older\ntemplate: true\nowner:\n  - '@a'\n---\n";
        assert_eq!(
            with_keys(yaml, &keys, "2026-11-21"),
            "---\ntitle: \"Deploy \\\"1.4\\\"\"\nrun_of: \"deploy.md\"\nextra: { started: \"2026-11-21\" }\nowner:\n  - '@a'\n---\n"
        );
        let toml = "+++\r\ntitle = 'Deploy'\r\ntemplate = true\r\nowner = 'a'\r\n[extra]\r\ntitle = 'kept'\r\n+++\r\n";
        assert_eq!(
            with_keys(toml, &keys, "2026-11-21"),
            "+++\ntitle = \"Deploy \\\"1.4\\\"\"\nrun_of = \"deploy.md\"\nowner = 'a'\n[extra]\ntitle = 'kept'\n+++\n"
        );
        assert_eq!(with_keys("", &keys[1..], "d"), "---\nrun_of: \"deploy.md\"\nextra: { started: \"d\" }\n---\n");
    }
}
