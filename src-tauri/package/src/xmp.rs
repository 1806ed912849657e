//! Which words stand in an XMP packet?
//!
//! The texts between the tags and the values of the attributes. Deliberately absent: the tags' own
//! names, addresses of namespaces, and identifiers that are computed from hashes.

/// Elements whose text is computed.
const COMPUTED: [&str; 2] = ["DocumentID", "InstanceID"];

/// Every word of a packet that somebody could have written.
pub(crate) fn texts(packet: &str) -> impl Iterator<Item = String> {
    packet.split('<').skip(1).flat_map(|piece| {
        let (tag, text) = piece.split_once('>').unwrap_or((piece, ""));
        let name = tag.split([' ', '\n', '/']).next().unwrap_or_default();
        let computed = COMPUTED.iter().any(|one| name.ends_with(one));
        let text = (!computed && !text.trim().is_empty()).then(|| plain(text));
        attributes(tag).chain(text)
    })
}

fn attributes(tag: &str) -> impl Iterator<Item = String> {
    tag.split('"').collect::<Vec<_>>().chunks(2).filter_map(value).collect::<Vec<_>>().into_iter()
}

/// The value of one attribute, from the piece before its first and the piece before its last quote.
fn value(pieces: &[&str]) -> Option<String> {
    let [key, value] = pieces else { return None };
    let own = key.trim_start().starts_with("xmlns") || key.contains(" xmlns:");
    let bare = own || value.is_empty() || COMPUTED.iter().any(|one| key.contains(one));
    (!bare).then(|| plain(value))
}

fn plain(text: &str) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
        .iter()
        .fold(text.to_owned(), |text, (coded, sign)| text.replace(coded, sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_and_grammar_is_not() {
        let packet = "<?xpacket begin=\"\u{feff}\"?><x:a xmlns:x=\"adobe:ns:meta/\"><d:t x:note=\"by &amp; by\">\
                      Nord &lt; S\u{fc}d</d:t><m:InstanceID>aGVsbG8=</m:InstanceID></x:a>";
        let found: Vec<_> = texts(packet).filter(|text| text.len() > 3).collect();
        assert_eq!(found, ["by & by", "Nord < Süd"]);
    }
}
