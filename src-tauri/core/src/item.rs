//! What is known about goods of one kind?
//!
//! Part of a dossier, and reached as such. Deliberately absent: whether they are listed (see
//! [`crate::scope`]).

use serde::{Deserialize, Serialize};

use crate::{
    id::ItemId,
    record::{choice, record},
    text::Bilingual,
};

/// Goods of one kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Item {
    /// Its name inside the dossier.
    pub id: ItemId,
    /// What is known about it.
    #[serde(default)]
    pub specification: Specification,
}

choice! {
    /// What a magnet is made of.
    Material {
        /// Neodymium, iron and boron.
        "ndfeb" Ndfeb,
        /// Samarium and cobalt.
        "smco" Smco,
        /// Ferrite.
        "ferrite" Ferrite,
        /// Aluminium, nickel and cobalt.
        "alnico" Alnico,
        /// Anything else.
        "other" Other,
    }
}

choice! {
    /// What goods are when they are shipped: the material as such, or something made with it.
    Build {
        /// The material as such: blocks, rings, segments, powder, also coated or magnetised.
        "bare" Bare,
        /// A rotor or stator.
        "rotor-stator" RotorStator,
        /// A sensor or an electronic part.
        "sensor-part" SensorPart,
        /// Something that holds by magnets: toys, cases, stands, fixtures.
        "attachment" Attachment,
        /// Calcined catalyst powder.
        "catalyst" Catalyst,
        /// A phosphor.
        "phosphor" Phosphor,
        /// A motor.
        "motor" Motor,
        /// A loudspeaker or its drive unit.
        "loudspeaker" Loudspeaker,
        /// Another finished product.
        "product" Product,
        /// None of these, or not sure.
        "other" Other,
    }
}

choice! {
    /// What kind of thing an item is.
    Family {
        /// Permanent magnets or magnetic powder.
        "magnet" Magnet,
        /// A rare-earth metal.
        "metal" Metal,
        /// An oxide.
        "oxide" Oxide,
        /// Another compound.
        "compound" Compound,
        /// An alloy.
        "alloy" Alloy,
        /// A sputtering target.
        "target" Target,
        /// Anything else.
        "other" Other,
    }
}

record! {
    /// What is known about goods.
    Specification {
        /// Commodity name as in the contract.
        "name" name: Bilingual,
        /// Kind of thing.
        "family" family: Option<Family>,
        /// Model or article number.
        "model" model: String,
        /// Grade, such as N38SH.
        "grade" grade: String,
        /// Controlled elements that it contains, as symbols.
        "elements" elements: String,
        /// Content of controlled elements, as the supplier's report says it.
        "composition" composition: String,
        /// Export control code; the exporter decides.
        "control-code" control_code: String,
        /// Customs commodity code; the exporter decides.
        "hs-code" hs_code: String,
        /// Shape.
        "shape" shape: Bilingual,
        /// Nominal outer dimensions.
        "size" size: String,
        /// Mass of one piece.
        "piece-mass" piece_mass: String,
        /// Remanence Br.
        "remanence" remanence: String,
        /// Intrinsic coercivity `HcJ`.
        "coercivity" coercivity: String,
        /// Largest energy product `BHmax`.
        "energy-product" energy_product: String,
        /// Highest working temperature.
        "working-temperature" working_temperature: String,
        /// Main use of goods of this kind.
        "main-use" main_use: Bilingual,
        /// Number of pieces.
        "pieces" pieces: Option<u64>,
        /// Net mass of all pieces with its unit.
        "net-mass" net_mass: String,
        /// Value with its currency.
        "value" value: String,
        /// What a magnet is made of; for the scope question.
        "material" material: Option<Material>,
        /// What the goods are when they are shipped; for the scope question.
        "build" build: Option<Build>,
        /// Mass fractions of elements as a report states them, such as `Dy 1.1 %; Tb 0`; for the scope
        /// question, not printed with the technical description.
        "measured" measured: String,
        /// Which report states them: laboratory, number, day, lot.
        "report" report: String,
        /// Whether that report rules out every listed element that it does not name.
        "others-absent" others_absent: Option<bool>,
    }
}
