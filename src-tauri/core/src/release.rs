//! What would leave for this recipient on this day, and what speaks against it?
//!
//! A plan is a value: what is printed, what stays, and every finding. Making it leave is the work of
//! the api crate. Deliberately absent: files, and any exhibit that nobody has cleared.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::{
    checklist::{Checklist, State, checklist},
    consistency::{self, consistency},
    content::{Block, Content, PlannedExhibit, Row, Statement, WORDS, Withheld},
    dossier::{Dossier, Party, Role},
    exhibit::{Area, Exhibit, KeptInside, Mask, MaskReason},
    finding::{Finding, Place, Severity},
    id::{ExhibitId, PartyId},
    leak::Guard,
    own_side,
    pack::{Demand, Pack, Tier},
    redaction::{self, Papers},
    statement::{Setting, has_substance, printed_name, sender},
    text::Bilingual,
    wording,
};

/// What would leave.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Everything that is printed.
    pub content: Content,
    /// What speaks against it, the gravest first.
    pub findings: Vec<Finding>,
    /// The exhibits that are not cleared for this recipient.
    pub stays: Vec<ExhibitId>,
    /// The strings that must not be in what leaves.
    pub guard: Guard,
}

/// Why there is no plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// The recipient is no party of the dossier.
    #[error("the dossier has no party \"{0}\"; name one of its parties as the recipient")]
    NoSuchRecipient(PartyId),
    /// The dossier answers another pack.
    #[error("the dossier was begun under the rule pack \"{wanted}\", not \"{given}\"")]
    OtherPack {
        /// The dossier's pack.
        wanted: String,
        /// The pack that was given.
        given: String,
    },
}

impl Plan {
    /// True when a finding blocks the release.
    #[must_use]
    pub fn is_blocked(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Blocks)
    }
}

/// Plans a release.
///
/// # Errors
///
/// [`PlanError`] when the recipient or the pack does not belong to the dossier.
pub fn plan(
    dossier: &Dossier,
    pack: &Pack,
    day: Date,
    recipient: &PartyId,
    papers: &Papers,
) -> Result<Plan, PlanError> {
    if dossier.pack.id != pack.id {
        let (wanted, given) = (dossier.pack.id.to_string(), pack.id.to_string());
        return Err(PlanError::OtherPack { wanted, given });
    }
    let party =
        dossier.party(recipient).ok_or_else(|| PlanError::NoSuchRecipient(recipient.clone()))?;
    let checklist = checklist(dossier, pack, day);
    let mut findings = Vec::new();
    look_at_recipient(party, &mut findings);
    look_at_requirements(dossier, &checklist, &mut findings);
    let (leaving, stays) = split(dossier, pack, recipient);
    for exhibit in &leaving {
        look_at_exhibit(dossier, pack, exhibit, &mut findings);
        let passages = papers.passages.get(&exhibit.id);
        findings.extend(passages.into_iter().flat_map(|all| redaction::findings(exhibit, all)));
    }
    look_for_kept_inside(dossier, recipient, &mut findings);
    let exhibits = number(pack, &leaving);
    let content = content(dossier, pack, day, party, &checklist, exhibits, &leaving);
    if content.exhibits.is_empty() && content.statements.len() < 2 {
        findings.push(Finding::new(Severity::Blocks, "nothing-leaves", Place::Dossier));
    }
    look_at_languages(&content, &mut findings);
    let guard = Guard::of(dossier);
    look_for_terms(&content, &guard, &mut findings);
    findings
        .extend(consistency::findings(pack, &consistency(dossier, pack, day, &papers.readings)));
    findings.extend(wording::findings(dossier, pack));
    findings.extend(own_side::findings(dossier, pack));
    findings.sort();
    findings.dedup();
    Ok(Plan { content, findings, stays, guard })
}

