//! What is the window allowed to do, and how large was it last time?
//!
//! It shows the bundled pages and nothing else: navigation elsewhere and new windows are refused,
//! and so is every download. Deliberately absent: any page from outside.

use std::fs;

use serde::{Deserialize, Serialize};
use tauri::{
    App, DragDropEvent, Emitter, LogicalSize, Url, WebviewUrl, WebviewWindowBuilder, WindowEvent,
    webview::NewWindowResponse,
};

use crate::memory;

#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Size {
    width: f64,
    height: f64,
}

const FIRST_SIZE: Size = Size { width: 1280.0, height: 860.0 };
const LEAST_SIZE: Size = Size { width: 900.0, height: 640.0 };

/// Opens the window.
///
/// # Errors
///
/// What Tauri says when the system has no WebView.
pub(crate) fn open(app: &App) -> tauri::Result<()> {
    let size = remembered().unwrap_or(FIRST_SIZE);
    let mut builder = WebviewWindowBuilder::new(app, "main", WebviewUrl::default())
        .title("Lanthan")
        .inner_size(size.width, size.height)
        .min_inner_size(LEAST_SIZE.width, LEAST_SIZE.height)
        .center()
        // So that the pages can take back what they put on the clipboard; they ask nobody else's pages.
        .enable_clipboard_access()
        .on_navigation(is_ours)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false);
    if cfg!(not(feature = "e2e")) {
        builder = builder.incognito(true);
    }
    if let Some(folder) = memory::folder() {
        builder = builder.data_directory(folder.join("webview"));
    }
    builder.build()?;
    Ok(())
}

/// Only the bundled pages and the program's own schemes.
fn is_ours(url: &Url) -> bool {
    match url.scheme() {
        "tauri" | "lanthan" => true,
        "http" | "https" => {
            matches!(url.host_str(), Some("tauri.localhost" | "lanthan.localhost"))
        }
        "about" => url.as_str() == "about:blank",
        _ => false,
    }
}

/// Passes drops on as paths and keeps the size.
pub(crate) fn on_event(window: &tauri::Window, event: &WindowEvent) {
    match event {
        WindowEvent::DragDrop(DragDropEvent::Enter { .. }) => tell(window, "drag-over", true),
        WindowEvent::DragDrop(DragDropEvent::Leave) => tell(window, "drag-over", false),
        WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) => {
            tell(window, "drag-over", false);
            tell(window, "files-dropped", paths);
        }
        WindowEvent::CloseRequested { api, .. } => {
            keep_size(window);
            // The pages save what is typed, then ask for `close_window`.
            if window.emit("closing", ()).is_ok() {
                api.prevent_close();
            }
        }
        _ => {}
    }
}

fn tell(window: &tauri::Window, event: &str, payload: impl Serialize + Clone) {
    // A window that is closing cannot be told anything; nothing is lost.
    let _ = window.emit(event, payload);
}

fn keep_size(window: &tauri::Window) {
    let (Ok(size), Ok(scale)) = (window.inner_size(), window.scale_factor()) else { return };
    let LogicalSize { width, height } = size.to_logical::<f64>(scale);
    let Some(file) = memory::folder().map(|folder| folder.join("window.json")) else { return };
    if let Ok(text) = serde_json::to_string(&Size { width, height }) {
        let _ = fs::write(file, text);
    }
}

fn remembered() -> Option<Size> {
    let text = fs::read_to_string(memory::folder()?.join("window.json")).ok()?;
    let size: Size = serde_json::from_str(&text).ok()?;
    let sane = size.width >= LEAST_SIZE.width && size.height >= LEAST_SIZE.height;
    (sane && size.width < 20_000.0 && size.height < 20_000.0).then_some(size)
}
