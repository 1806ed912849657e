//! How are the pages set?
//!
//! Typst is used as a library, with our templates, our fonts and a fixed day. It sees no file, no
//! clock and no network: the data and the stubs of the pictures are handed over in `sys.inputs`.
//! Deliberately absent: wording and design, which are in `assets/package/*.typ`.

use std::collections::HashMap;

use jiff::civil::Date;
use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult, SourceDiagnostic},
    foundations::{Array, Bytes, Datetime, Dict, Duration, Smart, Str, Value},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::{PackageError, printable::FONTS, stub::stub};

macro_rules! templates {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../../assets/package/", $name)))),*]
    };
}

/// The templates; a job says which of the first two is its document.
const TEMPLATES: [(&str, &str); 7] = templates![
    "package.typ",
    "paper.typ",
    "tokens.typ",
    "text.typ",
    "front.typ",
    "statement.typ",
    "exhibit.typ",
];

/// What is set.
#[derive(Debug)]
pub(crate) struct Job<'a> {
    /// The template that is the document.
    pub(crate) template: &'static str,
    /// The data that the templates read.
    pub(crate) data: &'a serde_json::Value,
    /// Number of pictures; the templates name them from 0.
    pub(crate) pictures: usize,
    /// The day that is written into the document's properties.
    pub(crate) day: Date,
    /// Names the input; the same for the same bytes.
    pub(crate) ident: String,
}

/// Sets the pages and gives the PDF, with stubs in place of the pictures.
///
/// # Errors
///
/// [`PackageError::Typeset`] with what Typst says. Its warnings count as errors, because the
/// templates are ours and a warning means pages that are not what they should be.
pub(crate) fn typeset(job: &Job<'_>) -> Result<Vec<u8>, PackageError> {
    let desk = Desk::new(job)?;
    let pdf = set(&desk, job);
    // The compiler remembers what it has seen; nothing of a dossier may stay there.
    typst::comemo::evict(0);
    pdf
}

fn set(desk: &Desk, job: &Job<'_>) -> Result<Vec<u8>, PackageError> {
    let compiled = typst::compile(desk);
    let document = compiled.output.map_err(|errors| said(&errors))?;
    if !compiled.warnings.is_empty() {
        return Err(said(&compiled.warnings));
    }
    let standards = PdfStandards::new(&[PdfStandard::A_2b])
        .map_err(|error| PackageError::Typeset(error.message().to_string()))?;
    let options = PdfOptions {
        ident: Smart::Custom(job.ident.clone()),
        creator: Smart::Custom(Some("Lanthan".to_owned())),
        timestamp: midnight(job.day).map(Timestamp::new_utc),
        standards,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|errors| said(&errors))
}

fn said(all: &[SourceDiagnostic]) -> PackageError {
    let place = |one: &SourceDiagnostic| {
        let file = one.span.id().map(|id| id.vpath().get_without_slash().to_owned());
        format!("{} ({})", one.message, file.unwrap_or_default())
    };
    PackageError::Typeset(all.first().map(place).unwrap_or_default())
}

fn midnight(day: Date) -> Option<Datetime> {
    let (month, dom) = (u8::try_from(day.month()).ok()?, u8::try_from(day.day()).ok()?);
    Datetime::from_ymd_hms(day.year().into(), month, dom, 0, 0, 0)
}

/// Everything that the compiler can see.
struct Desk {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    main: FileId,
    templates: HashMap<FileId, Source>,
    today: Option<Datetime>,
}

impl Desk {
    fn new(job: &Job<'_>) -> Result<Self, PackageError> {
        let mut templates = HashMap::new();
        let mut main = None;
        for (name, text) in TEMPLATES {
            let path =
                VirtualPath::new(name).map_err(|error| PackageError::Typeset(error.to_string()))?;
            let id = RootedPath::new(VirtualRoot::Project, path).intern();
            if name == job.template {
                main = Some(id);
            }
            templates.insert(id, Source::new(id, text.to_owned()));
        }
        let main = main.ok_or_else(|| PackageError::Typeset(String::new()))?;
        let stubs: Array = (0..job.pictures).map(|n| Value::Bytes(Bytes::new(stub(n)))).collect();
        let mut inputs = Dict::new();
        inputs.insert(Str::from("data"), Value::Str(Str::from(job.data.to_string())));
        inputs.insert(Str::from("stubs"), Value::Array(stubs));
        let library = Library::builder().with_inputs(inputs).build();
        Ok(Self {
            library: LazyHash::new(library),
            book: LazyHash::new(FontBook::from_fonts(FONTS.iter())),
            main,
            templates,
            today: midnight(job.day),
        })
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let path = || FileError::NotFound(id.vpath().get_without_slash().into());
        self.templates.get(&id).cloned().ok_or_else(path)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        Err(FileError::NotFound(id.vpath().get_without_slash().into()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}
