//! What stands for a picture while the text is set?
//!
//! The typesetter would decode and keep every picture that it is given. It gets a tiny JPEG instead
//! that carries the picture's number in a comment; once the pages are set, the prepared picture
//! takes its place. The stub's own shape does not matter: the template names width and height.

use crate::jpeg;

const STUB: &[u8] = include_bytes!("../../../assets/package/stub.jpg");
const MARK: &str = "lanthan-stub ";

/// The stub for the picture with this number, counted from 0 over the whole package.
pub(crate) fn stub(picture: usize) -> Vec<u8> {
    jpeg::with_comment(STUB, format!("{MARK}{picture}").as_bytes()).unwrap_or_default()
}

/// The number of the picture that these bytes stand for; `None` when they are no stub.
pub(crate) fn picture_of(bytes: &[u8]) -> Option<usize> {
    let comment = jpeg::head(bytes)?.comment?;
    std::str::from_utf8(&comment).ok()?.strip_prefix(MARK)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stub_gives_its_number_back_and_no_other_picture_has_one() {
        assert_eq!(picture_of(&stub(0)), Some(0));
        assert_eq!(picture_of(&stub(12_345)), Some(12_345));
        assert_eq!(picture_of(STUB), None);
    }
}
