//! What is known about one application: one order, one end user, one rule pack?
//!
//! The `serde` shape of these types is the open interchange format `dossier.json` and nothing else;
//! the window has types of its own. Deliberately absent: the exhibits' bytes, and every judgement
//! (see [`crate::checklist`]).

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use crate::{
    answer::{Answer, OwnAnswer, Request, Said},
    certificate::{Accepted, Certificate},
    item::{Build, Family, Item, Material, Specification},
    order::{Consignee, Order, Transport},
};
use crate::{
    exhibit::Exhibit,
    filing::{Filing, Stop},
    id::{DossierId, PackId, PartyId, RequirementId},
    position::NamedPlace,
    questionnaire::Asked,
    record::record,
    text::Bilingual,
};

/// One application.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Dossier {
    /// Its name inside the vault.
    pub id: DossierId,
    /// What the firm calls it; stays inside the house.
    pub title: String,
    /// The rule pack whose questions it answers.
    pub pack: PackRef,
    /// The firms involved.
    #[serde(default)]
    pub parties: Vec<Party>,
    /// The goods.
    #[serde(default)]
    pub items: Vec<Item>,
    /// The purchase.
    #[serde(default)]
    pub order: Order,
    /// What the goods are for.
    #[serde(default)]
    pub end_use: EndUse,
    /// What the certificate on paper says.
    #[serde(default, skip_serializing_if = "crate::record::is_untouched")]
    pub certificate: Certificate,
    /// What decides which requirements apply.
    #[serde(default)]
    pub situation: Situation,
    /// What was declared, and what is missing for which reason.
    #[serde(default)]
    pub answers: BTreeMap<RequirementId, Answer>,
    /// What the supplier asked for in writing.
    #[serde(default)]
    pub requests: BTreeMap<RequirementId, Request>,
    /// The evidence.
    #[serde(default)]
    pub exhibits: Vec<Exhibit>,
    /// Strings that must not leave, beside the names of customers.
    #[serde(default)]
    pub protected_terms: Vec<ProtectedTerm>,
    /// Faults of the certificate's draft that were accepted, by their id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub accepted_faults: BTreeMap<String, Accepted>,
    /// What the firm found at home, by question. It is the firm's alone: no package holds it, and the
    /// open copy of a dossier says so in its very name.
    #[serde(
        default,
        rename = "own-side-stays-in-the-house",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub own_side: BTreeMap<String, OwnAnswer>,
    /// What happened after the package left.
    #[serde(default, skip_serializing_if = "is_blank")]
    pub filing: Filing,
    /// When the clock of the authority stood still.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stops: Vec<Stop>,
    /// What a supplier asked line by line, beyond the pack.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub asked: Vec<Asked>,
    /// The places of the firm that have a name; they stay inside the house.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<NamedPlace>,
}

/// For serde: a dossier that was not filed says nothing of it.
fn is_blank(filing: &Filing) -> bool {
    *filing == Filing::default()
}

/// Which pack a dossier was begun under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackRef {
    /// The pack.
    pub id: PackId,
    /// Its version, such as `2026.11`.
    pub version: String,
    /// What is laid over it, in this order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub overlays: Vec<OverlayRef>,
}

/// Which overlay is laid over the pack.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OverlayRef {
    /// The overlay.
    pub id: PackId,
    /// Its version.
    pub version: String,
}

/// What a firm does in the transaction; a firm may do several things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The Chinese exporter, who files the application.
    Supplier,
    /// Who buys from the supplier.
    Importer,
    /// A dealer between them.
    Trader,
    /// Who uses the goods.
    EndUser,
    /// Who buys what the end user makes; its name is protected.
    DownstreamCustomer,
    /// Who receives the package.
    Recipient,
}

impl Role {
    /// The role's word in keys and texts.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Supplier => "supplier",
            Self::Importer => "importer",
            Self::Trader => "trader",
            Self::EndUser => "end-user",
            Self::DownstreamCustomer => "downstream-customer",
            Self::Recipient => "recipient",
        }
    }
}

/// A firm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Party {
    /// Its name inside the dossier.
    pub id: PartyId,
    /// What it does.
    pub roles: Vec<Role>,
    /// The pseudonym under which it may be mentioned, the same everywhere.
    #[serde(default, skip_serializing_if = "Bilingual::is_empty")]
    pub alias: Bilingual,
    /// What is known about it.
    #[serde(default)]
    pub profile: Profile,
}

