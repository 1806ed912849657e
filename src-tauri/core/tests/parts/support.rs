//! Which pack and which dossier do these tests begin with?

use jiff::civil::{Date, date};
use lanthan_core::{
    consistency::{Outcome, Readings, Standing, consistency},
    dossier::{Dossier, PackRef, Role},
    exhibit::{Exhibit, ExhibitKind, Format, Level, Original},
    field,
    id::{DossierId, ExhibitId, PartyId, RequirementId},
    pack::Pack,
    text::Bilingual,
};

/// The day on which the tests judge.
pub(crate) const DAY: Date = date(2026, 11, 20);

macro_rules! file {
    ($name:literal) => {
        ($name, include_str!(concat!("../../../../assets/packs/cn-dual-use-rare-earth/", $name)))
    };
}

/// The carried pack with all its parts.
pub(crate) fn pack() -> Pack {
    Pack::read_files(&[
        file!("pack.toml"),
        file!("en.toml"),
        file!("zh.toml"),
        file!("checks.toml"),
        file!("wording.toml"),
        file!("certificate.toml"),
        file!("glossary.toml"),
        file!("parties.toml"),
        file!("own-side.toml"),
    ])
    .unwrap_or_else(|error| panic!("{error}"))
}

pub(crate) fn empty(pack: &Pack) -> Dossier {
    let of = PackRef { id: pack.id.clone(), version: pack.version.clone(), overlays: Vec::new() };
    Dossier::new(DossierId::new("sample").unwrap(), "Sample".into(), of)
}

pub(crate) fn enter(dossier: &mut Dossier, key: &str, en: &str, zh: &str) {
    field::write(dossier, key, &Bilingual::new(en, zh)).unwrap();
}

/// A draft that says everything right and promises no more than the three undertakings.
pub(crate) const DRAFT_EN: &str = "End-User and End-Use Certificate. To: Ministry of Commerce. \
    End user: Sample Audio S.r.l., Italy. Contract PO-2026-0417 of 14 September 2026. \
    Goods: Sintered NdFeB ring magnet M46-22-8, N38SH, 12,000 pieces, 934.8 kg. Destination: Italy.\n\
    1. They will not be used for any purpose other than the declared end use without prior approval.\n\
    2. They will not be transferred to any third party other than the declared end user.\n\
    3. They will not be used for storing, processing, producing or handling weapons of mass \
    destruction or their delivery systems.";

/// The same in Chinese.
pub(crate) const DRAFT_ZH: &str = "最终用户和最终用途证明。致：中华人民共和国商务部。\
    最终用户：样品音响有限责任公司（意大利）。合同号PO-2026-0417，签订日期2026年9月14日。\
    物项：烧结钕铁硼环形磁体，型号M46-22-8，牌号N38SH，12000件，934.8 kg。最终目的国：意大利。\n\
    1. 未经中国政府事先允许，不用于所申明最终用途以外的任何用途。\n\
    2. 不转让给所申明最终用户以外的任何第三方。\n\
    3. 不用于储存、加工、生产、处理大规模杀伤性武器及其运载工具。";

