//! What do the sample's firms answer?
//!
//! Every firm is invented: domains end in `.example` (RFC 2606), telephone numbers consist of
//! zeros where a subscriber's number would stand, streets and towns are the word "sample" in their
//! language. Deliberately absent: anything that anybody could be called or written to at.

use serde_json::{Value, json};

use super::both;

/// The firms.
pub(super) fn parties() -> Value {
    json!([end_user(), importer(), supplier(), customer()])
}

fn end_user() -> Value {
    json!({
        "id": "sample-audio",
        "roles": ["end-user"],
        "profile": {
            "name": "Sample Audio S.r.l.",
            "name-zh": "样品音响有限责任公司",
            "registration-number": "PV-000417 (sample)",
            "address": "Via Esempio 12, 27000 Esempio (PV), Italy",
            "use-site": "Via Esempio 12, 27000 Esempio (PV), Italy",
            "country": both("Italy", "意大利"),
            "contact": "Purchasing department",
            "phone": "+39 000 000 0417",
            "email": "export@sample-audio.example",
            "website": "https://www.sample-audio.example",
            "founded": 1998,
            "business-scope": both(
                "Development, manufacture and sale of loudspeakers for studios, broadcasting and homes.",
                "录音室、广播和家用扬声器的开发、制造和销售。",
            ),
            "main-products": both(
                "Two-way loudspeakers of the SA family and the drivers for them.",
                "SA系列两分频扬声器系统及其扬声器单元。",
            ),
            "operating-status": both(
                "In operation; 50 to 99 employees in development, assembly and sales.",
                "正常经营；开发、装配和销售员工50至99人。",
            ),
            "position": both("End user; builds the goods into its own products", "最终用户；将货物装入自有产品"),
            "signatory": "A. Sample",
            "signatory-title": both("Managing director", "总经理"),
        },
    })
}

fn importer() -> Value {
    json!({
        "id": "sample-trading",
        "roles": ["importer"],
        "profile": {
            "name": "Sample Trading GmbH",
            "name-zh": "样品贸易有限公司",
            "registration-number": "HRB 00000 (sample)",
            "address": "Musterweg 5, 99999 Musterstadt, Germany",
            "use-site": "Goods go straight to the end user",
            "country": both("Germany", "德国"),
            "contact": "Import department",
            "phone": "+49 000 0000417",
            "email": "import@sample-trading.example",
            "website": "https://www.sample-trading.example",
            "founded": 2004,
            "business-scope": both(
                "Import of components for makers of audio equipment.",
                "为音响设备制造商进口零部件。",
            ),
            "main-products": both(
                "Magnets, voice coils and connectors.",
                "磁体、音圈和连接器。",
            ),
            "operating-status": both("In operation; 10 to 19 employees.", "正常经营；员工10至19人。"),
            "position": both(
                "Buyer of record; imports for the end user named here and keeps no stock of these goods",
                "合同买方；为本文所列最终用户进口，不持有该货物的库存",
            ),
            "signatory": "B. Sample",
            "signatory-title": both("Managing director", "总经理"),
        },
    })
}

fn supplier() -> Value {
    json!({
        "id": "supplier",
        "roles": ["supplier", "recipient"],
        "profile": {
            "name": "Ningbo Example Magnetics Co., Ltd.",
            "name-local": "宁波示例磁业有限公司",
            "name-zh": "宁波示例磁业有限公司",
            "address": "88 Shili Road, Ningbo, Zhejiang, P. R. China",
            "country": both("China", "中国"),
            "contact": "Export department",
            "phone": "+86 000 0000 0417",
            "email": "export@example-magnetics.example",
            "position": both("Manufacturer and exporter", "生产商和出口商"),
        },
    })
}

fn customer() -> Value {
    json!({
        "id": "customer-a",
        "roles": ["downstream-customer"],
        "alias": both("Customer A", "客户A"),
        "profile": {
            "name": "Nordklang Example AB",
            "country": both("Sweden", "瑞典"),
        },
    })
}

/// The goods.
pub(super) fn item() -> Value {
    json!({
        "id": "ring",
        "specification": {
            "name": both("Sintered NdFeB ring magnet", "烧结钕铁硼环形磁体"),
            "family": "magnet",
            "model": "M46-22-8",
            "grade": "N38SH",
            "elements": "Dy",
            "composition": "Dy about 1.1 % by mass (supplier's report); no Tb added",
            "control-code": "1C905.a.4",
            "hs-code": "8505111000",
            "shape": both("Ring, axially magnetised, nickel-plated", "环形，轴向充磁，镀镍"),
            "size": "D46 × D22 × 8 mm",
            "piece-mass": "77.9 g",
            "remanence": "1.22–1.25 T",
            "coercivity": "≥ 1592 kA/m (HcJ)",
            "energy-product": "287–310 kJ/m³",
            "working-temperature": "150 °C",
            "main-use": both("Motors of loudspeaker drivers", "扬声器单元的磁路"),
            "pieces": 12000,
            "net-mass": "934.8 kg",
            "value": "EUR 52,200.00",
        },
    })
}

/// The purchase.
pub(super) fn order() -> Value {
    json!({
        "number": crate::paper::order::NUMBER,
        "signed": "2026-09-14",
        "delivery-term": "FCA Ningbo (Incoterms 2020)",
        "transport": "air",
        "port": both("Ningbo", "宁波"),
        "destination": both("Italy", "意大利"),
        "quantity-reason": both(
            "One magnet for each woofer of the SA-130 family; the order covers about six months of production with usual rejects.",
            "SA-130系列每只低音单元使用一件磁体；本订单约满足六个月的生产需要，含正常损耗。",
        ),
    })
}

/// What the goods are for.
pub(super) fn end_use() -> Value {
    json!({
        "function": both(
            "Permanent magnet that makes the field in which the voice coil moves",
            "永磁体，产生音圈运动所需的磁场",
        ),
        "component": both("Woofer SA-130 N, 130 mm", "SA-130 N低音扬声器单元（130毫米）"),
        "product": both(
            "Two-way loudspeaker, SA-130 family",
            "SA-130系列两分频扬声器系统",
        ),
        "maker": both("Sample Audio S.r.l.", "Sample Audio S.r.l.（样品音响有限责任公司）"),
        "country": both("Italy", "意大利"),
        "application": both(
            "Playback of music and speech in studios, schools and homes",
            "在录音室、学校和家庭播放音乐和语音",
        ),
    })
}

/// What decides which requirements apply.
pub(super) fn situation() -> Value {
    json!({
        "in-scope": true,
        "assembly": false,
        "near-threshold": false,
        "resells-component": false,
        "government-certificate-requested": false,
        "watch-listed": false,
        "general-licence": false,
        "first-order": true,
        "japan": false,
    })
}

/// What was declared or cannot be had, by requirement.
pub(super) fn answers() -> Vec<(&'static str, Value)> {
    let declared = |what: &str| json!({ "declared": what });
    vec![
        (
            "party-screening",
            declared(
                "20 November 2026: end user, importer and their owners compared with the published control and watch lists; no match. No match is no clearance.",
            ),
        ),
        (
            "own-country-legal-check",
            declared(
                "No drawing or process data leaves. Customer's secrecy agreement: name withheld. Personal data: signatories only, informed.",
            ),
        ),
        (
            "disclosure-log-and-retention",
            declared("Kept in this vault for at least five years after delivery."),
        ),
        (
            "composition-test-report",
            json!({
                "missing-because": "The laboratory reports on the lot after sintering; the report is position 30 of the order and follows with the goods."
            }),
        ),
    ]
}
