//! Which eight exhibits are in the sample, and what do they answer?
//!
//! Deliberately absent: the bytes; they are drawn by the scenes and papers under the same names.

use serde_json::{Value, json};

use super::{Masked, both};
use crate::camera::Region;

/// All exhibits, in the order in which somebody would collect them.
pub(super) fn all(masked: Masked) -> Vec<Value> {
    let mut all = goods(masked);
    all.extend(places(masked));
    all.extend(papers(masked));
    all
}

/// What is bought, and what it becomes.
fn goods(masked: Masked) -> Vec<Value> {
    vec![
        json!({
            "id": "item-photo",
            "path": "item-photo.jpg",
            "kind": "photo",
            "level": "generic",
            "title": both("Ring magnets, three pieces", "环形磁体（三件）"),
            "caption": both(
                "Sintered NdFeB ring magnets N38SH, D46 × D22 × 8 mm, nickel-plated, beside a ruler in centimetres.",
                "烧结钕铁硼环形磁体，牌号N38SH，外径46×内径22×高8毫米，镀镍，旁为厘米刻度尺。",
            ),
            "answers": ["item-photos"],
            "cleared-for": ["supplier"],
        }),
        json!({
            "id": "item-packing",
            "path": "item-packing.jpg",
            "kind": "photo",
            "level": "specific",
            "title": both("Ring magnets in their packing", "环形磁体的包装"),
            "caption": both(
                "One box of 20 ring magnets as delivered, with the supplier's label.",
                "供应商交付的一箱环形磁体（每箱20件）及其标签。",
            ),
            "masks": [mask(masked.label, "customer")],
            "answers": ["item-photos"],
            "cleared-for": ["supplier"],
        }),
        json!({
            "id": "finished-product",
            "path": "finished-product.jpg",
            "kind": "photo",
            "level": "public",
            "title": both("Loudspeaker SA-130", "SA-130扬声器系统"),
            "caption": both(
                "The end product: two-way loudspeaker SA-130 for studios and homes. Each woofer holds one ring magnet.",
                "最终产品：SA-130两分频扬声器系统，供录音室和家庭使用。每只低音单元装有一件环形磁体。",
            ),
            "answers": ["finished-product-photos"],
            "cleared-for": ["supplier"],
        }),
        json!({
            "id": "magnet-location",
            "path": "magnet-location.png",
            "kind": "photo",
            "level": "secret",
            "title": both("Where the magnet sits", "磁体在单元中的位置"),
            "caption": both(
                "Exploded view of the driver with the ring magnet between yoke and top plate.",
                "扬声器单元分解图：环形磁体位于导磁碗与前夹板之间。",
            ),
            "answers": ["magnet-location-image"],
        }),
    ]
}

/// Where that happens.
fn places(masked: Masked) -> Vec<Value> {
    vec![
        json!({
            "id": "production-scene",
            "path": "production-scene.jpg",
            "kind": "photo",
            "level": "specific",
            "title": both("Assembly hall", "装配车间"),
            "caption": both(
                "Assembly of loudspeaker drivers: benches on the left, winding and gluing machines on the right.",
                "扬声器单元装配现场：左侧为工作台，右侧为绕线机和涂胶机。",
            ),
            "masks": [mask(masked.whiteboard, "trade-secret")],
            "answers": ["production-scene-photos"],
            "cleared-for": ["supplier"],
        }),
        json!({
            "id": "facility-exterior",
            "path": "facility-exterior.jpg",
            "kind": "photo",
            "level": "public",
            "title": both("The building from the street", "厂区外景"),
            "caption": both(
                "Office and assembly hall of Sample Audio S.r.l. in Esempio, Italy, seen from the street.",
                "Sample Audio S.r.l.位于意大利Esempio的办公楼和装配厂房外景。",
            ),
            "answers": ["facility-photos"],
            "cleared-for": ["supplier"],
        }),
    ]
}

/// What was written about it.
fn papers(masked: Masked) -> Vec<Value> {
    vec![
        json!({
            "id": "purchase-order",
            "path": "purchase-order.pdf",
            "kind": "document",
            "level": "specific",
            "title": both("Purchase order PO-2026-0417", "采购订单PO-2026-0417"),
            "caption": both(
                "Purchase order of 14 September 2026, signed by the buyer.",
                "买方于2026年9月14日签署的采购订单。",
            ),
            "masks": [mask(masked.order, "customer")],
            "answers": ["purchase-contract"],
            "cleared-for": ["supplier"],
        }),
        json!({
            "id": "brochure",
            "path": "brochure.pdf",
            "kind": "document",
            "level": "public",
            "title": both("Brochure of the loudspeaker SA-130", "SA-130扬声器系统产品样本"),
            "caption": both(
                "Published product brochure with technical data, September 2026.",
                "已公开发布的产品样本及技术数据，2026年9月。",
            ),
            "answers": ["product-datasheet", "public-information-pack"],
            "cleared-for": ["supplier"],
        }),
    ]
}

fn mask(place: Region, reason: &str) -> Value {
    let Region { x, y, w, h } = place;
    json!({ "page": 1, "area": { "x": x, "y": y, "w": w, "h": h }, "reason": reason })
}
