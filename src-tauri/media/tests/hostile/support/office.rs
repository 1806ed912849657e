//! How is a small Office file built, part by part?

use std::io::{Cursor, Write};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

/// Parts of an Office file by their names.
#[derive(Clone)]
pub(crate) struct Parts(pub(crate) Vec<(String, Vec<u8>)>);

impl Parts {
    /// A text document whose body is this XML.
    pub(crate) fn word(body: &str) -> Self {
        Self::of("wordprocessingml.document.main+xml", "word/document.xml", body)
    }

    /// A workbook whose list of sheets is this XML.
    pub(crate) fn excel(sheets: &str) -> Self {
        let book = format!("<workbook><sheets>{sheets}</sheets></workbook>");
        Self::of("spreadsheetml.sheet.main+xml", "xl/workbook.xml", &book)
    }

    /// A presentation.
    pub(crate) fn slides() -> Self {
        Self::of(
            "presentationml.presentation.main+xml",
            "ppt/presentation.xml",
            "<p:presentation xmlns:p='p'/>",
        )
    }

    pub(crate) fn of(kind: &str, name: &str, main: &str) -> Self {
        let types = format!(
            "<?xml version='1.0'?><Types><Default Extension='xml' ContentType='application/xml'/>\
             <Override PartName='/{name}' ContentType='application/vnd.openxmlformats-officedocument.{kind}'/></Types>"
        );
        Self(Vec::new()).with("[Content_Types].xml", &types).with(name, main)
    }

    /// With one more part.
    pub(crate) fn with(mut self, name: &str, body: impl AsRef<[u8]>) -> Self {
        self.0.push((name.to_owned(), body.as_ref().to_vec()));
        self
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        self.packed(CompressionMethod::Deflated)
    }

    pub(crate) fn packed(&self, method: CompressionMethod) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(method);
        for (name, body) in &self.0 {
            writer.start_file(name.as_str(), options).unwrap();
            writer.write_all(body).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }
}
