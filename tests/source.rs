//! What of a Rust or TypeScript file is code, and what is only said in it?

/// The text with every comment, string and character replaced by blanks, byte for byte; lines stay
/// where they are. Regular expressions of TypeScript are not known; a quote in one would be taken for
/// a string.
#[must_use]
pub fn code_only(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = said_at(rest);
        if length == 0 {
            out.push(first);
        }
        for byte in rest[..length].bytes() {
            out.push(if byte == b'\n' { '\n' } else { ' ' });
        }
        rest = &rest[length.max(first.len_utf8())..];
    }
    out
}

/// Length in bytes of the comment or literal that the text begins with; 0 for code.
fn said_at(text: &str) -> usize {
    let until = |from: usize, end: &str| {
        text[from..].find(end).map_or(text.len(), |at| from + at + end.len())
    };
    if text.starts_with("//") {
        return text.find('\n').unwrap_or(text.len());
    }
    if text.starts_with("/*") {
        return until(2, "*/");
    }
    for hashes in ["r\"", "r#\"", "r##\""] {
        if text.starts_with(hashes) {
            let end = format!("\"{}", "#".repeat(hashes.len() - 2));
            return until(hashes.len(), &end);
        }
    }
    match text.as_bytes()[0] {
        quote @ (b'"' | b'`') => quoted(text, quote),
        // A lifetime has no closing quote two characters on.
        b'\'' if text[1..].starts_with('\\') || text.chars().nth(2) == Some('\'') => {
            quoted(text, b'\'')
        }
        _ => 0,
    }
}

fn quoted(text: &str, quote: u8) -> usize {
    let bytes = text.as_bytes();
    let mut at = 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            byte if byte == quote => return at + 1,
            _ => at += 1,
        }
    }
    text.len()
}

/// Every literal in double quotes that stands in a text, without its quotes; escapes are kept.
#[must_use]
pub fn literals(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = said_at(rest);
        if length > 1 && first == '"' {
            found.push(rest[1..length].trim_end_matches('"').to_owned());
        }
        rest = &rest[length.max(first.len_utf8())..];
    }
    found
}

/// The body in braces that follows each `head` in the code of a text.
#[must_use]
pub fn bodies<'a>(text: &'a str, head: &str) -> Vec<&'a str> {
    let code = code_only(text);
    let ends = |from: usize| {
        let mut depth = 0_usize;
        for (at, byte) in code.bytes().enumerate().skip(from) {
            match byte {
                b'{' => depth += 1,
                b'}' if depth == 1 => return at + 1,
                b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        text.len()
    };
    code.match_indices(head).map(|(at, _)| &text[at..ends(at)]).collect()
}
