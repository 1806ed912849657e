-- An exhibit in each form that it had, so that a change writes only what it changes. It has a form in
-- every version from `since` on and before `until`; without `until` the form holds.
CREATE TABLE exhibit_version (
    dossier TEXT NOT NULL REFERENCES dossier (id) ON DELETE CASCADE,
    exhibit TEXT NOT NULL CHECK (length(exhibit) BETWEEN 1 AND 64),
    since INTEGER NOT NULL,
    until INTEGER CHECK (until > since),
    -- Exhibits are in the order of their places; the numbers between are free.
    place INTEGER NOT NULL,
    body TEXT NOT NULL CHECK (length(body) BETWEEN 1 AND 16777216),
    object BLOB NOT NULL REFERENCES object (id) ON DELETE RESTRICT,
    PRIMARY KEY (dossier, exhibit, since)
) STRICT;

-- The order of a dossier and its originals are read from here alone.
CREATE INDEX exhibit_version_order ON exhibit_version (dossier, until, place, exhibit, object);
CREATE INDEX exhibit_version_object ON exhibit_version (object);

INSERT INTO exhibit_version (dossier, exhibit, since, until, place, body, object)
SELECT v.dossier, o.exhibit, v.number,
    (SELECT min(n.number) FROM dossier_version n
     WHERE n.dossier = v.dossier AND n.number > v.number),
    (e.key + 1) * 1048576, e.value, o.object
FROM dossier_version v
JOIN json_each(iif(json_valid(v.body), v.body, '{}'), '$.dossier.exhibits') e
JOIN version_object o ON o.version = v.number AND o.exhibit = json_extract(e.value, '$.id');

-- From here on the body of a version holds everything but its exhibits.
UPDATE dossier_version SET body = json_remove(body, '$.dossier.exhibits') WHERE json_valid(body);

DROP TABLE version_object;
