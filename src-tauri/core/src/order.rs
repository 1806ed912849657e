//! What is known about the purchase, and about the way of the goods?
//!
//! Part of a dossier, and reached as such. Deliberately absent: the goods themselves.

use jiff::civil::Date;

use crate::{
    record::{choice, record},
    text::Bilingual,
};

choice! {
    /// How the goods travel.
    Transport {
        /// By air.
        "air" Air,
        /// By sea.
        "sea" Sea,
        /// By rail.
        "rail" Rail,
        /// By road.
        "road" Road,
        /// By courier.
        "courier" Courier,
    }
}

choice! {
    /// Who receives the goods.
    Consignee {
        /// The end user.
        "end-user" EndUser,
        /// The importer.
        "importer" Importer,
        /// The trader.
        "trader" Trader,
    }
}

record! {
    /// The purchase.
    Order {
        /// Number of the contract or purchase order.
        "number" number: String,
        /// Day of its signing.
        "signed" signed: Option<Date>,
        /// Delivery term with its place.
        "delivery-term" delivery_term: String,
        /// How the goods travel.
        "transport" transport: Option<Transport>,
        /// Customs port of export.
        "port" port: Bilingual,
        /// Country of final destination.
        "destination" destination: Bilingual,
        /// Why this quantity, as a band.
        "quantity-reason" quantity_reason: Bilingual,
        /// Who receives the goods.
        "consignee" consignee: Option<Consignee>,
        /// Why destination and seat are two countries.
        "destination-note" destination_note: Bilingual,
        /// Pieces in one end product; never printed.
        "pieces-per-unit" pieces_per_unit: Option<u64>,
        /// End products planned from this order; never printed.
        "units-planned" units_planned: Option<u64>,
    }
}
