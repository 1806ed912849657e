//! Is what somebody hid badly in a paper found, whatever it was hidden with, and does none of it leave?

use lanthan_core::{clean::Word, exhibit::MaskReason};
use lanthan_media::{Limits, Recipe, probe};
use lopdf::{Object, Stream, dictionary};

use crate::{
    papers::square,
    support::{
        clean_one,
        paper::{Paper, line},
    },
};

fn texts(words: &[Word]) -> Vec<&str> {
    words.iter().map(|word| word.text.as_str()).collect()
}

/// The kinds and words of what was hidden badly in a paper.
fn buried(pdf: &[u8]) -> Vec<(&'static str, String)> {
    let buried = probe(pdf, &Limits::default()).unwrap().buried;
    buried.iter().map(|passage| (passage.hiding.word(), passage.text())).collect()
}

#[test]
fn a_bar_as_low_as_the_letters_or_over_half_of_a_word_lets_nothing_of_it_leave() {
    // A bar that ends where the letters do: above and below it the page is white.
    let tight = line(72, 700, "Seventy") + "0 g 72 699 95 14 re f\n";
    // One that leaves the first letters free.
    let half = line(72, 600, "Amount:12500") + "0 g 160 595 300 30 re f\n";
    // One that leans, so that no rectangle is seen in its steps.
    let leaning = line(72, 500, "Leaning") + "q 1 0.02 -0.02 1 0 0 cm 0 g 60 480 200 30 re f Q\n";
    // One made of two pieces, and words on top of a bar, which can be read.
    let pieces = line(72, 400, "Pieces") + "0 g 60 395 50 30 re f 110 395 60 30 re f\n";
    let above = "0 g 60 295 300 30 re f 1 g\n".to_owned() + &line(72, 300, "Readable");
    let pdf = Paper::of(&(tight + &half + &leaning + &pieces + &above)).bytes();
    assert_eq!(texts(&clean_one(&pdf, &Recipe::default()).words), ["Readable"]);
    assert_eq!(buried(&pdf), [("under-bar", "Seventy Amount:12500 Pieces".to_owned())]);
}

#[test]
fn a_picture_over_words_hides_them_badly_and_a_scan_over_its_words_does_not() {
    let picture = |paper: &mut Paper| {
        let data = vec![0_u8; 3 * 8 * 8];
        let picture = Stream::new(
            dictionary! {
                "Type" => "XObject", "Subtype" => "Image", "Width" => 8, "Height" => 8,
                "ColorSpace" => "DeviceRGB", "BitsPerComponent" => 8,
            },
            data,
        );
        let picture = paper.document.add_object(picture);
        paper.resource("XObject", "P", picture);
    };
    let words = line(72, 700, "pasted over") + &line(72, 600, "free");
    let mut pasted = Paper::of(&(words.clone() + "q 200 0 0 30 65 692 cm /P Do Q\n"));
    picture(&mut pasted);
    let pdf = pasted.bytes();
    assert_eq!(buried(&pdf), [("under-bar", "pasted over".to_owned())]);
    assert_eq!(texts(&clean_one(&pdf, &Recipe::default()).words), ["free"]);
    // Strips that make up the whole page: what is read is the pictures.
    let strips = "q 595 0 0 300 0 542 cm /P Do Q q 595 0 0 542 0 0 cm /P Do Q\n";
    let mut scan = Paper::of(&(words + strips));
    picture(&mut scan);
    assert_eq!(buried(&scan.bytes()), []);
}

#[test]
fn recognised_words_under_a_bar_are_told_and_stay_behind() {
    let hidden = |y, text: &str| format!("BT 3 Tr /F1 24 Tf 72 {y} Td ({text}) Tj ET\n");
    let content = line(72, 700, "Total 99") + &hidden(700, "Total 99") + "0 g 60 690 300 30 re f\n";
    let pdf = Paper::of(&content).bytes();
    assert_eq!(buried(&pdf), [("under-bar", "Total 99 Total 99".to_owned())]);
    assert_eq!(clean_one(&pdf, &Recipe::default()).words, []);
}

#[test]
fn the_words_of_a_mark_are_named_on_a_turned_page_as_well() {
    for turn in [0, 90, 180, 270] {
        let mut paper = Paper::new();
        let page = paper.page(&(line(72, 700, "Klangfeld GmbH") + &line(72, 600, "beside")));
        let quad =
            |l: i64, b: i64, r: i64, t: i64| [l, t, r, t, l, b, r, b].map(Object::from).to_vec();
        let mark = dictionary! {
            "Type" => "Annot", "Subtype" => "Redact", "QuadPoints" => quad(70, 695, 400, 725),
            "Rect" => vec![0.into(), 0.into(), 595.into(), 842.into()],
        };
        paper.set(page, "Annots", vec![Object::Dictionary(mark)]);
        paper.set(page, "Rotate", turn);
        let pdf = paper.bytes();
        assert_eq!(buried(&pdf), [("marked", "Klangfeld GmbH".to_owned())], "{turn}");
        // The masks of the passage take all of it and leave the rest.
        let passage = probe(&pdf, &Limits::default()).unwrap().buried.remove(0);
        let masks = passage.masks(MaskReason::Customer);
        let recipe = Recipe { masks: &masks, ..Recipe::default() };
        assert_eq!(texts(&clean_one(&pdf, &recipe).words), ["beside"], "{turn}");
    }
}

#[test]
fn a_mark_that_its_own_bar_covers_is_no_open_mark() {
    let mut paper = Paper::new();
    let page = paper.page(&line(72, 700, "covered"));
    let mut mark = square(&mut paper);
    mark.set("Subtype", "Redact");
    paper.set(page, "Annots", vec![Object::Dictionary(mark)]);
    assert_eq!(buried(&paper.bytes()), [("under-bar", "covered".to_owned())]);
}
