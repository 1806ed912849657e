//! What does the purchase order say?
//!
//! One page, set with printpdf, in English with the supplier's name in Chinese. One line names a
//! customer of the end user, which has no business in a licence application: it must be masked.
//! Deliberately absent: the traces of its author, see `traces.rs`.

use printpdf::{
    Color, FontId, Line, LinePoint, Mm, Op, ParsedFont, PdfDocument, PdfFont, PdfFontHandle,
    PdfPage, PdfSaveOptions, Point, Pt, Rgb, TextItem,
};

use super::{BOLD, CHINESE, Face, PaperError, REGULAR, traces, width};
use crate::camera::Region;

/// Number of the order.
pub(crate) const NUMBER: &str = "PO-2026-0417";

/// The line that must be masked.
const CUSTOMER_LINE: &str = "For project Nordklang Example AB, Series N4 - call-off 3 of 4";

/// Width and height of the page in millimetres.
const PAGE: (f32, f32) = (210.0, 297.0);
const MM_PER_PT: f32 = 25.4 / 72.0;

/// Which letters a line is set in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hand {
    Regular,
    Bold,
    Chinese,
}

/// Where a line begins or ends.
#[derive(Clone, Copy)]
enum Edge {
    Left(f32),
    Right(f32),
}

/// A line of text: hand, size in points, edge and baseline in millimetres from the top left, words.
type Text = (Hand, f32, Edge, f32, String);

/// The finished order and the place of what must be masked on its page.
pub(crate) struct Order {
    /// The file.
    pub pdf: Vec<u8>,
    /// The place of the customer's line.
    pub customer_line: Region,
}

/// Sets the order.
///
/// # Errors
///
/// [`PaperError`] when a font cannot be cut or the PDF cannot be finished.
pub(crate) fn make() -> Result<Order, PaperError> {
    let lines = lines();
    let fonts = [(Hand::Regular, REGULAR), (Hand::Bold, BOLD), (Hand::Chinese, CHINESE)];
    let mut document = PdfDocument::new("Purchase order PO-2026-0417");
    let mut cut = Vec::new();
    for (hand, face) in fonts {
        cut.push((hand, add(&mut document, &face, hand, &lines)?));
    }
    let font = |hand: Hand| cut.iter().find(|(known, _)| *known == hand).map(|(_, font)| font);
    let mut ops = rules();
    let mut customer_line = Region { x: 0, y: 0, w: 0, h: 0 };
    for (hand, size, edge, baseline, words) in &lines {
        let Some(font) = font(*hand) else { continue };
        let length = width(font, words) * size * MM_PER_PT / 1000.0;
        let left = match edge {
            Edge::Left(x) => *x,
            Edge::Right(x) => x - length,
        };
        if words == CUSTOMER_LINE {
            customer_line = place(left, *baseline, length, *size * MM_PER_PT);
        }
        ops.extend(text_ops(id(*hand), *size, (left, *baseline), words));
    }
    ops.extend(signature());
    document.pages.push(PdfPage::new(Mm(PAGE.0), Mm(PAGE.1), ops));
    let info = &mut document.metadata.info;
    "Sample Audio S.r.l., purchasing".clone_into(&mut info.author);
    "Example Order Desk 11.3".clone_into(&mut info.creator);
    "printpdf 0.12".clone_into(&mut info.producer);
    "Ring magnets for project Nordklang Example AB".clone_into(&mut info.subject);
    info.keywords = ["magnets", "N38SH", "Nordklang"].map(str::to_owned).to_vec();
    let mut ignored = Vec::new();
    let plain = document.save(&PdfSaveOptions::default(), &mut ignored);
    Ok(Order { pdf: traces::leave_in(&plain)?, customer_line })
}

fn id(hand: Hand) -> FontId {
    FontId(
        match hand {
            Hand::Regular => "Regular",
            Hand::Bold => "Bold",
            Hand::Chinese => "Chinese",
        }
        .to_owned(),
    )
}

fn add(
    document: &mut PdfDocument,
    face: &Face,
    hand: Hand,
    lines: &[Text],
) -> Result<ParsedFont, PaperError> {
    let used: String = lines.iter().filter(|line| line.0 == hand).map(|line| &*line.4).collect();
    let font = face.cut_to(&used)?;
    document.resources.fonts.map.insert(id(hand), PdfFont::new(font.clone()));
    Ok(font)
}

/// The ten-thousandths of the page that a line covers, with a little room round it.
fn place(left: f32, baseline: f32, length: f32, size: f32) -> Region {
    let room = 1.0;
    let across = |x: f32| (x / PAGE.0 * 10_000.0).round() as i32;
    let down = |y: f32| (y / PAGE.1 * 10_000.0).round() as i32;
    let (x, y) = (across(left - room), down(baseline - size - room));
    let (right, bottom) = (across(left + length + room), down(baseline + 0.35 * size + room));
    Region { x, y, w: right - x, h: bottom - y }
}

