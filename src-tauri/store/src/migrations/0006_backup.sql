-- Backups that were made and read back, one row a place. They are remembered in here and not beside
-- the program, where it would be plain: the path of a folder may name a customer.
CREATE TABLE backup (
    place TEXT NOT NULL PRIMARY KEY CHECK (length(place) BETWEEN 1 AND 32768),
    -- By the clock on the wall.
    made TEXT NOT NULL CHECK (made GLOB
        '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]'),
    -- 1 when it was made by the plan, which may then write to it again and remove it.
    planned INTEGER NOT NULL CHECK (planned IN (0, 1)),
    dossiers INTEGER NOT NULL CHECK (dossiers >= 0),
    versions INTEGER NOT NULL CHECK (versions >= 0),
    objects INTEGER NOT NULL CHECK (objects >= 0),
    ledger_lines INTEGER NOT NULL CHECK (ledger_lines >= 0),
    -- Hash of every row that it holds.
    sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
    -- Length of its originals.
    size_bytes INTEGER NOT NULL CHECK (size_bytes >= 0),
    -- Originals that were damaged in the vault and are not whole in it.
    damaged INTEGER NOT NULL CHECK (damaged BETWEEN 0 AND objects),
    rehearsed TEXT CHECK (rehearsed GLOB
        '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]'),
    verdict TEXT CHECK (verdict IN ('works', 'damaged')),
    CHECK ((rehearsed IS NULL) = (verdict IS NULL))
) STRICT;

-- Where, how often, and how many.
CREATE TABLE backup_plan (
    only INTEGER NOT NULL PRIMARY KEY CHECK (only = 1),
    folder TEXT CHECK (length(folder) BETWEEN 1 AND 32768),
    every_days INTEGER NOT NULL CHECK (every_days BETWEEN 1 AND 90),
    keep INTEGER NOT NULL CHECK (keep BETWEEN 1 AND 30)
) STRICT;

INSERT INTO backup_plan (only, folder, every_days, keep) VALUES (1, NULL, 1, 5);
