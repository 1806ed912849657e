//! How are other programs started, and what is said when one fails?

use std::{
    path::Path,
    process::{Command, Stdio},
    time::Instant,
};

/// What came of a task; the error is one sentence.
pub(crate) type Done = Result<(), String>;

/// Goes to the folder of the workspace, wherever the task was started.
pub(crate) fn enter_root() -> Done {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = here.ancestors().nth(2).ok_or("the workspace has moved")?;
    std::env::set_current_dir(root).map_err(|e| format!("{}: {e}", root.display()))
}

/// Runs a program and says how long it took.
pub(crate) fn run(program: &str, args: &[&str]) -> Done {
    run_with(program, args, &[])
}

/// The same with more environment.
pub(crate) fn run_with(program: &str, args: &[&str], env: &[(&str, &str)]) -> Done {
    let shown = format!("{program} {}", args.join(" "));
    println!("\n==> {shown}");
    let begun = Instant::now();
    let status = Command::new(program)
        .args(args)
        .envs(env.iter().copied())
        .stdin(Stdio::null())
        .status()
        .map_err(|e| format!("{program} cannot be started: {e}"))?;
    println!("==> {:.0} s", begun.elapsed().as_secs_f32());
    if status.success() { Ok(()) } else { Err(format!("`{shown}` failed")) }
}

/// Runs a program without output; true when it succeeds.
pub(crate) fn succeeds(program: &str, args: &[&str]) -> bool {
    Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// What a program prints, without the last line break.
pub(crate) fn output(program: &str, args: &[&str]) -> Option<String> {
    let output = Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim_end().to_owned())
}
