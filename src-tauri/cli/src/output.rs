//! How does the terminal say what was done, and what went wrong?
//!
//! Answers go to standard output, everything else to standard error; progress only on a terminal.

use std::{
    io::{IsTerminal, Write},
    ops::ControlFlow,
    process::ExitCode,
};

use lanthan_api::{Error, Step, error::Class, questionnaire::say_fault, texts::Texts};

/// Why a call did not do what was asked.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A use case failed.
    Api(Error),
    /// The call itself is wrong.
    Usage(String),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Api(error)
    }
}

impl Failure {
    /// A call that is wrong, in one sentence.
    pub(crate) fn usage(sentence: &str) -> Self {
        Self::Usage(sentence.to_owned())
    }

    /// Says what went wrong and what to do, and answers the exit code.
    pub(crate) fn report(self) -> ExitCode {
        match self {
            Self::Usage(sentence) => {
                complain(&sentence);
                ExitCode::from(2)
            }
            Self::Api(error) => {
                let texts = Texts::english();
                let code = error.code();
                complain(&format!("{error}"));
                let args = error.args();
                let args: Vec<_> =
                    args.iter().map(|(name, value)| (*name, value.as_str())).collect();
                let fix = texts.say(&format!("fix-{code}"), &args);
                complain(&format!("{fix} [{code}]"));
                for line in details(&error, &texts) {
                    complain(&format!("  {line}"));
                }
                ExitCode::from(exit_code(error.class()))
            }
        }
    }
}

fn exit_code(class: Class) -> u8 {
    match class {
        Class::Findings => 1,
        Class::Usage => 2,
        Class::Refused => 3,
        Class::Vault => 4,
        Class::Internal => 5,
    }
}

fn details(error: &Error, texts: &Texts) -> Vec<String> {
    match error {
        Error::Blocked(findings) => findings.iter().map(|f| finding(texts, f)).collect(),
        Error::List(faults) => faults.iter().map(|fault| say_fault(texts, fault)).collect(),
        Error::Leak(leaks) => leaks
            .iter()
            .map(|leak| {
                texts.say(
                    "find-term-in-package",
                    &[("term", leak.term.as_str()), ("where", leak.place.as_str())],
                )
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// One finding as a line.
pub(crate) fn finding(texts: &Texts, finding: &lanthan_core::finding::Finding) -> String {
    let args: Vec<_> = finding.args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mark = match finding.severity {
        lanthan_core::finding::Severity::Blocks => "blocks",
        lanthan_core::finding::Severity::Weak => "weak",
        lanthan_core::finding::Severity::Tip => "tip",
    };
    format!("{mark}: {}", texts.say(&format!("find-{}", finding.code), &args))
}

/// Prints a line of the answer. A reader that has gone away is no reason to panic.
pub(crate) fn say(line: &str) {
    let _ = writeln!(std::io::stdout().lock(), "{line}");
}

/// Prints a line beside the answer.
pub(crate) fn complain(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}

/// Prints an answer as JSON.
pub(crate) fn say_json(value: &serde_json::Value) {
    say(&format!("{value:#}"));
}

/// Shows progress on a terminal, and nothing elsewhere.
pub(crate) fn progress() -> impl FnMut(Step) -> ControlFlow<()> {
    let terminal = std::io::stderr().is_terminal();
    let mut file = String::new();
    move |step| {
        if terminal {
            let mut out = std::io::stderr().lock();
            let Step { stage, done, total } = step;
            let far = match stage {
                // Bytes of all files, and the number of the one that is under way.
                "import" | "load" | "export" => {
                    format!("{stage} {}/{} MB{file}", done / 1_000_000, total / 1_000_000)
                }
                _ => format!("{stage} {done}/{total}"),
            };
            if stage == "file" {
                file = format!(", file {done}/{total}");
            }
            let _ = write!(out, "\r\u{1b}[K{far}");
            if step.done >= step.total {
                let _ = write!(out, "\r\u{1b}[K");
            }
            let _ = out.flush();
        }
        ControlFlow::Continue(())
    }
}
