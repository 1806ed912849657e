//! Are the goods, their quantity, their code and their use described alike everywhere?
//!
//! Deliberately absent: deciding the code, which is the exporter's.

use super::{Discord, Grounds, Kind, of_exhibit, want_in};
use crate::{
    dossier::{Family, Item},
    pack::{CodeRule, FormRule},
    text::Bilingual,
    words,
};

/// Name, model, grade, quantity and unit are the same in contract and certificate.
pub(super) fn goods(grounds: &Grounds<'_>) -> Vec<Discord> {
    if grounds.dossier.items.is_empty() {
        return vec![grounds.blank("item.1.name")];
    }
    let mut found = Vec::new();
    if grounds.sides().is_empty() {
        found.push(grounds.blank("certificate.text"));
    }
    for item in &grounds.dossier.items {
        let specification = &item.specification;
        for (side, text) in grounds.sides() {
            let name = if side == 0 { &specification.name.en } else { &specification.name.zh };
            for wanted in [name, &specification.model, &specification.grade] {
                found.extend(grounds.want(side, text, wanted));
            }
            found.extend(
                quantity_in(item, text)
                    .into_iter()
                    .map(|wanted| grounds.draft(side, Kind::Absent, &wanted, "")),
            );
        }
        for (exhibit, text) in grounds.read("purchase-contract") {
            found.extend(want_in((exhibit, text), &specification.grade, true));
            // A contract may do without a model, and count either in pieces or by mass.
            found.extend(want_in((exhibit, text), &specification.model, false));
            let missing = quantity_in(item, text);
            if missing.len() == quantities(item).len() {
                let absent = |wanted| of_exhibit(Kind::Absent, exhibit, wanted, "");
                found.extend(missing.iter().map(|wanted| absent(wanted)));
            }
        }
    }
    found
}

/// The quantities of an item: pieces and net mass, where they are known.
fn quantities(item: &Item) -> Vec<String> {
    let specification = &item.specification;
    let pieces = specification.pieces.map(|pieces| pieces.to_string());
    let mass = Some(specification.net_mass.clone()).filter(|mass| !words::numbers(mass).is_empty());
    pieces.into_iter().chain(mass).collect()
}

/// Those of them that a text does not say.
fn quantity_in(item: &Item, text: &str) -> Vec<String> {
    let said = words::numbers_either_way(text);
    let says = |quantity: &String| words::numbers(quantity).iter().all(|n| said.contains(n));
    quantities(item).into_iter().filter(|quantity| !says(quantity)).collect()
}

/// The certificate's end use says nothing that the statement does not, and the pictures of the product
/// name the product of the text.
pub(super) fn end_use(grounds: &Grounds<'_>) -> Vec<Discord> {
    let mut found = Vec::new();
    for key in ["end-use.product", "certificate.end-use"] {
        if grounds.value(key).is_empty() {
            found.push(grounds.blank(key));
        }
    }
    let stated = stated(grounds);
    let on_paper = &grounds.dossier.certificate.end_use;
    let joining = &grounds.pack.wording.joining.en;
    let known = words::words(&stated.en);
    let strange: Vec<String> = words::words(&on_paper.en)
        .into_iter()
        .filter(|word| !known.contains(word) && !joining.contains(word))
        .collect();
    if !strange.is_empty() {
        let strange = strange.join(", ");
        found.push(grounds.field(Kind::Differs, "certificate.end-use", "", &strange));
    }
    let known = words::designations(&stated.zh);
    let strange: Vec<String> =
        words::designations(&on_paper.zh).into_iter().filter(|d| !known.contains(d)).collect();
    if !strange.is_empty() {
        let strange = strange.join(", ");
        found.push(grounds.field(Kind::Differs, "certificate.end-use", "", &strange));
    }
    found.extend(pictured(grounds));
    found
}

/// Everything that the end-use statement says.
fn stated(grounds: &Grounds<'_>) -> Bilingual {
    let keys = ["function", "component", "product", "maker", "country", "application"];
    let mut all: Vec<Bilingual> =
        keys.iter().map(|key| grounds.value(&format!("end-use.{key}"))).collect();
    let items = grounds.dossier.items.iter().map(|item| &item.specification);
    all.extend(items.flat_map(|s| [s.name.clone(), Bilingual::same(s.model.clone())]));
    all.push(grounds.pack.say("certificate.end-use"));
    let join = |pick: fn(&Bilingual) -> &String| {
        all.iter().map(|text| pick(text).as_str()).collect::<Vec<_>>().join(" ")
    };
    Bilingual::new(join(|text| &text.en), join(|text| &text.zh))
}

