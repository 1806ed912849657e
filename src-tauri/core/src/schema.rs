//! What may stand in a `dossier.json`, for those who write one by hand or by program?
//!
//! A JSON Schema (draft 2020-12), made from the same records that read the file, so that a new field
//! cannot be forgotten. It is kept in `assets/schema/dossier.schema.json`; a test holds the two
//! together. Deliberately absent: what only a whole file can break, such as an id that stands twice
//! (see [`crate::interchange`]).

use serde_json::{Map, Value, json};

use crate::{
    dossier::{Certificate, EndUse, Order, Profile, Situation, Specification},
    exhibit::Area,
    filing::{Filing, StopReason},
    id,
    interchange::FORMAT,
    position::{self, RADII_M},
    questionnaire::{ID_HEAD, MAX_LINE_CHARS},
    record::{FieldKind, MAX_ENTRY_CHARS, Record},
};

/// The schema of `dossier.json`.
#[must_use]
pub fn dossier_schema() -> Value {
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Lanthan dossier",
        "description": "dossier.json: one application, beside the files of its exhibits",
        "type": "object",
        "additionalProperties": false,
        "required": ["format", "dossier"],
        "properties": {
            "format": {"type": "integer", "minimum": 1, "maximum": FORMAT},
            "dossier": dossier(),
        },
        "$defs": {
            "id": {
                "type": "string",
                "pattern": format!("^[a-z0-9][a-z0-9-]{{0,{}}}$", id::MAX_LEN - 1),
            },
            "bilingual": object(&[], &[("en", text()), ("zh", text())]),
            "area": area(),
            "party": party(),
            "item": object(&["id"], &[("id", refer("id")), ("specification", record(&default::<Specification>()))]),
            "exhibit": exhibit(),
        },
    })
}

fn dossier() -> Value {
    let overlay = object(&["id", "version"], &[("id", refer("id")), ("version", text())]);
    let pack = object(
        &["id", "version"],
        &[("id", refer("id")), ("version", text()), ("overlays", list(overlay))],
    );
    let term = object(&["term"], &[("term", text()), ("why", text())]);
    let stop = object(
        &["reason", "from"],
        &[("reason", words(StopReason::WORDS)), ("from", day()), ("to", day())],
    );
    object(
        &["id", "title", "pack"],
        &[
            ("id", refer("id")),
            ("title", text()),
            ("pack", pack),
            ("parties", list(refer("party"))),
            ("items", list(refer("item"))),
            ("order", record(&default::<Order>())),
            ("end-use", record(&default::<EndUse>())),
            ("certificate", record(&default::<Certificate>())),
            ("situation", record(&default::<Situation>())),
            ("answers", by_requirement(answer())),
            ("requests", by_requirement(request())),
            ("exhibits", list(refer("exhibit"))),
            ("protected-terms", list(term)),
            ("accepted-faults", by_requirement(accepted())),
            ("own-side-stays-in-the-house", own_side()),
            ("filing", record(&default::<Filing>())),
            ("stops", list(stop)),
            ("asked", list(asked())),
            ("places", list(place())),
        ],
    )
}

fn place() -> Value {
    let whole =
        |least: i64, most: i64| json!({"type": "integer", "minimum": least, "maximum": most});
    let radius = whole((*RADII_M.start()).into(), (*RADII_M.end()).into());
    let name = json!({"type": "string", "minLength": 1, "maxLength": position::MAX_NAME_CHARS});
    object(
        &["name", "latitude-e5", "longitude-e5", "radius-m"],
        &[
            ("name", name),
            ("latitude-e5", whole(-9_000_000, 9_000_000)),
            ("longitude-e5", whole(-18_000_000, 18_000_000)),
            ("radius-m", radius),
        ],
    )
}

fn asked() -> Value {
    let line = json!({"type": "string", "minLength": 1, "maxLength": MAX_LINE_CHARS});
    object(
        &["id", "by", "day", "line"],
        &[
            ("id", json!({"type": "string", "pattern": format!("^{ID_HEAD}[0-9]+$")})),
            ("by", line.clone()),
            ("day", day()),
            ("line", line),
            ("like", refer("id")),
        ],
    )
}

fn accepted() -> Value {
    object(&["given", "reason"], &[("given", day()), ("reason", text())])
}

fn own_side() -> Value {
    let yes = json!({"type": "boolean"});
    let mut answers = by_requirement(object(
        &["question", "given", "yes", "reason"],
        &[("question", text()), ("given", day()), ("yes", yes), ("reason", text())],
    ));
    answers["description"] =
        json!("what the firm found at home; for its own eyes, never for a supplier");
    answers
}

