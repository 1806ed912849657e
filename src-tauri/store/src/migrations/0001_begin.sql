-- A dossier and the versions it had; the one with the greatest number holds.
CREATE TABLE dossier (
    id TEXT NOT NULL PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 64),
    -- Value of state.changes at the last change, so that no revision ever returns.
    revision INTEGER NOT NULL UNIQUE CHECK (revision >= 1)
) STRICT;

CREATE TABLE dossier_version (
    number INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    dossier TEXT NOT NULL REFERENCES dossier (id) ON DELETE CASCADE,
    title TEXT NOT NULL CHECK (length(title) <= 1000),
    body TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 67108864),
    day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]')
) STRICT;

CREATE INDEX dossier_version_dossier ON dossier_version (dossier, number);

-- An original; its bytes lie in a file of that name.
CREATE TABLE object (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
    size_bytes INTEGER NOT NULL CHECK (size_bytes >= 0)
) STRICT;

CREATE TABLE version_object (
    version INTEGER NOT NULL REFERENCES dossier_version (number) ON DELETE CASCADE,
    exhibit TEXT NOT NULL CHECK (length(exhibit) BETWEEN 1 AND 64),
    object BLOB NOT NULL REFERENCES object (id) ON DELETE RESTRICT,
    PRIMARY KEY (version, exhibit)
) STRICT;

CREATE INDEX version_object_object ON version_object (object);

-- Objects that are given up; the row goes when the file is gone.
CREATE TABLE tombstone (
    object BLOB NOT NULL PRIMARY KEY CHECK (length(object) = 16)
) STRICT;

CREATE TABLE state (
    only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
    changes INTEGER NOT NULL CHECK (changes >= 0)
) STRICT;

INSERT INTO state (only, changes) VALUES (1, 0);

-- What left the house. Each line contains the hash of the one before.
CREATE TABLE ledger (
    seq INTEGER NOT NULL PRIMARY KEY CHECK (seq >= 1),
    day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    dossier TEXT NOT NULL CHECK (length(dossier) BETWEEN 1 AND 64),
    recipient TEXT NOT NULL CHECK (length(recipient) BETWEEN 1 AND 1000),
    kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 64),
    summary_json TEXT NOT NULL CHECK (length(summary_json) <= 16777216),
    prev BLOB NOT NULL CHECK (length(prev) = 32),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    mac BLOB NOT NULL CHECK (length(mac) = 32)
) STRICT;

CREATE TRIGGER ledger_chain BEFORE INSERT ON ledger
BEGIN
    SELECT RAISE(ABORT, 'the ledger has no gap')
    WHERE NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM ledger);
    SELECT RAISE(ABORT, 'the ledger is chained')
    WHERE NEW.prev IS NOT coalesce(
        (SELECT hash FROM ledger ORDER BY seq DESC LIMIT 1), ledger_begin());
    SELECT RAISE(ABORT, 'the ledger is hashed')
    WHERE NEW.hash IS NOT ledger_hash(
        NEW.seq, NEW.day, NEW.dossier, NEW.recipient, NEW.kind, NEW.summary_json, NEW.prev);
    SELECT RAISE(ABORT, 'the ledger is signed')
    WHERE NEW.mac IS NOT ledger_mac(NEW.hash);
END;

CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger
BEGIN
    SELECT RAISE(ABORT, 'the ledger only grows');
END;

CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger
BEGIN
    SELECT RAISE(ABORT, 'the ledger only grows');
END;
