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

/// Short lines, which name little beside what is asked for, with the point that they ask for.
const SHORT: &[(&str, &str)] = &[
    ("最终用户营业执照", "end-user-registration"),
    ("营业执照", "end-user-registration"),
    ("贵司营业执照复印件", "end-user-registration"),
    ("公司注册证明（近三个月内）", "end-user-registration"),
    ("最终用户和最终用途证明原件", "end-user-certificate"),
    ("最终用户承诺书", "end-user-certificate"),
    ("进口商公司简介", "importer-introduction"),
    ("公司介绍（中英文）", "end-user-introduction"),
    ("订单", "purchase-contract"),
    ("成品照片", "finished-product-photos"),
    ("工厂外景照片", "facility-photos"),
    ("生产车间及设备照片", "production-scene-photos"),
    ("磁铁安装位置图", "magnet-location-image"),
    ("年用量及库存", "annual-consumption-inventory"),
    ("产能", "production-capacity"),
    ("近三年产量", "production-history-forecast"),
    ("工艺流程图", "process-flow"),
    ("员工人数", "workforce-summary"),
    ("检测报告", "composition-test-report"),
    ("贸易商保证函", "trader-guarantee"),
    ("下游客户名单", "downstream-customers"),
    ("授权签字人身份证明", "signatory-authority"),
    ("军事用途声明", "civil-use-declaration"),
    ("证明的中文译本", "certificate-translation"),
    ("经中国使馆认证的证明", "government-certified-certificate"),
    ("ISO9001证书", "quality-certificates"),
    ("产品说明书", "product-datasheet"),
    ("贵公司网址", "public-information-pack"),
    ("EUC", "end-user-certificate"),
    ("Business licence of the end user", "end-user-registration"),
    ("Company registration certificate", "end-user-registration"),
    ("How many employees do you have?", "workforce-summary"),
    ("Power of attorney of the person who signs", "signatory-authority"),
    ("Which countries do you sell the finished products to?", "market-destinations"),
    ("How many magnets do you use per year?", "annual-consumption-inventory"),
    ("Photos of workshop, machines and workers", "production-scene-photos"),
];

#[test]
fn every_short_line_stands_beside_the_point_that_it_asks_for() {
    let points = Points::of(&pack());
    for (line, wanted) in SHORT {
        let found = points.nearest(line);
        let id = found.as_ref().map(|found| found.requirement.as_str());
        assert_eq!(id, Some(*wanted), "{line}: {found:?}");
        assert!(found.is_some_and(|found| found.confidence != Confidence::Faint), "{line}");
    }
}

#[test]
fn a_line_whose_last_word_no_point_has_is_at_most_a_guess() {
    let points = Points::of(&pack());
    for line in ["最终用户食堂菜单", "员工生日", "生产线油漆颜色", "磁体颜色喜好"]
    {
        let found = points.nearest(line);
        assert!(
            found.as_ref().is_none_or(|found| found.confidence == Confidence::Faint),
            "{line}: {found:?}"
        );
    }
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
