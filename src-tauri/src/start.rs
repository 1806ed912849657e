//! How are window, commands and picture scheme put together?

use std::{io::Write, path::PathBuf, process::ExitCode, thread, time::Duration};

use tauri::{AppHandle, Emitter, Manager};

use crate::{
    commands,
    idle::{Due, Moment},
    lockdown, memory, picture,
    schedule::{self, Schedule},
    session::Session,
    window,
};

/// Runs the application until its window is closed.
pub(crate) fn start() -> ExitCode {
    if let Err(refused) = lockdown::lock_down() {
        // Whoever starts the window from a terminal sees why; there is no window to say it in.
        let _ = writeln!(std::io::stderr(), "lanthan: {refused}");
        return ExitCode::FAILURE;
    }
    // A vault named on the command line is offered first, as when a file manager opens it.
    if let Some(vault) = std::env::args_os().nth(1).map(PathBuf::from).filter(|path| path.is_dir())
    {
        memory::remember(&vault);
    }
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_dialog::init())
        .manage(Session::default())
        .manage(Schedule::default())
        .register_asynchronous_uri_scheme_protocol("lanthan", |context, request, responder| {
            let app = context.app_handle().clone();
            let path = request.uri().path().to_owned();
            tauri::async_runtime::spawn_blocking(move || {
                responder.respond(picture::answer(&app.state::<Session>(), &path));
            });
        })
        .invoke_handler(commands::handler())
        .on_window_event(window::on_event)
        .setup(|app| {
            watch_idle(app.handle().clone())?;
            schedule::watch(app.handle().clone())?;
            Ok(window::open(app)?)
        })
        .build(tauri::generate_context!());
    let Ok(app) = built else { return ExitCode::FAILURE };
    app.run(|app, event| {
        if let tauri::RunEvent::Exit = event {
            // The vault is safe at any moment; closing tidily only saves work at the next start.
            let _ = app.state::<Session>().lock();
        }
    });
    ExitCode::SUCCESS
}

/// Looks from time to time whether the vault is still used, for as long as the program runs.
fn watch_idle(app: AppHandle) -> std::io::Result<()> {
    let watch = move || {
        loop {
            thread::sleep(Duration::from_secs(1));
            // A window that is closing cannot be told anything; nothing is lost.
            let _ = match app.state::<Session>().look_idle(Moment::now()) {
                Due::Nothing => Ok(()),
                Due::Warning => app.emit("locking", ()),
                Due::Closing => app.emit("locked", "idle"),
                Due::ClosingAsleep => app.emit("locked", "asleep"),
            };
        }
    };
    thread::Builder::new().name("idle".to_owned()).spawn(watch).map(|_| ())
}
