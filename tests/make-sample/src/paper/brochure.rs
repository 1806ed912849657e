//! What does the loudspeaker maker's public brochure show?
//!
//! Three pages, put together object by object with lopdf. The letters are Helvetica and Times that
//! lie in no file, as old brochures have them, and the third page is stored on its side. It is
//! published, so that nothing on it needs a mask. Deliberately absent: embedded fonts.

use lopdf::{
    Dictionary, Document, Object, ObjectId, Stream,
    content::{Content, Operation},
    dictionary,
};

use super::{
    PaperError,
    traces::{DAY, identify, text},
};
use crate::film::Picture;

/// A4 in points.
const PAGE: (f32, f32) = (595.0, 842.0);
const INK: [f32; 3] = [0.10, 0.11, 0.13];
const BLUE: [f32; 3] = [0.06, 0.24, 0.46];
const PALE: [f32; 3] = [0.90, 0.92, 0.94];

/// A JPEG that is printed on a page.
pub(crate) struct Plate<'a> {
    /// The picture that was compressed; only its size is used.
    pub picture: &'a Picture,
    /// Its JPEG, without any segment of a camera.
    pub jpeg: Vec<u8>,
}

/// Sets the brochure: the product for the cover, the building for the second page.
///
/// # Errors
///
/// [`PaperError`] when lopdf cannot write what it was given.
pub(crate) fn make(product: &Plate<'_>, building: &Plate<'_>) -> Result<Vec<u8>, PaperError> {
    let mut pdf = Document::with_version("1.4");
    let pages = pdf.new_object_id();
    let fonts = fonts(&mut pdf);
    let product_id = image(&mut pdf, product);
    let building_id = image(&mut pdf, building);
    let resources = pdf.add_object(dictionary! {
        "Font" => fonts,
        "XObject" => dictionary! { "Product" => product_id, "Building" => building_id },
    });
    let link = pdf.add_object(dictionary! {
        "Type" => "Annot",
        "Subtype" => "Link",
        "Rect" => vec![50.into(), 48.into(), 240.into(), 64.into()],
        "Border" => vec![0.into(), 0.into(), 0.into()],
        "A" => dictionary! { "S" => "URI", "URI" => text("https://www.sample-audio.example/sa-130") },
    });
    let leaves = [(cover(), 0), (description(), 0), (figures(), 90)];
    let mut kids = Vec::new();
    for (sheet, turn) in leaves {
        let content = pdf.add_object(Stream::new(Dictionary::new(), sheet.encode()?));
        let mut page = dictionary! {
            "Type" => "Page",
            "Parent" => pages,
            "MediaBox" => vec![0.into(), 0.into(), PAGE.0.into(), PAGE.1.into()],
            "Resources" => resources,
            "Contents" => content,
            "Rotate" => turn,
        };
        if kids.len() == 1 {
            page.set("Annots", vec![link.into()]);
        }
        kids.push(Object::Reference(pdf.add_object(page)));
    }
    let count = kids.len() as i64;
    pdf.set_object(pages, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count });
    let catalog =
        pdf.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages, "Lang" => text("en") });
    let info = pdf.add_object(dictionary! {
        "Title" => text("SA-130 compact monitor"),
        "Author" => text("Sample Audio S.r.l., marketing"),
        "Creator" => text("Example Page Studio 5.2"),
        "Producer" => text("lopdf"),
        "CreationDate" => text(DAY),
        "ModDate" => text(DAY),
    });
    pdf.trailer.set("Root", catalog);
    pdf.trailer.set("Info", info);
    identify(&mut pdf.trailer, "sample-brochure1");
    pdf.compress();
    let mut out = Vec::new();
    pdf.save_to(&mut out)?;
    Ok(out)
}

/// Three of the fourteen fonts that every reader has (ISO 32000-1, 9.6.2.2).
fn fonts(pdf: &mut Document) -> Dictionary {
    let mut fonts = Dictionary::new();
    for (name, base) in
        [("Plain", "Helvetica"), ("Strong", "Helvetica-Bold"), ("Slant", "Times-Italic")]
    {
        let id = pdf.add_object(dictionary! {
            "Type" => "Font",
            "Subtype" => "Type1",
            "BaseFont" => base,
            "Encoding" => "WinAnsiEncoding",
        });
        fonts.set(name, id);
    }
    fonts
}