/// A dossier in which every check agrees.
pub(crate) fn agreeing(pack: &Pack) -> Dossier {
    let mut dossier = empty(pack);
    let entries = [
        ("end-user.name", "Sample Audio S.r.l.", ""),
        ("end-user.name-zh", "样品音响有限责任公司", ""),
        ("end-user.country", "Italy", "意大利"),
        ("end-user.screened", "2026-11-18", ""),
        ("end-user.listed-owner", "no", ""),
        ("supplier.name", "Ningbo Example Magnetics Co., Ltd.", ""),
        ("item.ring.name", "Sintered NdFeB ring magnet", "烧结钕铁硼环形磁体"),
        ("item.ring.family", "magnet", ""),
        ("item.ring.model", "M46-22-8", ""),
        ("item.ring.grade", "N38SH", ""),
        ("item.ring.elements", "Dy", ""),
        ("item.ring.control-code", "1C905.a.4", ""),
        ("item.ring.pieces", "12000", ""),
        ("item.ring.net-mass", "934.8 kg", ""),
        ("order.number", "PO-2026-0417", ""),
        ("order.signed", "2026-09-14", ""),
        ("order.transport", "air", ""),
        ("order.port", "Ningbo", "宁波"),
        ("order.destination", "Italy", "意大利"),
        ("order.consignee", "end-user", ""),
        ("order.pieces-per-unit", "1", ""),
        ("order.units-planned", "12000", ""),
        (
            "end-use.function",
            "Permanent magnet that makes the field of the voice coil",
            "永磁体，产生音圈磁场",
        ),
        ("end-use.component", "Woofer SA-130 N", "SA-130 N低音扬声器单元"),
        ("end-use.product", "Two-way loudspeaker, SA-130 family", "SA-130系列两分频扬声器系统"),
        ("end-use.maker", "Sample Audio S.r.l.", "样品音响有限责任公司"),
        ("end-use.country", "Italy", "意大利"),
        ("end-use.application", "Playback of music in homes", "家庭音乐播放"),
        ("certificate.text", DRAFT_EN, DRAFT_ZH),
        (
            "certificate.end-use",
            "Permanent magnet of the voice coil in the two-way loudspeaker, SA-130 family, for playback of music",
            "SA-130系列两分频扬声器系统的音圈用永磁体，用于音乐播放",
        ),
        ("certificate.signed", "2026-10-01", ""),
        ("certificate.filing-day", "2026-11-25", ""),
        ("certificate.signature", "yes", ""),
        ("certificate.printed-name", "yes", ""),
        ("certificate.title", "yes", ""),
        ("certificate.stamp", "yes", ""),
    ];
    for (key, en, zh) in entries {
        enter(&mut dossier, key, en, zh);
    }
    dossier.parties[0].roles.push(Role::Importer);
    dossier.exhibits.push(exhibit("product", "finished-product-photos", "Loudspeaker SA-130"));
    dossier.exhibits.push(exhibit("contract", "purchase-contract", "Purchase order"));
    dossier.exhibits.push(exhibit("register", "end-user-registration", "Register extract"));
    let answer = lanthan_core::dossier::Answer {
        question: String::new(),
        pack_version: pack.version.clone(),
        given: DAY,
        said: lanthan_core::dossier::Said::Declared("The supplier wrote on 12 November.".into()),
    };
    dossier.answers.insert(RequirementId::new("suspension-status-check").unwrap(), answer);
    dossier
}

/// A cleared exhibit that answers one requirement.
pub(crate) fn exhibit(id: &str, answers: &str, title: &str) -> Exhibit {
    Exhibit {
        id: ExhibitId::new(id).unwrap(),
        path: format!("{id}.pdf"),
        kind: ExhibitKind::Document,
        level: Level::Generic,
        title: Bilingual::new(title, "附件"),
        caption: Bilingual::new("As it is.", "如图。"),
        masks: Vec::new(),
        crop: None,
        pages: Vec::new(),
        marked_may_be_seen: false,
        answers: vec![RequirementId::new(answers).unwrap()],
        cleared_for: vec![PartyId::new("supplier").unwrap()],
        original: Some(Original {
            sha256: "0".repeat(64),
            size_bytes: 1,
            format: Format::Pdf,
            pages: 1,
        }),
    }
}

/// Papers whose words agree with the dossier.
pub(crate) fn papers() -> Readings {
    let contract = "PURCHASE ORDER PO-2026-0417 of 14 September 2026. Buyer: Sample Audio S.r.l. \
        Pos. 10: sintered NdFeB ring magnet M46-22-8, grade N38SH, 12 000 pcs, 934.8 kg, by air.";
    let register = "Camera di commercio. SAMPLE AUDIO S.R.L., Via Esempio 12.";
    [("contract", contract), ("register", register)]
        .map(|(id, text)| (ExhibitId::new(id).unwrap(), text.to_owned()))
        .into()
}

/// How one check stands.
pub(crate) fn outcome<'a>(
    pack: &'a Pack,
    dossier: &Dossier,
    readings: &Readings,
    id: &str,
) -> Outcome<'a> {
    let all = consistency(dossier, pack, DAY, readings);
    all.into_iter().find(|outcome| outcome.rule.id == id).unwrap()
}

/// Changes the agreeing dossier at one place and answers how the check then stands.
pub(crate) fn after(
    id: &str,
    change: impl FnOnce(&mut Dossier, &mut Readings),
) -> (Standing, String) {
    let pack = pack();
    let (mut dossier, mut readings) = (agreeing(&pack), papers());
    let before = outcome(&pack, &dossier, &readings, id);
    assert_eq!(before.standing, Standing::Agrees, "{id}: {:?}", before.discords);
    change(&mut dossier, &mut readings);
    let found = outcome(&pack, &dossier, &readings, id);
    let said: Vec<String> = found
        .discords
        .iter()
        .map(|discord| lanthan_core::consistency::say(&pack, discord).en)
        .collect();
    (found.standing, said.join(" | "))
}
