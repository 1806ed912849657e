//! How is it told what another version of a pack says otherwise?

use lanthan_core::{
    checklist::State,
    id::RequirementId,
    pack::{Difference, PartDifference},
    regrade::Regraded,
    text::Bilingual,
};
use serde_json::{Value, json};

use crate::output::say;

pub(super) fn tell_difference(difference: &Difference, titles: &[(RequirementId, Bilingual)]) {
    let named =
        |id: &RequirementId| title(titles, id).map_or_else(|| id.to_string(), |t| t.en.clone());
    difference.appear.iter().for_each(|id| say(&format!("  new: {}", named(id))));
    difference.vanish.iter().for_each(|id| say(&format!("  gone: {}", named(id))));
    for (id, aspects) in &difference.change {
        let words: Vec<&str> = aspects.iter().map(|aspect| aspect.word()).collect();
        say(&format!("  other: {} ({})", named(id), words.join(", ")));
    }
    difference.announcements.iter().for_each(|id| say(&format!("  announcement {id}")));
    for part in &difference.parts {
        let name = part.part.word();
        let all = [("new", &part.appear), ("other", &part.change), ("gone", &part.vanish)];
        for (word, things) in all {
            for thing in things {
                let thing = if thing.en.is_empty() { &thing.zh } else { &thing.en };
                say(&format!("  {name}, {word}: {thing}"));
            }
        }
    }
    difference.goods.iter().for_each(|code| say(&format!("  listed goods {code}")));
    difference.scope.iter().for_each(|id| say(&format!("  scope rule {id}")));
    if difference.other_texts > 0 {
        say(&format!("  other sentences: {}", difference.other_texts));
    }
}

pub(super) fn tell_changes(changes: &[Regraded], titles: &[(RequirementId, Bilingual)]) {
    let word = |state: Option<State>| state.map_or("not asked", State::word);
    for change in changes {
        let named = title(titles, &change.requirement).map_or("", |title| title.en.as_str());
        say(&format!("  {} → {}: {named}", word(change.before), word(change.now)));
    }
}

fn title<'a>(
    titles: &'a [(RequirementId, Bilingual)],
    id: &RequirementId,
) -> Option<&'a Bilingual> {
    titles.iter().find(|(known, _)| known == id).map(|(_, title)| title)
}

pub(super) fn difference_json(
    difference: &Difference,
    titles: &[(RequirementId, Bilingual)],
) -> Value {
    let named = |id: &RequirementId| json!({"id": id, "title": title(titles, id)});
    let change = difference.change.iter().map(|(id, aspects)| {
        let words: Vec<&str> = aspects.iter().map(|aspect| aspect.word()).collect();
        json!({"id": id, "title": title(titles, id), "aspects": words})
    });
    json!({
        "appear": difference.appear.iter().map(named).collect::<Vec<_>>(),
        "vanish": difference.vanish.iter().map(named).collect::<Vec<_>>(),
        "change": change.collect::<Vec<_>>(),
        "announcements": difference.announcements,
        "goods": difference.goods,
        "scope": difference.scope,
        "parts": difference.parts.iter().map(part_json).collect::<Vec<_>>(),
        "otherTexts": difference.other_texts,
    })
}

fn part_json(part: &PartDifference) -> Value {
    json!({
        "part": part.part.word(),
        "appear": part.appear, "change": part.change, "vanish": part.vanish,
    })
}

pub(super) fn changes_json(changes: &[Regraded]) -> Value {
    let word = |state: Option<State>| state.map(State::word);
    let all = changes.iter().map(
        |one| json!({"id": one.requirement, "before": word(one.before), "now": word(one.now)}),
    );
    all.collect()
}
