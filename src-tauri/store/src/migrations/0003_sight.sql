-- What is seen of an original without opening it. Follows from the original and can be made anew.
CREATE TABLE sight (
    object BLOB NOT NULL PRIMARY KEY REFERENCES object (id) ON DELETE CASCADE,
    -- The original that it was made from.
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
    -- By which version of the program's rules.
    rules INTEGER NOT NULL CHECK (rules >= 1),
    -- Width and height of each upright page, as JSON.
    pages TEXT NOT NULL CHECK (length(pages) BETWEEN 2 AND 16777216)
) STRICT, WITHOUT ROWID;

-- A small JPEG of the first page. A table of its own, so that a list is read without pictures.
CREATE TABLE thumbnail (
    object BLOB NOT NULL PRIMARY KEY REFERENCES object (id) ON DELETE CASCADE,
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
    rules INTEGER NOT NULL CHECK (rules >= 1),
    jpeg BLOB NOT NULL CHECK (length(jpeg) BETWEEN 1 AND 65536)
) STRICT;