fn split<'a>(
    dossier: &'a Dossier,
    pack: &Pack,
    recipient: &PartyId,
) -> (Vec<&'a Exhibit>, Vec<ExhibitId>) {
    // What is kept inside stays, whoever cleared it; that it was cleared is a finding of its own.
    let (mut leaving, staying): (Vec<&Exhibit>, Vec<&Exhibit>) = dossier
        .exhibits
        .iter()
        .partition(|exhibit| exhibit.is_cleared_for(recipient) && exhibit.kept_inside().is_none());
    let rank = |exhibit: &&Exhibit| {
        let first = |r: &crate::pack::Requirement| exhibit.answers.contains(&r.id);
        pack.requirements.iter().position(first).unwrap_or(usize::MAX)
    };
    leaving.sort_by_key(rank);
    (leaving, staying.into_iter().map(|exhibit| exhibit.id.clone()).collect())
}

fn number(pack: &Pack, leaving: &[&Exhibit]) -> Vec<PlannedExhibit> {
    let planned = |(number, exhibit): (u32, &&Exhibit)| PlannedExhibit {
        id: exhibit.id.clone(),
        number,
        kind: exhibit.kind,
        title: exhibit.title.clone(),
        caption: exhibit.caption.clone(),
        answers: exhibit
            .answers
            .iter()
            .map(|id| pack.say(&format!("requirement.{id}.title")))
            .collect(),
        pages: exhibit.leaving_pages(),
        masks: u32::try_from(leaving_masks(exhibit).count()).unwrap_or(u32::MAX),
        made_from: exhibit.original.as_ref().map(|o| o.sha256.clone()).unwrap_or_default(),
    };
    (1_u32..).zip(leaving).map(planned).collect()
}

/// The masks that can be seen on what leaves, where they lie there.
fn leaving_masks(exhibit: &Exhibit) -> impl Iterator<Item = Mask> {
    let pages = exhibit.leaving_pages();
    let crop = exhibit.crop.unwrap_or(Area::FULL);
    let seen = move |mask: &Mask| mask.area.within(crop).map(|area| Mask { area, ..*mask });
    exhibit.masks.iter().filter(move |mask| pages.contains(&mask.page)).filter_map(seen)
}

fn content(
    dossier: &Dossier,
    pack: &Pack,
    day: Date,
    recipient: &Party,
    checklist: &Checklist<'_>,
    exhibits: Vec<PlannedExhibit>,
    leaving: &[&Exhibit],
) -> Content {
    let recipient = printed_name(recipient);
    let sender = sender(dossier);
    let setting =
        Setting { dossier, pack, day, recipient: &recipient, sender: &sender, exhibits: &exhibits };
    let fixed = |key: &str| setting.fill(&pack.say(key)).unwrap_or_default();
    let row = |label: &str, value: Bilingual| Row {
        label: pack.say(label),
        value,
        remark: Bilingual::default(),
    };
    let field = |key: &str| Row {
        label: pack.label(key),
        value: setting.value(key).unwrap_or_default(),
        remark: Bilingual::default(),
    };
    let end_user = crate::statement::party_name(dossier, Role::EndUser);
    let facts = [
        row("package.prepared-for", recipient.clone()),
        row("package.prepared-by", sender.clone()),
        row("role.end-user", end_user),
        field("order.number"),
        row("package.prepared-on", Bilingual::same(day.to_string())),
    ];
    let facts = facts.into_iter().filter(|row| !row.value.is_empty()).collect();
    let statements = statements(&setting, checklist);
    let words =
        WORDS.iter().map(|word| ((*word).to_owned(), fixed(&format!("package.{word}")))).collect();
    Content {
        title: fixed("package.title"),
        subject: fixed("package.subject"),
        purpose: fixed("package.purpose"),
        day,
        facts,
        statements,
        withheld: withheld(pack, leaving),
        words,
        exhibits,
        recipient,
        sender,
    }
}