fn party() -> Value {
    let roles = ["supplier", "importer", "trader", "end-user", "downstream-customer", "recipient"];
    object(
        &["id", "roles"],
        &[
            ("id", refer("id")),
            ("roles", list(words(&roles))),
            ("alias", refer("bilingual")),
            ("profile", record(&default::<Profile>())),
        ],
    )
}

fn exhibit() -> Value {
    let reasons = crate::exhibit::MaskReason::ALL.map(crate::exhibit::MaskReason::word);
    let mask = object(
        &["area", "reason"],
        &[("page", counted()), ("area", refer("area")), ("reason", words(&reasons))],
    );
    let original = object(
        &["sha256", "size-bytes", "format", "pages"],
        &[
            ("sha256", json!({"type": "string", "pattern": "^[0-9a-f]{64}$"})),
            ("size-bytes", json!({"type": "integer", "minimum": 0})),
            ("format", words(&crate::exhibit::Format::ALL.map(crate::exhibit::Format::word))),
            ("pages", json!({"type": "integer", "minimum": 0})),
        ],
    );
    object(
        &["id", "path", "kind"],
        &[
            ("id", refer("id")),
            (
                "path",
                json!({"type": "string", "minLength": 1, "description": "relative, with / between parts; never leaves the folder"}),
            ),
            ("kind", words(&["photo", "document"])),
            ("level", words(&["public", "generic", "specific", "secret"])),
            ("title", refer("bilingual")),
            ("caption", refer("bilingual")),
            ("masks", list(mask)),
            ("crop", refer("area")),
            ("pages", list(counted())),
            ("marked-may-be-seen", json!({"type": "boolean"})),
            ("answers", list(refer("id"))),
            ("cleared-for", list(refer("id"))),
            ("original", original),
        ],
    )
}

fn area() -> Value {
    let side = |least: u32| json!({"type": "integer", "minimum": least, "maximum": Area::ONE});
    let mut area = object(
        &["x", "y", "w", "h"],
        &[("x", side(0)), ("y", side(0)), ("w", side(1)), ("h", side(1))],
    );
    area["description"] =
        json!("ten-thousandths of the upright page, from its top left corner; stays inside it");
    area
}

fn answer() -> Value {
    let said = json!({"oneOf": [
        object(&["declared"], &[("declared", text())]),
        object(&["missing-because"], &[("missing-because", text())]),
    ]});
    object(
        &["question", "pack-version", "given", "said"],
        &[("question", text()), ("pack-version", text()), ("given", day()), ("said", said)],
    )
}

fn request() -> Value {
    object(&["day", "quote"], &[("day", day()), ("quote", text())])
}

/// A record's fields, each by its kind.
fn record(record: &dyn Record) -> Value {
    let field = |key: &'static str| {
        let kind = record.leaf(key).map_or(FieldKind::Text, super::record::Leaf::kind);
        (key, leaf(kind))
    };
    let fields: Vec<(&str, Value)> = record.keys().iter().map(|key| field(key)).collect();
    object(&[], &fields)
}

fn leaf(kind: FieldKind) -> Value {
    match kind {
        FieldKind::Text => json!({"type": "string", "maxLength": MAX_ENTRY_CHARS}),
        FieldKind::Bilingual => refer("bilingual"),
        FieldKind::Date => day(),
        FieldKind::Whole => json!({"type": "integer", "minimum": 0}),
        FieldKind::Choice(all) => words(all),
        FieldKind::YesNo => json!({"type": "boolean"}),
    }
}

fn default<T: Default>() -> T {
    T::default()
}

fn object(required: &[&str], properties: &[(&str, Value)]) -> Value {
    let properties: Map<String, Value> =
        properties.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": required,
        "properties": properties,
    })
}

fn by_requirement(value: Value) -> Value {
    json!({"type": "object", "propertyNames": refer("id"), "additionalProperties": value})
}

fn list(of: Value) -> Value {
    json!({"type": "array", "items": of})
}

fn refer(name: &str) -> Value {
    json!({"$ref": format!("#/$defs/{name}")})
}

fn words(all: &[&str]) -> Value {
    json!({"enum": all})
}

fn text() -> Value {
    json!({"type": "string"})
}

fn day() -> Value {
    json!({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"})
}

fn counted() -> Value {
    json!({"type": "integer", "minimum": 1})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kept_schema_is_the_one_that_the_records_make() {
        let kept = include_str!("../../../assets/schema/dossier.schema.json");
        let kept: Value = serde_json::from_str(kept).unwrap();
        assert_eq!(kept, dossier_schema(), "run `cargo xtask types`");
    }

    #[test]
    fn every_reference_of_the_schema_leads_somewhere() {
        let schema = dossier_schema();
        let text = schema.to_string();
        for found in text.split("\"$ref\":\"#/$defs/").skip(1) {
            let name = found.split('"').next().unwrap();
            assert!(schema["$defs"].get(name).is_some(), "{name}");
        }
    }
}
