//! How are small PDFs made, good and bad, and looked into?

use lopdf::{
    Dictionary, Document, EncryptionState, EncryptionVersion, IncrementalDocument, Object,
    ObjectId, Permissions, Stream, dictionary,
};

/// The script that must never come out again.
pub const SCRIPT: &str = "app.launchURL('https://script.example')";

/// A PDF being made, with one page of text.
#[derive(Debug)]
pub struct Pdf {
    document: Document,
    catalog: ObjectId,
}

impl Pdf {
    /// One A4 page that says something in an ordinary font.
    ///
    /// # Panics
    ///
    /// When the text has brackets.
    #[must_use]
    pub fn saying(text: &str) -> Self {
        assert!(!text.contains(['(', ')', '\\']), "brackets have a meaning in a PDF");
        let content = format!("BT /F1 18 Tf 72 700 Td ({text}) Tj ET\n72 600 200 40 re f\n");
        Self::drawing(content.into_bytes())
    }

    /// One A4 page with drawing instructions of one's own.
    #[must_use]
    pub fn drawing(content: Vec<u8>) -> Self {
        let mut document = Document::with_version("1.7");
        let content = document.add_object(Stream::new(Dictionary::new(), content));
        let font = document.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica",
            "Encoding" => "WinAnsiEncoding",
        });
        let pages = document.new_object_id();
        let page = document.add_object(dictionary! {
            "Type" => "Page", "Parent" => pages, "Contents" => content,
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
            "Resources" => dictionary! { "Font" => dictionary! { "F1" => font } },
        });
        let tree = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
        document.objects.insert(pages, tree.into());
        let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
        document.trailer.set("Root", catalog);
        let id = Object::string_literal("0123456789abcdef");
        document.trailer.set("ID", vec![id.clone(), id]);
        Self { document, catalog }
    }

    /// With a script that runs when it is opened, and again under a name.
    ///
    /// # Panics
    ///
    /// Never: the catalog was made above.
    #[must_use]
    pub fn with_script(mut self) -> Self {
        let action = dictionary! {
            "S" => "JavaScript", "JS" => Object::string_literal(SCRIPT),
        };
        let action = self.document.add_object(action);
        let names = dictionary! {
            "Names" => vec![Object::string_literal("start"), action.into()],
        };
        let catalog = self.document.get_dictionary_mut(self.catalog).unwrap();
        catalog.set("OpenAction", action);
        catalog.set("Names", dictionary! { "JavaScript" => names });
        self
    }

    /// With a place marked for redaction that nobody carried out: left, bottom, right, top in points.
    ///
    /// # Panics
    ///
    /// Never: the page was made above.
    #[must_use]
    pub fn marked(mut self, [left, bottom, right, top]: [i64; 4]) -> Self {
        let quad = [left, top, right, top, left, bottom, right, bottom];
        let mark = dictionary! {
            "Type" => "Annot", "Subtype" => "Redact",
            "Rect" => vec![left.into(), bottom.into(), right.into(), top.into()],
            "QuadPoints" => quad.map(Object::from).to_vec(),
        };
        let mark = self.document.add_object(mark);
        for page in self.document.get_pages().into_values() {
            let page = self.document.get_dictionary_mut(page).unwrap();
            page.set("Annots", vec![mark.into()]);
        }
        self
    }

    /// The file after a program drew its page anew and only appended that: the first state stays in it.
    ///
    /// # Panics
    ///
    /// When lopdf refuses.
    #[must_use]
    pub fn then_drawing(self, content: Vec<u8>) -> Vec<u8> {
        let first = self.bytes();
        let previous = Document::load_mem(&first).expect("our own PDF opens");
        let page = *previous.get_pages().values().next().expect("it has a page");
        let page = previous.get_dictionary(page).expect("it is there");
        let drawn = page.get(b"Contents").and_then(Object::as_reference).expect("it is drawn");
        let mut update = IncrementalDocument::create_from(first, previous);
        update.new_document.objects.insert(drawn, Stream::new(Dictionary::new(), content).into());
        let mut bytes = Vec::new();
        update.save_to(&mut bytes).expect("a PDF can be made");
        bytes
    }

    /// With an author and a producer.
    #[must_use]
    pub fn by(mut self, author: &str) -> Self {
        let properties = dictionary! { "Author" => Object::string_literal(author) };
        let properties = self.document.add_object(properties);
        self.document.trailer.set("Info", properties);
        self
    }

    /// Locked with RC4 under a password for opening (may be empty) and one for changing.
    ///
    /// # Panics
    ///
    /// When lopdf refuses.
    #[must_use]
    pub fn locked(mut self, user_password: &str, owner_password: &str) -> Vec<u8> {
        let version = EncryptionVersion::V2 {
            document: &self.document,
            owner_password,
            user_password,
            key_length: 128,
            permissions: Permissions::PRINTABLE,
        };
        let state = EncryptionState::try_from(version).expect("RC4 is known");
        self.document.encrypt(&state).expect("it can be locked");
        self.bytes()
    }

    /// The file.
    ///
    /// # Panics
    ///
    /// When lopdf refuses.
    #[must_use]
    pub fn bytes(mut self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.document.save_to(&mut bytes).expect("a PDF can be made");
        bytes
    }
}

/// A page whose drawing instructions unpack to 400 MB of blanks.
#[must_use]
pub fn unpacking_without_end() -> Vec<u8> {
    let content = crate::hostile::deflated(vec![b' '; 400 * 1024 * 1024]);
    let mut pdf = Pdf::drawing(Vec::new());
    for object in pdf.document.objects.values_mut() {
        if let Object::Stream(stream) = object {
            stream.dict.set("Filter", "FlateDecode");
            stream.set_content(content.clone());
        }
    }
    pdf.bytes()
}

/// Everything that a PDF holds, unpacked, in one piece; what cannot be unpacked as it is.
///
/// # Panics
///
/// When it cannot be opened.
#[must_use]
pub fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let document = Document::load_mem(bytes).expect("our own PDF opens");
    let mut all = bytes.to_vec();
    for object in document.objects.values() {
        all.push(b'\n');
        match object {
            Object::Stream(stream) => {
                all.extend(format!("{:?}", stream.dict).into_bytes());
                all.extend(
                    stream.decompressed_content().unwrap_or_else(|_| stream.content.clone()),
                );
            }
            other => strings(other, &mut all),
        }
    }
    all
}

fn strings(object: &Object, all: &mut Vec<u8>) {
    match object {
        Object::String(text, _) => {
            all.extend(text);
            all.push(b'\n');
        }
        Object::Array(entries) => entries.iter().for_each(|entry| strings(entry, all)),
        Object::Dictionary(entries) => entries.iter().for_each(|(_, entry)| strings(entry, all)),
        Object::Name(name) => {
            all.extend(name);
            all.push(b'\n');
        }
        _ => {}
    }
}
