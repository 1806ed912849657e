//! Which calls does a program make of the system, and what becomes of it when one of them fails?
//!
//! `strace` records the calls, and lets one of them fail or end the program. Deliberately absent: what
//! the calls mean (`disk`), and other systems than Linux.

use std::{
    collections::HashMap,
    ffi::OsStr,
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{args, start, tools};

/// One call that a program made.
#[derive(Debug, Clone)]
pub struct Call {
    /// The thread that made it.
    pub thread: String,
    /// Its name, such as `openat`.
    pub name: String,
    /// Its arguments as they were written down.
    pub args: Vec<String>,
    /// What the system answered; negative when it refused.
    pub answer: i64,
}

impl Call {
    /// An argument that is a number.
    ///
    /// # Panics
    ///
    /// When it is something else.
    #[must_use]
    pub fn number(&self, at: usize) -> i64 {
        let text = &self.args[at];
        let parsed = if text == "AT_FDCWD" { Ok(-100) } else { text.parse() };
        parsed.unwrap_or_else(|_| panic!("no number in {self:?}"))
    }

    /// An argument that is bytes, or a list of them.
    ///
    /// # Panics
    ///
    /// When it is no text of hexadecimal digits, or was cut off.
    #[must_use]
    pub fn bytes(&self, at: usize) -> Vec<u8> {
        let text = &self.args[at];
        assert!(!text.contains("\"..."), "the record is cut off: {}", self.name);
        // Every second piece stands between quotation marks.
        text.split('"').skip(1).step_by(2).flat_map(unhex).collect()
    }

    /// An argument that is a path.
    ///
    /// # Panics
    ///
    /// When its name is not UTF-8; those that the tests choose are.
    #[must_use]
    pub fn path(&self, at: usize) -> PathBuf {
        let untrusted = String::from_utf8(self.bytes(at));
        PathBuf::from(untrusted.unwrap_or_else(|_| panic!("no path that can be read: {self:?}")))
    }

    /// True when an argument has this flag.
    #[must_use]
    pub fn has(&self, at: usize, flag: &str) -> bool {
        self.args.get(at).is_some_and(|text| text.split('|').any(|one| one == flag))
    }
}

/// `\x2f\x76` as bytes.
fn unhex(text: &str) -> Vec<u8> {
    let digits = |pair: &str| {
        u8::from_str_radix(pair, 16).unwrap_or_else(|_| panic!("no hexadecimal digits: {pair}"))
    };
    text.split("\\x").skip(1).map(digits).collect()
}

/// Reads what `strace -f -xx` wrote; calls that were interrupted are put together where they ended. Those
/// of other programs that the watched one starts are left out: they have files of their own.
#[must_use]
pub fn calls(record: &str) -> Vec<Call> {
    let mut found = every_call(record);
    let own = found.first().map(|call| call.thread.clone());
    let starts =
        found.iter().filter(|call| call.name == "execve" && Some(&call.thread) != own.as_ref());
    let mut others: Vec<String> = starts.map(|call| call.thread.clone()).collect();
    // Theirs are the threads that they begin, too, and a thread may speak before its beginning has ended.
    let mut known = 0;
    while known < others.len() {
        let of = others[known].clone();
        known += 1;
        let begun = found.iter().filter(|call| BEGIN.contains(&call.name.as_str()));
        others.extend(begun.filter(|call| call.thread == of).map(|call| call.answer.to_string()));
    }
    let is_born = |call: &Call| call.name == "execve" || BEGIN.contains(&call.name.as_str());
    found.retain(|call| !is_born(call) && !others.contains(&call.thread));
    found
}

/// The calls by which a thread or a program begins another.
const BEGIN: [&str; 4] = ["clone", "clone3", "fork", "vfork"];

fn every_call(record: &str) -> Vec<Call> {
    let (mut found, mut begun) = (Vec::new(), HashMap::new());
    for line in record.lines() {
        let Some((thread, rest)) = line.split_once(char::is_whitespace) else { continue };
        let rest = rest.trim_start();
        if let Some(head) = rest.strip_suffix(" <unfinished ...>") {
            begun.insert(thread, head.to_owned());
        } else if let Some(tail) = rest.strip_prefix("<... ") {
            let (Some(head), Some((_, tail))) = (begun.remove(thread), tail.split_once("resumed>"))
            else {
                continue;
            };
            found.extend(call(thread, &format!("{head}{tail}")));
        } else {
            found.extend(call(thread, rest));
        }
    }
    found
}

/// `name(args) = answer`; `None` for the ends and signals between the calls.
fn call(thread: &str, text: &str) -> Option<Call> {
    let (name, rest) = text.split_once('(')?;
    let (args, answer) = rest.rsplit_once(" = ")?;
    let args = args.trim_end().strip_suffix(')')?;
    let answer = answer.split_whitespace().next()?.parse().ok()?;
    Some(Call { thread: thread.to_owned(), name: name.to_owned(), args: split(args), answer })
}

/// Splits arguments at those commas that stand in no list.
fn split(args: &str) -> Vec<String> {
    let (mut parts, mut depth) = (vec![String::new()], 0_u32);
    for sign in args.chars() {
        match sign {
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                parts.push(String::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = parts.last_mut() {
            last.push(sign);
        }
    }
    parts.into_iter().map(|part| part.trim().to_owned()).collect()
}

/// What came of a program that was watched.
#[derive(Debug)]
pub struct Watched {
    /// What it wrote to standard output.
    pub said: Vec<String>,
    /// True when it ended well.
    pub ok: bool,
    /// What `strace` wrote down.
    pub record: String,
    /// What it wrote to standard error.
    pub err: String,
}

impl Watched {
    /// True when a call was made to fail, or to end the program.
    #[must_use]
    pub fn was_injected(&self) -> bool {
        self.record.contains("INJECTED") || self.record.contains("killed by SIGKILL")
    }
}

/// How much of a text among the arguments is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Texts {
    /// Enough to see what it is.
    Begun,
    /// All of it.
    Whole,
}

/// Runs a program under `strace`; `calls` are the names to write down, `inject` is as in
/// `strace --inject`.
///
/// # Panics
///
/// When `strace` does not work.
pub fn watch(
    record: &Path,
    calls: &[&str],
    texts: Texts,
    inject: Option<&str>,
    program: impl IntoIterator<Item = impl AsRef<OsStr>>,
) -> Watched {
    let length = if texts == Texts::Whole { "67108864" } else { "256" };
    let mut words = args!["-f", "-q", "-xx", "-s", length, "-o", record, "-e"];
    words.push(format!("trace=execve,{},{}", BEGIN.join(","), calls.join(",")).into());
    if let Some(inject) = inject {
        words.extend(args!["-e", format!("inject={inject}")]);
    }
    words.extend(program.into_iter().map(|word| word.as_ref().to_owned()));
    let answer = start::answer(Command::new("strace").args(&words));
    let answer = answer.unwrap_or_else(|error| {
        panic!("`strace` is needed for this test ({error}): run `cargo xtask install`")
    });
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Watched {
        said: text(&answer.stdout).lines().map(str::to_owned).collect(),
        ok: answer.status.success(),
        record: fs::read_to_string(record).unwrap(),
        err: text(&answer.stderr),
    }
}

/// False, with the reason on standard error, where the system lets nobody trace.
///
/// # Panics
///
/// When `strace` does not work for another reason.
#[must_use]
pub fn may_trace() -> bool {
    let said = tools::ask("strace", args!["-qq", "-o", "/dev/null", "true"]);
    let is_forbidden = ["not permitted", "PTRACE", "ptrace"].iter().any(|w| said.all.contains(w));
    assert!(said.ok || is_forbidden, "strace does not work: {}", said.all);
    if !said.ok {
        tell(&format!("NOT TESTED: this system lets nobody trace a program: {}", said.all.trim()));
    }
    said.ok
}

/// Says something past the frame of the tests, because it is worth reading when all goes well, too.
pub fn tell(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_other_programs_and_their_threads_do_is_not_taken_for_what_the_watched_one_does() {
        let record = r#"7 execve("\x61", [], 0x7f) = 0
7 clone3({flags=CLONE_VM|CLONE_VFORK} => {parent_tid=[8]}, 88 <unfinished ...>
8 execve("\x62", [], 0x7f <unfinished ...>
8 <... execve resumed>) = 0
7 <... clone3 resumed>) = 8
9 write(4, "\x31", 1) = 1
8 clone(child_stack=0x7f, flags=CLONE_VM|CLONE_THREAD) = 9
8 write(4, "\x32", 1) = 1
7 clone3({flags=CLONE_VM|CLONE_THREAD} => {parent_tid=[10]}, 88) = 10
10 write(5, "\x33", 1) = 1
7 write(5, "\x34", 1) = 1
"#;
        let seen = calls(record);
        let seen: Vec<_> = seen.iter().map(|call| (&call.thread[..], &call.name[..])).collect();
        assert_eq!(seen, [("10", "write"), ("7", "write")]);
    }
}