fn image(pdf: &mut Document, plate: &Plate<'_>) -> ObjectId {
    let head = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Image",
        "Width" => i64::from(plate.picture.width),
        "Height" => i64::from(plate.picture.height),
        "ColorSpace" => "DeviceRGB",
        "BitsPerComponent" => 8,
        "Filter" => "DCTDecode",
    };
    pdf.add_object(Stream::new(head, plate.jpeg.clone()).with_compression(false))
}

/// The operators of a page. Lengths are points from the lower left corner.
#[derive(Default)]
struct Sheet {
    operations: Vec<Operation>,
}

impl Sheet {
    fn put(&mut self, operator: &str, operands: &[f32]) {
        let operands = operands.iter().map(|number| Object::Real(*number)).collect();
        self.operations.push(Operation::new(operator, operands));
    }

    fn fill(&mut self, colour: [f32; 3], [x, y, w, h]: [f32; 4]) {
        self.put("rg", &colour);
        self.put("re", &[x, y, w, h]);
        self.put("f", &[]);
    }

    fn line(&mut self, colour: [f32; 3], thickness: f32, points: &[(f32, f32)]) {
        self.put("RG", &colour);
        self.put("w", &[thickness]);
        for (index, (x, y)) in points.iter().enumerate() {
            self.put(if index == 0 { "m" } else { "l" }, &[*x, *y]);
        }
        self.put("S", &[]);
    }

    fn words(&mut self, font: &str, size: f32, colour: [f32; 3], (x, y): (f32, f32), words: &str) {
        self.put("rg", &colour);
        self.put("BT", &[]);
        let name = Object::Name(font.as_bytes().to_vec());
        self.operations.push(Operation::new("Tf", vec![name, Object::Real(size)]));
        self.put("Td", &[x, y]);
        self.operations.push(Operation::new("Tj", vec![text(words)]));
        self.put("ET", &[]);
    }

    fn picture(&mut self, name: &str, [x, y, w, h]: [f32; 4]) {
        self.put("q", &[]);
        self.put("cm", &[w, 0.0, 0.0, h, x, y]);
        let name = Object::Name(name.as_bytes().to_vec());
        self.operations.push(Operation::new("Do", vec![name]));
        self.put("Q", &[]);
    }

    fn encode(self) -> Result<Vec<u8>, PaperError> {
        Ok(Content { operations: self.operations }.encode()?)
    }
}

fn cover() -> Sheet {
    let mut sheet = Sheet::default();
    sheet.picture("Product", [50.0, 150.0, 420.0, 560.0]);
    sheet.fill(BLUE, [0.0, 742.0, 595.0, 100.0]);
    sheet.words("Strong", 34.0, [1.0; 3], (50.0, 782.0), "SA-130 compact monitor");
    sheet.words(
        "Slant",
        16.0,
        PALE,
        (50.0, 757.0),
        "A two-way loudspeaker for studio and living room",
    );
    sheet.fill(BLUE, [500.0, 150.0, 6.0, 560.0]);
    sheet.words("Strong", 12.0, INK, (50.0, 112.0), "Sample Audio S.r.l.");
    let seat = "Via Esempio 12, 27000 Esempio (PV), Italy    www.sample-audio.example";
    sheet.words("Plain", 9.5, INK, (50.0, 96.0), seat);
    sheet.words("Plain", 8.0, INK, (50.0, 40.0), "Published September 2026");
    sheet
}

fn description() -> Sheet {
    let mut sheet = Sheet::default();
    sheet.words("Strong", 22.0, BLUE, (50.0, 775.0), "Small box, even sound");
    let paragraph = [
        "The SA-130 is made for people who listen closely: sound engineers, musicians, schools,",
        "radio stations and anybody who likes music at home. Its 130 mm driver is built around a",
        "neodymium ring magnet, which keeps the motor small and leaves room behind the cone.",
        "Every pair is assembled, measured and packed in our own workshop.",
    ];
    for (row, line) in paragraph.iter().enumerate() {
        sheet.words("Plain", 11.5, INK, (50.0, 742.0 - 17.0 * row as f32), line);
    }
    sheet.picture("Building", [50.0, 388.0, 372.0, 279.0]);
    sheet.words("Slant", 11.0, INK, (436.0, 650.0), "Where it is made:");
    sheet.words("Slant", 11.0, INK, (436.0, 635.0), "our hall in Esempio");
    sheet.words("Strong", 15.0, BLUE, (50.0, 350.0), "Technical data");
    let table = [
        ("Principle", "two-way, bass reflex"),
        ("Woofer", "130 mm, neodymium motor"),
        ("Tweeter", "25 mm soft dome"),
        ("Frequency range", "48 Hz to 22 kHz (-6 dB)"),
        ("Sensitivity", "86 dB (2.83 V, 1 m)"),
        ("Nominal impedance", "6 ohms"),
        ("Crossover", "2.4 kHz"),
        ("Size (W x H x D)", "200 x 340 x 250 mm"),
        ("Mass", "6.4 kg each"),
    ];
    for (row, (name, value)) in table.iter().enumerate() {
        let y = 322.0 - 25.0 * row as f32;
        if row % 2 == 0 {
            sheet.fill(PALE, [50.0, y - 8.0, 495.0, 25.0]);
        }
        sheet.words("Strong", 10.5, INK, (60.0, y), name);
        sheet.words("Plain", 10.5, INK, (240.0, y), value);
    }
    sheet.words("Plain", 9.5, BLUE, (50.0, 52.0), "www.sample-audio.example/sa-130");
    sheet
}