record! {
    /// What is known about a firm.
    Profile {
        /// Registered name in Latin letters.
        "name" name: String,
        /// Registered name in its own language, when it differs.
        "name-local" name_local: String,
        /// Name in Chinese.
        "name-zh" name_zh: String,
        /// Number in the commercial register, or tax number.
        "registration-number" registration_number: String,
        /// Registered address; never a post-office box.
        "address" address: String,
        /// Where the goods are really used.
        "use-site" use_site: String,
        /// Country of the seat.
        "country" country: Bilingual,
        /// Whom to ask.
        "contact" contact: String,
        /// Telephone number.
        "phone" phone: String,
        /// E-mail address.
        "email" email: String,
        /// Address of the public web site.
        "website" website: String,
        /// Year of foundation.
        "founded" founded: Option<u64>,
        /// What the firm does.
        "business-scope" business_scope: Bilingual,
        /// What it makes or sells.
        "main-products" main_products: Bilingual,
        /// How it stands: in operation, size as a band.
        "operating-status" operating_status: Bilingual,
        /// Its part in this transaction: buyer, stockist, agent.
        "position" position: Bilingual,
        /// Who signs.
        "signatory" signatory: String,
        /// The signatory's title.
        "signatory-title" signatory_title: Bilingual,
        /// Day on which its names were compared with the official lists; never printed.
        "screened" screened: Option<Date>,
        /// Whether a listed firm owns half of it or more; never printed.
        "listed-owner" listed_owner: Option<bool>,
        /// Who owns half of it or more; never printed.
        "owners" owners: String,
    }
}

record! {
    /// What the goods are for.
    EndUse {
        /// What the item does in the component.
        "function" function: Bilingual,
        /// The component that it is built into.
        "component" component: Bilingual,
        /// The end product: type and model or family.
        "product" product: Bilingual,
        /// Who makes the end product.
        "maker" maker: Bilingual,
        /// Country in which the end product is made.
        "country" country: Bilingual,
        /// The civil application.
        "application" application: Bilingual,
    }
}

record! {
    /// What decides which requirements apply; blank means not known yet.
    Situation {
        /// The item is a listed material.
        "in-scope" in_scope: Option<bool>,
        /// The item is an assembly that contains magnets.
        "assembly" assembly: Option<bool>,
        /// It is doubtful whether the item is listed.
        "near-threshold" near_threshold: Option<bool>,
        /// The buyer sells the component on as it is.
        "resells-component" resells_component: Option<bool>,
        /// A certificate of the government was asked for.
        "government-certificate-requested" government_certificate_requested: Option<bool>,
        /// A party stands on the watch list.
        "watch-listed" watch_listed: Option<bool>,
        /// The supplier applies for a general licence.
        "general-licence" general_licence: Option<bool>,
        /// It is the first order with this supplier.
        "first-order" first_order: Option<bool>,
        /// The end user sits in Japan, or its product goes there.
        "japan" japan: Option<bool>,
    }
}

/// A string that must not leave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ProtectedTerm {
    /// The string; case and width do not matter when it is searched for.
    pub term: String,
    /// Why, for the house.
    #[serde(default)]
    pub why: String,
}

impl Dossier {
    /// An empty dossier.
    #[must_use]
    pub fn new(id: DossierId, title: String, pack: PackRef) -> Self {
        Self {
            id,
            title,
            pack,
            parties: Vec::new(),
            items: Vec::new(),
            order: Order::default(),
            end_use: EndUse::default(),
            certificate: Certificate::default(),
            situation: Situation::default(),
            answers: BTreeMap::new(),
            requests: BTreeMap::new(),
            exhibits: Vec::new(),
            protected_terms: Vec::new(),
            accepted_faults: BTreeMap::new(),
            own_side: BTreeMap::new(),
            filing: Filing::default(),
            stops: Vec::new(),
            asked: Vec::new(),
            places: Vec::new(),
        }
    }

    /// The first party with a role.
    #[must_use]
    pub fn party_with(&self, role: Role) -> Option<&Party> {
        self.parties.iter().find(|party| party.roles.contains(&role))
    }

    /// A party by its id.
    #[must_use]
    pub fn party(&self, id: &PartyId) -> Option<&Party> {
        self.parties.iter().find(|party| party.id == *id)
    }

    /// An exhibit by its id.
    #[must_use]
    pub fn exhibit(&self, id: &crate::id::ExhibitId) -> Option<&Exhibit> {
        self.exhibits.iter().find(|exhibit| exhibit.id == *id)
    }

    /// An exhibit by its id, to be changed.
    pub fn exhibit_mut(&mut self, id: &crate::id::ExhibitId) -> Option<&mut Exhibit> {
        self.exhibits.iter_mut().find(|exhibit| exhibit.id == *id)
    }
}
