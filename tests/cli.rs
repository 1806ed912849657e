//! How is the terminal program run as a user runs it, and what must its answers look like?
//!
//! It is started as a process of its own, because exit codes and the two outputs are its interface.

use std::{
    collections::BTreeMap,
    ffi::{OsStr, OsString},
    fs,
    io::Read,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::LazyLock,
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::{project, start::start};

/// Nothing that a test asks for takes longer, not even on a busy machine.
const LONGEST: Duration = Duration::from_mins(4);

/// A call that was not made yet.
#[derive(Debug)]
pub struct Call {
    args: Vec<OsString>,
    env: Vec<(String, OsString)>,
    folder: Option<PathBuf>,
    wrapper: Vec<OsString>,
    inner: Vec<OsString>,
}

/// What came of a call.
#[derive(Debug)]
pub struct Ran {
    /// The call, for complaints.
    pub call: String,
    /// The exit code; -1 when the program was killed.
    pub exit: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// Runs `lanthan-cli` with some arguments.
#[must_use]
pub fn run<Arg: AsRef<OsStr>>(args: impl IntoIterator<Item = Arg>) -> Ran {
    Call::new(args).run()
}

/// Collects arguments of different kinds.
#[macro_export]
macro_rules! args {
    ($($arg:expr),* $(,)?) => {
        vec![$(::std::ffi::OsString::from(::std::convert::AsRef::<::std::ffi::OsStr>::as_ref(&$arg))),*]
    };
}

impl Call {
    /// A call with some arguments.
    pub fn new<Arg: AsRef<OsStr>>(args: impl IntoIterator<Item = Arg>) -> Self {
        let args = args.into_iter().map(|arg| arg.as_ref().to_owned()).collect();
        Self { args, env: Vec::new(), folder: None, wrapper: Vec::new(), inner: Vec::new() }
    }

    /// With a variable of the environment.
    #[must_use]
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.env.push((name.to_owned(), value.as_ref().to_owned()));
        self
    }

    /// From another folder.
    #[must_use]
    pub fn from_folder(mut self, folder: &Path) -> Self {
        self.folder = Some(folder.to_owned());
        self
    }

    /// Started by another program, which finds the call behind its own arguments.
    #[must_use]
    pub fn under<Arg: AsRef<OsStr>>(mut self, wrapper: impl IntoIterator<Item = Arg>) -> Self {
        self.wrapper = wrapper.into_iter().map(|arg| arg.as_ref().to_owned()).collect();
        self
    }

    /// The same for a second program, which the first one starts.
    #[must_use]
    pub fn through<Arg: AsRef<OsStr>>(mut self, inner: impl IntoIterator<Item = Arg>) -> Self {
        self.inner = inner.into_iter().map(|arg| arg.as_ref().to_owned()).collect();
        self
    }

    /// Makes the call and waits for its end.
    ///
    /// # Panics
    ///
    /// When the program is not built, is older than its sources, or does not end.
    #[must_use]
    pub fn run(self) -> Ran {
        let line: Vec<OsString> = self
            .wrapper
            .into_iter()
            .chain(self.inner)
            .chain([program().into()])
            .chain(self.args)
            .collect();
        let shown: Vec<_> = line.iter().map(|part| part.to_string_lossy()).collect();
        let call = shown.join(" ");
        let mut command = Command::new(&line[0]);
        command.args(&line[1..]).env_remove("LANTHAN_PASSPHRASE_FILE").envs(self.env);
        if let Some(folder) = self.folder {
            command.current_dir(folder);
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = start(&mut command).unwrap_or_else(|error| panic!("{call}: {error}"));
        let (out, err) = (drain(child.stdout.take()), drain(child.stderr.take()));
        let exit = wait(&mut child, &call);
        Ran { call, exit, out: out.join().unwrap(), err: err.join().unwrap() }
    }
}

impl Ran {
    /// It did what was asked.
    ///
    /// # Panics
    ///
    /// When it did not.
    #[track_caller]
    #[must_use]
    pub fn done(self) -> Self {
        assert_eq!(self.exit, 0, "{} said:\n{}{}", self.call, self.out, self.err);
        self
    }

    /// It refused with this exit code and this stable code, named the thing, said what to do, and
    /// answered nothing on standard output.
    ///
    /// # Panics
    ///
    /// When it did something else.
    #[track_caller]
    pub fn refused(&self, exit: i32, code: &str, names: &str) {
        self.named(exit, code, names);
        assert_eq!(self.out, "", "{} answered although it refused", self.call);
    }

    /// The same, when it also answers what it did with the rest.
    ///
    /// # Panics
    ///
    /// When it did something else.
    #[track_caller]
    pub fn named(&self, exit: i32, code: &str, names: &str) {
        let Self { call, err, out, .. } = self;
        assert_eq!(self.exit, exit, "{call} said:\n{out}{err}");
        assert!(err.contains(&format!("[{code}]")), "{call}: no [{code}] in:\n{err}");
        assert!(err.contains(names), "{call}: \"{names}\" is not named in:\n{err}");
        assert!(!err.contains("panicked"), "{call}:\n{err}");
    }

    /// It said what to do, in the words that belong to the code.
    ///
    /// # Panics
    ///
    /// When it did not.
    #[track_caller]
    pub fn advises(&self, code: &str) {
        let fix = &SENTENCES[&format!("fix-{code}")];
        // What stands in braces is filled in; the words around it are the text's own.
        let pieces = fix.split('{').filter_map(|piece| piece.split('}').next_back());
        for piece in pieces {
            let said = self.err.contains(piece);
            assert!(said, "{}: \"{piece}\" is not in:\n{}", self.call, self.err);
        }
    }

    /// The answer as JSON.
    ///
    /// # Panics
    ///
    /// When it is none.
    #[track_caller]
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|error| panic!("{}: {error} in:\n{}{}", self.call, self.out, self.err))
    }
}