fn statements(setting: &Setting<'_>, checklist: &Checklist<'_>) -> Vec<Statement> {
    let due = |rule: &&crate::pack::StatementRule| match &rule.requirement {
        None => true,
        Some(id) => checklist.lines.iter().any(|line| {
            line.requirement.id == *id
                && !matches!(line.state, State::NotApplicable | State::MissingBecause)
                && may_leave(setting.dossier, line.requirement)
        }),
    };
    let rules = setting.pack.statements.iter().filter(due);
    let set = |rule| {
        let statement = setting.set(rule);
        has_substance(rule, &statement).then_some(statement)
    };
    rules.filter_map(set).collect()
}

/// What is due with the first filing, or was asked for in writing.
fn may_leave(dossier: &Dossier, requirement: &crate::pack::Requirement) -> bool {
    match requirement.tier {
        Tier::Always | Tier::FirstFiling => true,
        Tier::OnRequest => dossier.was_requested(&requirement.id),
        Tier::Never => false,
    }
}

fn withheld(pack: &Pack, leaving: &[&Exhibit]) -> Vec<Withheld> {
    let mut lines = Vec::new();
    for (number, exhibit) in (1_u32..).zip(leaving) {
        for (page, original) in (1_u32..).zip(exhibit.leaving_pages()) {
            let mut by_reason: BTreeMap<MaskReason, Vec<_>> = BTreeMap::new();
            for mask in leaving_masks(exhibit).filter(|mask| mask.page == original) {
                by_reason.entry(mask.reason).or_default().push(mask.area);
            }
            lines.extend(by_reason.into_iter().map(|(reason, areas)| Withheld {
                exhibit: number,
                page,
                reason,
                reason_text: pack.say(&format!("mask.{}", reason.word())),
                masks: u32::try_from(areas.len()).unwrap_or(u32::MAX),
                areas,
            }));
        }
    }
    lines
}

fn look_at_recipient(party: &Party, findings: &mut Vec<Finding>) {
    if party.roles.contains(&Role::DownstreamCustomer) {
        let place = Place::Party(party.id.clone());
        findings.push(Finding::new(Severity::Blocks, "recipient-is-customer", place));
    }
}

fn look_at_requirements(dossier: &Dossier, list: &Checklist<'_>, findings: &mut Vec<Finding>) {
    for line in &list.lines {
        let (id, demand) = (&line.requirement.id, line.requirement.demand);
        let code = match line.state {
            State::Missing => "requirement-missing",
            State::Weak => "requirement-weak",
            _ => continue,
        };
        let severity = if demand == Demand::Recommended { Severity::Tip } else { Severity::Weak };
        let place = Place::Requirement(id.clone());
        findings.push(Finding::new(severity, code, place).with("requirement", id.as_str()));
    }
    let code = match dossier.situation.in_scope {
        None => Some((Severity::Weak, "scope-open")),
        Some(_) => None,
    };
    findings.extend(code.map(|(severity, code)| Finding::new(severity, code, Place::Dossier)));
}

fn look_at_exhibit(dossier: &Dossier, pack: &Pack, exhibit: &Exhibit, out: &mut Vec<Finding>) {
    let mut find = |severity, code| {
        let place = Place::Exhibit(exhibit.id.clone());
        out.push(
            Finding::new(severity, code, place).with("exhibit", exhibit.name_in_the_house().en),
        );
    };
    let Some(original) = &exhibit.original else {
        return find(Severity::Blocks, "exhibit-not-in-vault");
    };
    if exhibit.pages.iter().any(|page| *page == 0 || *page > original.pages) {
        find(Severity::Blocks, "page-outside-exhibit");
    }
    if exhibit.masks.iter().any(|mask| mask.page == 0 || mask.page > original.pages) {
        find(Severity::Blocks, "mask-outside-pages");
    }
    if !exhibit.title.is_complete() || !exhibit.caption.is_complete() {
        find(Severity::Weak, "caption-one-language");
    }
    if exhibit.level == crate::exhibit::Level::Secret {
        find(Severity::Tip, "secret-cleared");
    }
    let answered: Vec<_> = exhibit.answers.iter().filter_map(|id| pack.requirement(id)).collect();
    if !answered.is_empty() && !answered.iter().any(|r| may_leave(dossier, r)) {
        find(Severity::Blocks, "tier-not-requested");
    }
}