fn pictured(grounds: &Grounds<'_>) -> Vec<Discord> {
    let product = grounds.value("end-use.product").en;
    let wanted = words::designations(&product);
    let shows = |exhibit: &&crate::exhibit::Exhibit| {
        exhibit.answers.iter().any(|id| id.as_str() == "finished-product-photos")
    };
    let mut found = Vec::new();
    for exhibit in grounds.dossier.exhibits.iter().filter(shows) {
        let said = [&exhibit.title.en, &exhibit.caption.en].map(|text| words::words(text)).concat();
        if !wanted.is_empty() && !wanted.iter().any(|word| said.contains(word)) {
            found.push(of_exhibit(Kind::Absent, exhibit, &product, ""));
        }
    }
    found
}

/// Not more is ordered than the planned end products need.
pub(super) fn quantity(grounds: &Grounds<'_>) -> Option<Vec<Discord>> {
    let order = &grounds.dossier.order;
    let pieces: Vec<u64> =
        grounds.dossier.items.iter().filter_map(|item| item.specification.pieces).collect();
    if pieces.is_empty() {
        // Goods that are not counted in pieces are not judged.
        return None;
    }
    let (Some(each), Some(planned)) = (order.pieces_per_unit, order.units_planned) else {
        let keys = ["order.pieces-per-unit", "order.units-planned"];
        let open = keys.into_iter().filter(|key| grounds.value(key).is_empty());
        return Some(open.map(|key| grounds.blank(key)).collect());
    };
    let ordered = pieces.iter().fold(0_u64, |sum, pieces| sum.saturating_add(*pieces));
    let explained = each.saturating_mul(planned);
    let more = ordered > explained;
    let (ordered, explained) = (ordered.to_string(), explained.to_string());
    Some(
        more.then(|| grounds.field(Kind::More, "order.units-planned", &explained, &ordered))
            .into_iter()
            .collect(),
    )
}

/// Each control code has the shape of one and stands for an element and a form of the item.
pub(super) fn code(grounds: &Grounds<'_>) -> Option<Vec<Discord>> {
    let mut found = Vec::new();
    for item in &grounds.dossier.items {
        let key = format!("item.{}.control-code", item.id);
        let written = &item.specification.control_code;
        if written.is_empty() {
            found.push(grounds.blank(&key));
        }
        for code in written.split([',', ';', '、', '，', '；', ' ']).filter(|code| !code.is_empty())
        {
            let code = code.trim();
            if !is_code(code) {
                found.push(grounds.field(Kind::Shape, &key, "", code));
                continue;
            }
            let rules = &grounds.pack.checks;
            let misfit = rules
                .codes
                .iter()
                .find(|rule| under(code, &rule.code))
                .and_then(|rule| misfit(item, rule, &rules.forms, code));
            found.extend(misfit.map(|meant| grounds.field(Kind::Misfit, &key, &meant, code)));
        }
    }
    (!grounds.dossier.items.is_empty()).then_some(found)
}

/// What a code stands for, when the item is something else.
fn misfit(item: &Item, rule: &CodeRule, forms: &[FormRule], code: &str) -> Option<String> {
    let specification = &item.specification;
    let elements = specification.elements.split(|c: char| !c.is_ascii_alphabetic());
    let has_element = elements.into_iter().any(|symbol| symbol == rule.element);
    let ending = code.get(rule.code.len() + 1..).unwrap_or_default();
    let form = forms.iter().find(|form| under(ending, &form.ending));
    let wrong_form = match (form, specification.family) {
        (Some(form), Some(family)) => form.family != family || rule.without.contains(&family),
        // An assembly or other form has no entry of its own under these codes.
        (None, Some(_)) => !ending.is_empty(),
        (_, None) => false,
    };
    let blank = specification.elements.trim().is_empty();
    let fits = (blank || has_element) && !wrong_form;
    let meant = |family: Option<Family>| match family {
        Some(family) => format!("{} ({})", rule.element, family.word()),
        None => rule.element.clone(),
    };
    (!fits).then(|| meant(form.map(|form| form.family)))
}

/// True when `code` is `stem` or goes on after a point.
fn under(code: &str, stem: &str) -> bool {
    code.strip_prefix(stem).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// A digit, a letter A to E, three digits, then a small letter, a number and a small letter, each after
/// a point and each only after the one before.
fn is_code(code: &str) -> bool {
    let mut parts = code.split('.');
    let head: Vec<char> = parts.next().unwrap_or_default().chars().collect();
    let head_fits = head.len() == 5
        && head[0].is_ascii_digit()
        && ('A'..='E').contains(&head[1])
        && head[2..].iter().all(char::is_ascii_digit);
    let letter = |part: &str| part.len() == 1 && part.chars().all(|c| c.is_ascii_lowercase());
    let number = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit());
    let rest: Vec<&str> = parts.collect();
    let rest_fits = rest.iter().zip([letter, number, letter] as [fn(&str) -> bool; 3]);
    head_fits && rest.len() <= 3 && rest_fits.into_iter().all(|(part, fits)| fits(part))
}