fn point(x: f32, y: f32) -> Point {
    Point::new(Mm(x), Mm(PAGE.1 - y))
}

fn colour(r: f32, g: f32, b: f32) -> Color {
    Color::Rgb(Rgb { r, g, b, icc_profile: None })
}

fn text_ops(font: FontId, size: f32, (x, y): (f32, f32), words: &str) -> Vec<Op> {
    vec![
        Op::SetFillColor { col: colour(0.08, 0.09, 0.11) },
        Op::StartTextSection,
        Op::SetTextCursor { pos: point(x, y) },
        Op::SetFont { font: PdfFontHandle::External(font), size: Pt(size) },
        Op::ShowText { items: vec![TextItem::Text(words.to_owned())] },
        Op::EndTextSection,
    ]
}

fn stroke(points: &[(f32, f32)], bezier: bool) -> Op {
    let point = |(index, (x, y)): (usize, &(f32, f32))| LinePoint {
        p: point(*x, *y),
        bezier: bezier && index % 3 != 0,
    };
    Op::DrawLine {
        line: Line { points: points.iter().enumerate().map(point).collect(), is_closed: false },
    }
}

/// The lines of the table and under the heading.
fn rules() -> Vec<Op> {
    let mut ops = vec![
        Op::SetOutlineColor { col: colour(0.06, 0.24, 0.46) },
        Op::SetOutlineThickness { pt: Pt(1.6) },
        stroke(&[(20.0, 34.0), (190.0, 34.0)], false),
        Op::SetOutlineColor { col: colour(0.45, 0.47, 0.50) },
        Op::SetOutlineThickness { pt: Pt(0.5) },
    ];
    for y in [117.0, 125.0, 147.0, 161.0, 175.0, 184.5] {
        ops.push(stroke(&[(20.0, y), (190.0, y)], false));
    }
    for x in [20.0, 190.0] {
        ops.push(stroke(&[(x, 117.0), (x, 184.5)], false));
    }
    for x in [32.0, 118.0, 140.0, 165.0] {
        ops.push(stroke(&[(x, 117.0), (x, 175.0)], false));
    }
    ops.push(stroke(&[(20.0, 254.0), (92.0, 254.0)], false));
    ops.push(stroke(&[(112.0, 254.0), (190.0, 254.0)], false));
    ops
}

/// A signature in blue ink that spells nothing.
fn signature() -> Vec<Op> {
    vec![
        Op::SetOutlineColor { col: colour(0.06, 0.12, 0.52) },
        Op::SetOutlineThickness { pt: Pt(1.1) },
        stroke(
            &[
                (26.0, 250.5),
                (29.0, 236.0),
                (34.0, 234.0),
                (33.5, 247.0),
                (33.0, 256.0),
                (38.0, 243.0),
                (41.0, 243.5),
                (44.0, 244.0),
                (40.0, 251.0),
                (44.5, 249.5),
                (48.0, 248.0),
                (47.0, 240.0),
                (51.0, 241.0),
                (55.0, 242.0),
                (50.0, 252.0),
                (57.0, 248.0),
                (64.0, 244.0),
                (68.0, 247.5),
                (82.0, 242.0),
            ],
            true,
        ),
        stroke(&[(30.0, 251.0), (45.0, 249.5), (60.0, 251.5), (76.0, 248.0)], true),
    ]
}