/// What is kept inside and was cleared all the same, which only a `dossier.json` can say.
fn look_for_kept_inside(dossier: &Dossier, recipient: &PartyId, findings: &mut Vec<Finding>) {
    for exhibit in dossier.exhibits.iter().filter(|exhibit| exhibit.is_cleared_for(recipient)) {
        let code = match exhibit.kept_inside() {
            Some(KeptInside::Video) => "kept-inside-video",
            Some(KeptInside::Office) => "kept-inside-office",
            None => continue,
        };
        let place = Place::Exhibit(exhibit.id.clone());
        let name = exhibit.name_in_the_house().en;
        findings.push(Finding::new(Severity::Blocks, code, place).with("exhibit", name));
    }
}

fn look_at_languages(content: &Content, findings: &mut Vec<Finding>) {
    for statement in &content.statements {
        let rows = statement.blocks.iter().flat_map(|block| match block {
            Block::Rows { rows } | Block::Signature { rows, .. } => rows.as_slice(),
            _ => &[],
        });
        let halves: BTreeSet<&str> = rows
            .filter(|row| !row.value.is_empty() && !row.value.is_complete())
            .map(|row| row.label.en.as_str())
            .collect();
        if !halves.is_empty() {
            let place = Place::Statement(statement.id.clone());
            let fields = halves.into_iter().collect::<Vec<_>>().join(", ");
            findings.push(
                Finding::new(Severity::Weak, "statement-one-language", place)
                    .with("statement", statement.title.en.clone())
                    .with("fields", fields),
            );
        }
    }
}

/// Looks for protected terms in everything that will be printed, before anything is typeset.
fn look_for_terms(content: &Content, guard: &Guard, findings: &mut Vec<Finding>) {
    let mut search = |place: Place, what: &str, texts: Vec<&Bilingual>| {
        for text in texts {
            for side in [&text.en, &text.zh] {
                for leak in guard.search(side, what) {
                    findings.push(
                        Finding::new(Severity::Blocks, "term-in-package", place.clone())
                            .with("term", leak.term)
                            .with("where", what),
                    );
                }
            }
        }
    };
    for statement in &content.statements {
        let place = Place::Statement(statement.id.clone());
        search(place, &statement.title.en, statement_texts(statement));
    }
    for exhibit in &content.exhibits {
        let place = Place::Exhibit(exhibit.id.clone());
        search(place, &exhibit.title.en, vec![&exhibit.title, &exhibit.caption]);
    }
    let cover = content.facts.iter().flat_map(|row| [&row.label, &row.value]);
    let rest = [&content.title, &content.subject, &content.recipient, &content.sender];
    search(Place::Dossier, "cover", cover.chain(rest).collect());
}

fn statement_texts(statement: &Statement) -> Vec<&Bilingual> {
    let mut texts = vec![&statement.title, &statement.issuer];
    for block in &statement.blocks {
        match block {
            Block::Heading { text } | Block::Text { text } | Block::Notice { text } => {
                texts.push(text);
            }
            Block::Rows { rows } => texts.extend(row_texts(rows)),
            Block::Signature { firm, rows } => {
                texts.push(firm);
                texts.extend(row_texts(rows));
            }
            Block::Table { head, lines } => {
                texts.extend(head);
                texts.extend(lines.iter().flatten());
            }
        }
    }
    texts
}

fn row_texts(rows: &[Row]) -> impl Iterator<Item = &Bilingual> {
    rows.iter().flat_map(|row| [&row.label, &row.value, &row.remark])
}