/// The third page is drawn in its reading direction, 842 wide, and stored a quarter turn back.
fn figures() -> Sheet {
    let mut sheet = Sheet::default();
    sheet.put("cm", &[0.0, 1.0, -1.0, 0.0, PAGE.0, 0.0]);
    sheet.words("Strong", 22.0, BLUE, (50.0, 530.0), "Measured, not promised");
    let what = "Sound pressure at 1 m on axis, half-space, smoothed to a third of an octave";
    sheet.words("Plain", 11.0, INK, (50.0, 506.0), what);
    let (left, bottom, across, up) = (90.0, 110.0, 480.0, 360.0);
    let grey = [0.72, 0.74, 0.77];
    for (hertz, label) in [(20.0_f32, "20"), (100.0, "100"), (1000.0, "1 k"), (10_000.0, "10 k")] {
        let x = left + across * (hertz / 20.0).log10() / 3.0;
        sheet.line(grey, 0.6, &[(x, bottom), (x, bottom + up)]);
        sheet.words("Plain", 9.0, INK, (x - 8.0, bottom - 16.0), label);
    }
    for step in 0..=5_u8 {
        let y = bottom + up * f32::from(step) / 5.0;
        sheet.line(grey, 0.6, &[(left, y), (left + across, y)]);
        sheet.words("Plain", 9.0, INK, (left - 24.0, y - 3.0), &(50 + 10 * step).to_string());
    }
    sheet.words("Plain", 9.0, INK, (left + across - 10.0, bottom - 30.0), "Hz");
    sheet.words("Plain", 9.0, INK, (left - 24.0, bottom + up + 12.0), "dB");
    let curve: Vec<(f32, f32)> = (0..=240_u16)
        .map(|step| {
            let part = f32::from(step) / 240.0;
            let hertz = 20.0 * 10.0_f32.powf(3.0 * part);
            // A closed roll-off of the fourth order below, of the sixth above.
            let below = 10.0 * (1.0 + (41.0 / hertz).powi(8)).log10();
            let above = 10.0 * (1.0 + (hertz / 21_000.0).powi(12)).log10();
            let ripple = 1.1 * (part * 31.0).sin() * (part * 9.0).cos();
            let level = (86.0 + ripple - below - above).max(50.0);
            (left + across * part, bottom + up * (level - 50.0) / 50.0)
        })
        .collect();
    sheet.line(BLUE, 2.0, &curve);
    outline(&mut sheet);
    sheet
}

/// The front with its sizes.
fn outline(sheet: &mut Sheet) {
    let (x, y, w, h) = (640.0, 150.0, 130.0, 221.0);
    sheet.line(INK, 1.2, &[(x, y), (x + w, y), (x + w, y + h), (x, y + h), (x, y)]);
    for (middle, radius) in [((x + 65.0, y + 73.0), 48.0_f32), ((x + 65.0, y + 169.0), 29.0)] {
        let circle: Vec<(f32, f32)> = (0..=72_u8)
            .map(|step| {
                let (s, c) = (f32::from(step) * 5.0).to_radians().sin_cos();
                (middle.0 + radius * c, middle.1 + radius * s)
            })
            .collect();
        sheet.line(INK, 1.0, &circle);
    }
    sheet.line(BLUE, 0.7, &[(x, y - 18.0), (x + w, y - 18.0)]);
    sheet.words("Plain", 9.0, INK, (x + 48.0, y - 32.0), "200 mm");
    sheet.line(BLUE, 0.7, &[(x - 18.0, y), (x - 18.0, y + h)]);
    sheet.words("Plain", 9.0, INK, (x - 58.0, y + 106.0), "340 mm");
}
