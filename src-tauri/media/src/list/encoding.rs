//! In which encoding was a text written?
//!
//! A byte order mark says it; otherwise UTF-8 when it fits, then GBK when the bytes pair up as common
//! Chinese does, then Windows-1252. Who knows better may say so. Deliberately absent: encodings that
//! neither a European nor a Chinese office writes.

use encoding_rs::{Encoding as Table, GBK, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use lanthan_core::questionnaire::{Fault, FaultKind};

/// How bytes stand for letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a mark.
    Utf8,
    /// UTF-16, the low byte first.
    Utf16Le,
    /// UTF-16, the high byte first.
    Utf16Be,
    /// GBK, as Chinese Windows writes.
    Gbk,
    /// Windows-1252, as Windows in Western Europe writes.
    Windows1252,
}

impl Encoding {
    /// Every encoding, the most usual first.
    pub const ALL: [Self; 5] =
        [Self::Utf8, Self::Gbk, Self::Windows1252, Self::Utf16Le, Self::Utf16Be];

    /// Its word in answers and texts.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Gbk => "gbk",
            Self::Windows1252 => "windows-1252",
        }
    }

    /// The encoding of a word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }

    fn table(self) -> &'static Table {
        match self {
            Self::Utf8 => UTF_8,
            Self::Utf16Le => UTF_16LE,
            Self::Utf16Be => UTF_16BE,
            Self::Gbk => GBK,
            Self::Windows1252 => WINDOWS_1252,
        }
    }
}

/// The text of some bytes.
///
/// # Errors
///
/// [`Fault`] with the first line that is no text in the encoding.
pub(super) fn decode(
    untrusted: &[u8],
    wanted: Option<Encoding>,
) -> Result<(String, Encoding), Fault> {
    let marked = Table::for_bom(untrusted).and_then(|(table, length)| {
        let of_mark = Encoding::ALL.into_iter().find(|one| one.table() == table)?;
        Some((of_mark, length))
    });
    let (encoding, begin) = match (wanted, marked) {
        (Some(wanted), Some((of_mark, length))) if wanted == of_mark => (wanted, length),
        (Some(wanted), _) => (wanted, 0),
        (None, Some(marked)) => marked,
        (None, None) => (guessed(untrusted), 0),
    };
    let (text, _) = encoding.table().decode_without_bom_handling(&untrusted[begin..]);
    // Windows-1252 gives five bytes that stand for nothing as control characters.
    let is_text = |c: char| c != '\u{fffd}' && (!c.is_control() || matches!(c, '\n' | '\r' | '\t'));
    if let Some(at) = text.char_indices().find_map(|(at, c)| (!is_text(c)).then_some(at)) {
        let before = text[..at].matches('\n').count();
        let row = u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1);
        return Err(Fault::of_row(row, FaultKind::Encoding));
    }
    Ok((text.into_owned(), encoding))
}

fn guessed(untrusted: &[u8]) -> Encoding {
    if std::str::from_utf8(untrusted).is_ok() {
        Encoding::Utf8
    } else if looks_chinese(untrusted) {
        Encoding::Gbk
    } else {
        Encoding::Windows1252
    }
}

/// True when bytes beyond ASCII come in pairs, most of which are common characters. In a European text
/// they stand alone between plain letters.
fn looks_chinese(untrusted: &[u8]) -> bool {
    if GBK.decode_without_bom_handling(untrusted).1 {
        return false;
    }
    let (mut common, mut rare) = (0_usize, 0_usize);
    let mut at = 0;
    while at < untrusted.len() {
        if untrusted[at] < 0x80 {
            at += 1;
            continue;
        }
        let (lead, trail) = (untrusted[at], untrusted.get(at + 1).copied().unwrap_or(0));
        // GB 2312: signs in the first rows, then the 3755 characters of level 1.
        if trail >= 0xa1 && matches!(lead, 0xa1..=0xa9 | 0xb0..=0xd7) {
            common += 1;
        } else {
            rare += 1;
        }
        at += 2;
    }
    common > 0 && common >= rare * 2
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHINESE: &str = "请提供工厂照片、最终用户证明\n钕铁硼磁体图纸";
    const EUROPEAN: &str = "Größe für Prüfstücke\nà côté du réacteur – “naïve” Señor Čapek?";

    fn bytes(text: &str, encoding: Encoding) -> Vec<u8> {
        match encoding {
            Encoding::Utf16Le => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            Encoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            other => other.table().encode(text).0.into_owned(),
        }
    }

    #[test]
    fn every_encoding_is_recognised() {
        let european = EUROPEAN.replace('Č', "C");
        for (text, encoding) in [
            (CHINESE, Encoding::Utf8),
            (CHINESE, Encoding::Gbk),
            (&european, Encoding::Windows1252),
            (&european, Encoding::Utf8),
            ("plain", Encoding::Utf8),
        ] {
            let found = decode(&bytes(text, encoding), None).unwrap();
            assert_eq!(found, (text.to_owned(), encoding));
        }
        for (mark, encoding) in [
            (&b"\xef\xbb\xbf"[..], Encoding::Utf8),
            (b"\xff\xfe", Encoding::Utf16Le),
            (b"\xfe\xff", Encoding::Utf16Be),
        ] {
            let marked = [mark, &bytes(CHINESE, encoding)].concat();
            assert_eq!(decode(&marked, None).unwrap(), (CHINESE.to_owned(), encoding));
        }
    }

    #[test]
    fn who_knows_better_is_believed() {
        let bytes = bytes("Ä×", Encoding::Windows1252);
        assert_eq!(decode(&bytes, None).unwrap().1, Encoding::Gbk);
        let told = decode(&bytes, Some(Encoding::Windows1252)).unwrap();
        assert_eq!(told.0, "Ä×");
        let fault = decode(&bytes, Some(Encoding::Utf8)).unwrap_err();
        assert_eq!((fault.row, fault.kind), (1, FaultKind::Encoding));
    }

    #[test]
    fn the_line_that_is_no_text_is_named() {
        let fault = decode(b"one\ntwo\x81\xff\n", None).unwrap_err();
        assert_eq!((fault.row, fault.kind), (2, FaultKind::Encoding));
        assert!(decode(b"a\0b", None).is_err());
        let odd = [b"\xff\xfe".as_slice(), &[0x41, 0, 0x42]].concat();
        assert!(decode(&odd, None).is_err());
    }
}
