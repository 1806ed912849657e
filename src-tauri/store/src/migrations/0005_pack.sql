-- Rule packs and overlays beside those that the program carries, and the carried ones that a dossier
-- was begun under: a later program carries others.
CREATE TABLE pack (
    id TEXT NOT NULL CHECK (length(id) BETWEEN 1 AND 64),
    version TEXT NOT NULL CHECK (length(version) BETWEEN 1 AND 32),
    -- The files, as a JSON object of their names and texts.
    files TEXT NOT NULL CHECK (length(files) BETWEEN 2 AND 16777216),
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
    -- The key that signed it; null when a program carried it.
    publisher TEXT CHECK (length(publisher) BETWEEN 1 AND 200),
    day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    PRIMARY KEY (id, version)
) STRICT;

-- The version under which new dossiers are begun, where somebody chose one.
CREATE TABLE pack_choice (
    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 64),
    version TEXT NOT NULL CHECK (length(version) BETWEEN 1 AND 32)
) STRICT;

-- Whose packs are taken.
CREATE TABLE publisher (
    key TEXT NOT NULL PRIMARY KEY CHECK (length(key) BETWEEN 1 AND 200),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 500),
    day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]')
) STRICT;
