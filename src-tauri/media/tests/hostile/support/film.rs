//! How is a small video built, box by box?

/// A box with its length and name.
pub(crate) fn boxed(name: [u8; 4], body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len() + 8).unwrap();
    [&length.to_be_bytes()[..], &name, body].concat()
}

/// What a video of these tests holds.
pub(crate) struct Film {
    pub(crate) brand: [u8; 4],
    /// Boxes of the index beside the tracks.
    pub(crate) extra: Vec<Vec<u8>>,
    /// Handlers of the tracks.
    pub(crate) handlers: Vec<[u8; 4]>,
    /// True when the index stands in front of the data.
    pub(crate) index_first: bool,
    pub(crate) data: Vec<u8>,
}

impl Default for Film {
    fn default() -> Self {
        Self {
            brand: *b"isom",
            extra: Vec::new(),
            handlers: vec![*b"vide", *b"soun"],
            index_first: false,
            data: vec![7; 3000],
        }
    }
}

impl Film {
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let brand = boxed(*b"ftyp", &[&self.brand[..], &[0, 0, 2, 0], &self.brand].concat());
        let (index, data) = (self.index(), boxed(*b"mdat", &self.data));
        let parts = if self.index_first { [brand, index, data] } else { [brand, data, index] };
        parts.concat()
    }

    fn index(&self) -> Vec<u8> {
        let mut head = vec![0; 4];
        // 2026-11-02 12:00 UTC, counted from 1904; 600 units a second; 75 seconds.
        for number in [2_082_844_800_u32 + 1_793_620_800, 0, 600, 45_000] {
            head.extend(number.to_be_bytes());
        }
        head.resize(100, 0);
        let mut body = boxed(*b"mvhd", &head);
        for handler in &self.handlers {
            let mut track = vec![0; 84];
            track[76..84].copy_from_slice(&[7, 128, 0, 0, 4, 56, 0, 0]);
            let handler = [&[0; 8][..], handler, &[0; 12], b"Maker\0"].concat();
            let media = boxed(*b"mdia", &boxed(*b"hdlr", &handler));
            body.extend(boxed(*b"trak", &[boxed(*b"tkhd", &track), media].concat()));
        }
        body.extend(self.extra.concat());
        boxed(*b"moov", &body)
    }
}

/// A text of QuickTime user data.
pub(crate) fn text(name: [u8; 4], text: &str) -> Vec<u8> {
    let length = u16::try_from(text.len()).unwrap().to_be_bytes();
    boxed(name, &[&length[..], &[0x15, 0xc7], text.as_bytes()].concat())
}

/// Named values as telephones of Apple write them; in an MP4 file four zero bytes stand in front.
pub(crate) fn named(values: &[(&str, &str)], in_mp4: bool) -> Vec<u8> {
    let count = u32::try_from(values.len()).unwrap().to_be_bytes();
    let mut keys = [&[0; 4][..], &count].concat();
    let mut list = Vec::new();
    for (number, (key, value)) in (1_u32..).zip(values) {
        keys.extend(boxed(*b"mdta", key.as_bytes()));
        let data = boxed(*b"data", &[&[0, 0, 0, 1, 0, 0, 0, 0], value.as_bytes()].concat());
        list.extend(boxed(number.to_be_bytes(), &data));
    }
    let handler = boxed(*b"hdlr", &[&[0; 8][..], b"mdta", &[0; 12]].concat());
    let front: &[u8] = if in_mp4 { &[0; 4] } else { &[] };
    boxed(*b"meta", &[front, &handler, &boxed(*b"keys", &keys), &boxed(*b"ilst", &list)].concat())
}
