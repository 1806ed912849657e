-- What can be searched for, as it was typed. Follows from the dossiers and can be made anew.
CREATE TABLE passage (
    number INTEGER NOT NULL PRIMARY KEY,
    dossier TEXT NOT NULL REFERENCES dossier (id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 64),
    -- Id of the thing in its dossier; blank where there is only one of its kind.
    thing TEXT NOT NULL CHECK (length(thing) <= 64),
    title TEXT NOT NULL,
    text TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX passage_thing ON passage (dossier, kind, thing);

-- Its words, prepared by the program: without case and accents, signs of Chinese in pairs.
CREATE VIRTUAL TABLE passage_words USING fts5 (
    title, text, tokenize = 'unicode61 remove_diacritics 0', prefix = '1 2'
);

-- Words that are taken out leave nothing behind.
INSERT INTO passage_words (passage_words, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER passage_forget AFTER DELETE ON passage
BEGIN
    DELETE FROM passage_words WHERE rowid = OLD.number;
END;

-- By which version of the program's rules the passages and their words were made; 0: not yet.
CREATE TABLE passage_state (
    only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
    passages INTEGER NOT NULL CHECK (passages >= 0),
    words INTEGER NOT NULL CHECK (words >= 0)
) STRICT;

INSERT INTO passage_state (only, passages, words) VALUES (1, 0, 0);