static SENTENCES: LazyLock<BTreeMap<String, String>> =
    LazyLock::new(|| serde_json::from_str(&project::text("assets/texts/en/errors.json")).unwrap());

fn drain(pipe: Option<impl Read + Send + 'static>) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        pipe.expect("the output is a pipe").read_to_end(&mut bytes).unwrap();
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

fn wait(child: &mut Child, call: &str) -> i32 {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code().unwrap_or(-1);
        }
        if begun.elapsed() > LONGEST {
            child.kill().unwrap();
            panic!("{call}: no end after {LONGEST:?}");
        }
        thread::sleep(Duration::from_millis(5));
    }
}

/// The program beside the tests, which must be as new as its sources.
///
/// # Panics
///
/// When it is not built, or older than its sources.
#[must_use]
pub fn program() -> &'static Path {
    static PROGRAM: LazyLock<PathBuf> = LazyLock::new(|| {
        let program = project::built().join(format!("lanthan-cli{}", std::env::consts::EXE_SUFFIX));
        let build = "run `cargo build --package lanthan-cli`, or all by `cargo xtask test`";
        let changed = |path: &Path| fs::metadata(path).and_then(|found| found.modified());
        let made = changed(&program)
            .unwrap_or_else(|error| panic!("{}: {error}: {build}", program.display()));
        // What cargo writes down of every program: the files that it was made from.
        let sources = fs::read_to_string(program.with_extension("d")).unwrap_or_default();
        let sources = sources.split_once(": ").map(|(_, rest)| rest.replace("\\ ", "\0"));
        for source in sources.iter().flat_map(|rest| rest.split_whitespace()) {
            let source = source.replace('\0', " ");
            if let Ok(edited) = changed(Path::new(&source)) {
                assert!(edited <= made, "{source} is newer than lanthan-cli: {build}");
            }
        }
        program
    });
    &PROGRAM
}