fn lines() -> Vec<Text> {
    use Edge::{Left, Right};
    use Hand::{Bold, Chinese, Regular};
    let text =
        |hand, size, edge, baseline, words: &str| (hand, size, edge, baseline, words.to_owned());
    let mut lines = vec![
        text(Bold, 19.0, Left(20.0), 25.0, "Sample Audio S.r.l."),
        text(
            Regular,
            8.5,
            Left(20.0),
            30.5,
            "Loudspeakers - Via Esempio 12, 27000 Esempio (PV), Italy",
        ),
        text(Bold, 15.0, Right(190.0), 25.0, "PURCHASE ORDER"),
        text(Regular, 10.0, Right(190.0), 30.5, NUMBER),
        text(Bold, 8.5, Left(20.0), 44.0, "Supplier"),
        text(Regular, 10.0, Left(20.0), 50.0, "Ningbo Example Magnetics Co., Ltd."),
        text(Chinese, 10.0, Left(20.0), 55.5, "宁波示例磁业有限公司"),
        text(Regular, 9.0, Left(20.0), 60.5, "88 Shili Road, Ningbo, Zhejiang, P. R. China"),
        text(Bold, 8.5, Left(112.0), 44.0, "Importer, invoice to"),
        text(Regular, 10.0, Left(112.0), 50.0, "Sample Trading GmbH"),
        text(Regular, 9.0, Left(112.0), 55.5, "Musterweg 5, 99999 Musterstadt, Germany"),
        text(Bold, 8.5, Left(20.0), 71.0, "End user, goods to"),
        text(Regular, 10.0, Left(20.0), 77.0, "Sample Audio S.r.l., goods-in, gate 2"),
        text(Regular, 9.0, Left(20.0), 82.0, "Via Esempio 12, 27000 Esempio (PV), Italy"),
        text(Bold, 8.5, Left(112.0), 71.0, "Date, terms"),
        text(Regular, 9.0, Left(112.0), 77.0, "2026-09-14, net 30 days"),
        text(Regular, 9.0, Left(112.0), 82.0, "FCA Ningbo (Incoterms 2020), by air, one shipment"),
        text(Regular, 9.5, Left(20.0), 93.0, CUSTOMER_LINE),
        text(
            Regular,
            9.5,
            Left(20.0),
            101.0,
            "Please confirm within five working days. The goods need an export licence of the People's Republic",
        ),
        text(
            Regular,
            9.5,
            Left(20.0),
            106.0,
            "of China (dual-use items); delivery time begins on the day of the licence.",
        ),
        text(Bold, 8.5, Left(22.0), 122.5, "Pos."),
        text(Bold, 8.5, Left(34.0), 122.5, "Goods"),
        text(Bold, 8.5, Right(138.0), 122.5, "Quantity"),
        text(Bold, 8.5, Right(163.0), 122.5, "EUR / piece"),
        text(Bold, 8.5, Right(188.0), 122.5, "EUR"),
    ];
    lines.extend(rows());
    lines.extend([
        text(Bold, 10.0, Left(34.0), 181.2, "Total, without VAT"),
        text(Bold, 10.0, Right(188.0), 181.2, "53,340.00"),
        text(
            Regular,
            9.0,
            Left(20.0),
            194.0,
            "Use: magnets for loudspeaker drivers of the SA-130 family, assembled at Via Esempio 12. Civil use only.",
        ),
        text(Regular, 9.0, Left(20.0), 199.0, "Markings on every box: order number, grade, lot, number of pieces."),
        text(Regular, 9.0, Left(20.0), 204.0, "Certificate: content of dysprosium, terbium and total rare earths for each lot."),
        text(Regular, 9.0, Left(20.0), 259.0, "Sample Audio S.r.l., purchasing: A. Sample"),
        text(Regular, 9.0, Left(112.0), 259.0, "Accepted by the supplier: date, stamp"),
        text(Regular, 7.5, Left(20.0), 282.0, "Sample Audio S.r.l. - register of companies (sample) 0000-417 - orders@sample-audio.example"),
        text(Regular, 7.5, Right(190.0), 282.0, "Page 1 of 1"),
    ]);
    lines
}

/// The three positions of the table.
fn rows() -> Vec<Text> {
    use Edge::{Left, Right};
    let mut lines = Vec::new();
    let positions: [(f32, &str, &[&str], [&str; 3]); 3] = [
        (
            131.0,
            "10",
            &[
                "Ring magnet NdFeB, grade N38SH, contains Dy",
                "Sintered, D46 x D22 x 8 mm, axial, Ni-Cu-Ni, 77.9 g",
                "Drawing SA-M46-08, magnetised, boxes of 20",
            ],
            ["12,000", "4.35", "52,200.00"],
        ),
        (
            152.5,
            "20",
            &["Tray and shielded carton for 20 pieces", "Air-freight packing, IATA PI 953"],
            ["600", "1.60", "960.00"],
        ),
        (
            166.5,
            "30",
            &["Composition report for each lot", "Dy, Tb, total rare earths; by mass"],
            ["1", "180.00", "180.00"],
        ),
    ];
    for (top, number, goods, figures) in positions {
        lines.push((Hand::Regular, 9.5, Left(22.0), top, number.to_owned()));
        for (row, words) in goods.iter().enumerate() {
            let size = if row == 0 { 9.5 } else { 8.0 };
            let baseline = top + 5.2 * row as f32;
            lines.push((Hand::Regular, size, Left(34.0), baseline, (*words).to_owned()));
        }
        for (edge, figure) in [138.0, 163.0, 188.0].into_iter().zip(figures) {
            lines.push((Hand::Regular, 9.5, Right(edge), top, figure.to_owned()));
        }
    }
    lines
}
