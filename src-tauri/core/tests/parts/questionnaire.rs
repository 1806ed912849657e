//! Is a supplier's line laid beside the point of the carried pack that it asks for?

use lanthan_core::questionnaire::{Confidence, Points};

use crate::support::pack;

/// Lines as suppliers and their agents write them, with the point that they ask for.
const ASKED: &[(&str, &str)] = &[
    (
        "Please provide the business license / registration extract of the end user",
        "end-user-registration",
    ),
    ("最终用户营业执照或注册证明", "end-user-registration"),
    ("Introduction of the end user company", "end-user-introduction"),
    ("最终用户介绍", "end-user-introduction"),
    ("进口商介绍", "importer-introduction"),
    ("Copy of the purchase contract", "purchase-contract"),
    ("采购合同复印件", "purchase-contract"),
    ("Photos of your factory site", "facility-photos"),
    ("工厂外观照片", "facility-photos"),
    ("Photographs of production lines", "production-scene-photos"),
    ("Video of the production process", "production-video"),
    ("Photos of the finished product", "finished-product-photos"),
    ("Which customers buy the finished products?", "downstream-customers"),
    ("Drawing of the magnet", "item-drawing"),
    ("磁体图纸", "item-drawing"),
    ("Annual consumption and current stock", "annual-consumption-inventory"),
    ("How many employees work there (workforce)?", "workforce-summary"),
    ("Quality certificates such as ISO 9001", "quality-certificates"),
    ("Production capacity per year", "production-capacity"),
    ("Where in the product is the magnet located", "magnet-location-image"),
    ("Transport mode, port of import and shipment schedule", "shipment-plan"),
    ("Past transactions with us", "transaction-history"),
    ("Reason for the quantity ordered", "quantity-justification"),
    ("Test report of the composition (Dy, Tb content)", "composition-test-report"),
];

#[test]
fn most_lines_stand_beside_the_point_that_they_ask_for_and_sure_ones_are_right() {
    let points = Points::of(&pack());
    let (mut right, mut wrong) = (0, Vec::new());
    for (line, wanted) in ASKED {
        let found = points.nearest(line);
        if found.as_ref().is_some_and(|found| found.requirement.as_str() == *wanted) {
            right += 1;
        } else {
            wrong.push(format!("{line}: {found:?}, not {wanted}"));
        }
        if let Some(found) = found.filter(|found| found.confidence == Confidence::Clear) {
            assert_eq!(found.requirement.as_str(), *wanted, "{line}");
        }
    }
    assert!(right * 10 >= ASKED.len() * 9, "{right} of {}: {wrong:#?}", ASKED.len());
}

#[test]
fn what_no_point_asks_is_near_to_none_or_only_a_guess() {
    let points = Points::of(&pack());
    for line in
        ["Menu of the canteen", "Shoe size of the chief executive", "hello", "你好", "12345", ""]
    {
        let found = points.nearest(line);
        assert!(
            found.as_ref().is_none_or(|found| found.confidence == Confidence::Faint),
            "{line}: {found:?}"
        );
    }
}
