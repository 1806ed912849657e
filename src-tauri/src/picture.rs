//! How does the window get pictures and fonts without files?
//!
//! The scheme `lanthan://localhost/…` answers from the open vault: thumbnails, pages for the mask
//! editor, clean pages, the preview, and our fonts. Nothing is cached by the WebView, nothing is
//! written to disk. Deliberately absent: any other path.

use lanthan_api::fonts;
use lanthan_core::id::{DossierId, ExhibitId};
use tauri::http::{Response, StatusCode, header};

use crate::session::Session;

/// Long edge of a preview page in pixels.
const PREVIEW_EDGE_PX: u32 = 1400;

/// Answers one request of the window.
pub(crate) fn answer(session: &Session, path: &str) -> Response<Vec<u8>> {
    let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
    let found = match parts.as_slice() {
        ["font", name] => font(name).map(|bytes| (bytes.to_vec(), "font/ttf")),
        ["preview", page] => page.parse().ok().and_then(|page| preview(session, page)),
        ["thumb", dossier, exhibit] => from_vault(session, dossier, exhibit, 0, Look::Thumb),
        ["page", dossier, exhibit, page] => {
            page.parse().ok().and_then(|p| from_vault(session, dossier, exhibit, p, Look::Page))
        }
        ["revision", dossier, exhibit, number, page] => number
            .parse()
            .ok()
            .zip(page.parse().ok())
            .and_then(|(n, p)| from_vault(session, dossier, exhibit, p, Look::Revision(n))),
        ["clean", dossier, exhibit, page] => {
            page.parse().ok().and_then(|p| from_vault(session, dossier, exhibit, p, Look::Clean))
        }
        _ => None,
    };
    let (status, (body, kind)) = match found {
        Some(found) => (StatusCode::OK, found),
        None => (StatusCode::NOT_FOUND, (Vec::new(), "text/plain")),
    };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, header::HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    // Fonts are fetched in CORS mode, even from the program's own scheme.
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, header::HeaderValue::from_static("*"));
    response
}

type Found = Option<(Vec<u8>, &'static str)>;

enum Look {
    Thumb,
    Page,
    Clean,
    /// An earlier state, by its number.
    Revision(u32),
}

fn from_vault(session: &Session, dossier: &str, exhibit: &str, page: u32, look: Look) -> Found {
    let dossier = DossierId::new(dossier).ok()?;
    let exhibit = ExhibitId::new(exhibit).ok()?;
    let jpeg = session.with(|workspace| {
        Ok(match look {
            Look::Thumb => workspace.thumbnail(&dossier, &exhibit)?,
            Look::Page => workspace.page_image(&dossier, &exhibit, page)?,
            Look::Revision(number) => workspace.revision_image(&dossier, &exhibit, number, page)?,
            Look::Clean => workspace.clean_image(&dossier, &exhibit, page)?,
        })
    });
    Some((jpeg.ok()?, "image/jpeg"))
}

fn preview(session: &Session, page: u32) -> Found {
    let jpeg = session.preview(|preview| preview.page_image(page, PREVIEW_EDGE_PX))?.ok()?;
    Some((jpeg, "image/jpeg"))
}

fn font(name: &str) -> Option<&'static [u8]> {
    match name {
        "sans.ttf" => Some(fonts::latin_regular()),
        "sans-bold.ttf" => Some(fonts::latin_bold()),
        "cjk.ttf" => Some(fonts::cjk_regular()),
        "cjk-bold.ttf" => Some(fonts::cjk_bold()),
        _ => None,
    }
}
