//! How are PDFs built?

use lopdf::{Document, Object, ObjectId, Stream, dictionary};

/// A PDF in the making, with Helvetica as `F1`.
pub(crate) struct Paper {
    pub(crate) document: Document,
    pages: ObjectId,
    pub(crate) resources: ObjectId,
    pub(crate) kids: Vec<ObjectId>,
    pub(crate) catalog: ObjectId,
}

/// A4 in points.
pub(crate) const A4: (i64, i64) = (595, 842);

impl Paper {
    pub(crate) fn new() -> Self {
        let mut document = Document::with_version("1.5");
        let pages = document.new_object_id();
        let font = document.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica",
            "Encoding" => "WinAnsiEncoding",
        });
        let chinese = chinese_font(&mut document);
        let resources = document.add_object(dictionary! {
            "Font" => dictionary! { "F1" => font, "F2" => chinese },
        });
        let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
        document.trailer.set("Root", catalog);
        Self { document, pages, resources, kids: Vec::new(), catalog }
    }

    /// A paper with one A4 page.
    pub(crate) fn of(content: &str) -> Self {
        let mut paper = Self::new();
        paper.page(content);
        paper
    }

    /// Adds an A4 page.
    pub(crate) fn page(&mut self, content: &str) -> ObjectId {
        let mut stream = Stream::new(dictionary! {}, content.as_bytes().to_vec());
        stream.compress().unwrap();
        let content = self.document.add_object(stream);
        let page = self.document.add_object(dictionary! {
            "Type" => "Page", "Parent" => self.pages, "Contents" => content,
            "Resources" => self.resources,
            "MediaBox" => vec![0.into(), 0.into(), A4.0.into(), A4.1.into()],
        });
        self.kids.push(page);
        page
    }

    /// Sets an entry of a page or of the catalogue.
    pub(crate) fn set(&mut self, id: ObjectId, key: &str, value: impl Into<Object>) {
        self.document.get_dictionary_mut(id).unwrap().set(key, value);
    }

    /// Adds something to the resources under its category and name.
    pub(crate) fn resource(&mut self, category: &str, name: &str, value: impl Into<Object>) {
        let resources = self.document.get_dictionary_mut(self.resources).unwrap();
        if !resources.has(category.as_bytes()) {
            resources.set(category, dictionary! {});
        }
        let category = resources.get_mut(category.as_bytes()).unwrap().as_dict_mut().unwrap();
        category.set(name, value);
    }

    pub(crate) fn bytes(mut self) -> Vec<u8> {
        let kids: Vec<Object> = self.kids.iter().map(|kid| (*kid).into()).collect();
        let count = i64::try_from(kids.len()).unwrap();
        let pages = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count };
        self.document.objects.insert(self.pages, Object::Dictionary(pages));
        let mut bytes = Vec::new();
        self.document.save_to(&mut bytes).unwrap();
        bytes
    }
}

/// A line of text at a place, in Helvetica of 24 points.
pub(crate) fn line(x: i64, y: i64, text: &str) -> String {
    format!("BT /F1 24 Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n")
}

/// A font without letters of its own whose codes 1 to 4 mean the four characters of 示例客户.
fn chinese_font(document: &mut Document) -> ObjectId {
    let meanings = b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n\
        /CMapName /Sample def /CMapType 2 def\n\
        1 begincodespacerange <0000> <ffff> endcodespacerange\n\
        4 beginbfchar <0001> <793a> <0002> <4f8b> <0003> <5ba2> <0004> <6237> endbfchar\n\
        endcmap CMapName currentdict /CMap defineresource pop end end";
    let meanings = document.add_object(Stream::new(dictionary! {}, meanings.to_vec()));
    let descriptor = document.add_object(dictionary! {
        "Type" => "FontDescriptor", "FontName" => "SampleSong", "Flags" => 4, "ItalicAngle" => 0,
        "FontBBox" => vec![0.into(), (-200).into(), 1000.into(), 900.into()], "Ascent" => 880,
        "Descent" => (-120), "CapHeight" => 700, "StemV" => 80,
    });
    let child = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "CIDFontType2", "BaseFont" => "SampleSong", "DW" => 1000,
        "CIDSystemInfo" => dictionary! {
            "Registry" => Object::string_literal("Adobe"),
            "Ordering" => Object::string_literal("Identity"), "Supplement" => 0,
        },
        "FontDescriptor" => descriptor,
    });
    document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "SampleSong",
        "Encoding" => "Identity-H", "DescendantFonts" => vec![child.into()],
        "ToUnicode" => meanings,
    })
}

/// All of it deflated, as the only packing.
pub(crate) fn deflated(data: &[u8]) -> Vec<u8> {
    use std::io::Write as _;
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}
