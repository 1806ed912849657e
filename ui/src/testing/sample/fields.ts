// Which fields do the forms of the sample have? A small part of those that Rust knows.
import type { FieldDto } from "../../ipc/generated/FieldDto";

type Kind = FieldDto["kind"];
type Given = [
  key: string,
  en: string,
  zh: string,
  kind: Kind,
  valueEn?: string | undefined,
  valueZh?: string | undefined,
  remark?: string | undefined,
];

const yesNo = [
  { word: "yes", label: "Yes" },
  { word: "no", label: "No" },
];
const transport = ["air", "sea", "rail", "road", "courier"].map((word) => ({
  word,
  label: { air: "Air", sea: "Sea", rail: "Rail", road: "Road", courier: "Courier" }[word] ?? word,
}));
const family = ["magnet", "metal", "oxide", "alloy", "other"].map((word) => ({
  word,
  label: word === "magnet" ? "Permanent magnet or magnetic powder" : word.charAt(0).toUpperCase() + word.slice(1),
}));

const given: Given[] = [
  ["item.ring.family", "Kind", "类别", "choice", "magnet"],
  ["item.ring.name", "Commodity name", "商品名称", "bilingual", "Ring magnet", "环形磁体"],
  ["item.ring.build", "What is shipped", "所发货物", "choice", "bare", undefined, "As it leaves China, not what it becomes later"],
  ["item.ring.material", "Material of the magnet", "磁体材料", "choice", "ndfeb"],
  ["item.ring.measured", "Mass fractions by a report", "检测报告所载质量分数", "text", "Dy 1.1 %; Tb 0; Ho 0"],
  ["item.ring.report", "The report", "检测报告", "text", "Sample Laboratory, report 7"],
  ["item.ring.others-absent", "Does it rule out the other listed elements?", "报告是否排除其他所列元素？", "yes-no"],
  ["item.ring.grade", "Grade", "牌号", "text", "N38SH"],
  ["item.ring.elements", "Controlled elements", "管制元素", "text", "Dy, Tb", "Dy, Tb", "As symbols, separated by commas"],
  ["item.ring.control-code", "Export control code", "管制编码", "text", "1C902.b", "1C902.b", "The exporter decides"],
  ["filing.needed-by", "Decision needed by", "最迟需要作出决定的日期", "date", "2027-01-29", undefined, "The last day on which a decision still helps you"],
  ["filing.courier-days", "Days on the way with the courier", "快递在途天数", "whole", "", undefined, "Calendar days, as you know them from earlier consignments"],
  ["filing.sent", "Originals handed to the courier", "原件交寄日期", "date", "2026-11-10"],
  ["filing.filed", "Application received by the authority", "主管部门收到申请日期", "date", "2026-11-17"],
  ["filing.accepted", "Application accepted", "申请受理日期", "date", "2026-11-23"],
  ["filing.granted", "Licence granted", "许可日期", "date", ""],
  ["filing.customs-query", "Query by customs", "海关质疑日期", "date", ""],
  ["order.number", "Contract or order number", "合同（订单）号", "text", "PO 4711"],
  ["order.signed", "Day of signing", "签订日期", "date", "2026-10-30"],
  ["order.transport", "Transport", "运输方式", "choice", "air"],
  ["end-use.function", "Function of the item", "物项功能", "bilingual", "", "", "What the item does in the component"],
  ["end-use.product", "End product", "最终产品", "bilingual", "", "", "Type and model or family"],
  ["end-use.country", "Country of manufacture", "生产国", "bilingual", "Italy", "意大利"],
  ["certificate.text", "Words of the draft", "证明草稿的文字", "bilingual", "We pay liquidated damages.", "支付违约金。"],
  ["certificate.signed", "Day of signature of the certificate", "证明的签署日期", "date"],
  ["certificate.stamp", "Does it bear the firm's stamp?", "是否盖有公司印章？", "yes-no"],
  ["order.units-planned", "End products planned from this order", "计划用于的最终产品数量", "whole"],
  ["situation.in-scope", "Is the item a listed material?", "物项是否列管", "yes-no", "yes"],
  ["situation.assembly", "Is it an assembly that contains magnets?", "是否为含磁体的组件", "yes-no", "no"],
  ["situation.near-threshold", "Is it doubtful whether it is listed?", "是否接近管制阈值", "yes-no", "no"],
  ["situation.first-order", "Is it the first order with this supplier?", "是否首次订单", "yes-no", "yes"],
  ["situation.resells-component", "Is the component sold on as it is?", "是否转售部件", "yes-no"],
  ["situation.general-licence", "Does the supplier apply for a general licence?", "是否申请通用许可", "yes-no"],
  ["situation.government-certificate-requested", "Was a government certificate asked for?", "是否要求政府证明", "yes-no"],
  ["situation.watch-listed", "Does a party stand on the watch list?", "是否列入关注名单", "yes-no", "no"],
  ["situation.japan", "Does the end user sit in Japan, or does its product go there?", "是否涉及日本", "yes-no", "no"],
];

const profile: [string, string, string, Kind, string?, string?, string?][] = [
  ["name", "Registered name", "注册名称", "text", "Sample Audio S.r.l.", "", "Exactly as registered"],
  ["name-local", "Name in its own language", "本国语言名称", "text"],
  ["name-zh", "Name in Chinese", "中文名称", "text", "示例音响有限责任公司", "", "As on the stamp, if there is one"],
  ["registration-number", "Registration number", "注册号", "text", "IT-00000000000"],
  ["address", "Registered address", "注册地址", "text", "Via Esempio 1, 50012 Bagno a Ripoli (FI)", "", "Never a post-office box"],
  ["use-site", "Site of use", "使用地点", "text"],
  ["country", "Country", "国家", "bilingual", "Italy", "意大利"],
  ["contact", "Contact", "联系人", "text"],
  ["phone", "Telephone", "电话", "text"],
  ["email", "E-mail", "电子邮箱", "text"],
  ["website", "Web site", "网站", "text", "https://sample-audio.example"],
  ["founded", "Year of foundation", "成立年份", "whole", "1984"],
  ["business-scope", "Business scope", "经营范围", "bilingual", "Design and manufacture of loudspeakers", "扬声器的设计与制造"],
  ["main-products", "Main products", "主要产品", "bilingual", "Professional loudspeaker drivers", ""],
  ["operating-status", "Operating status", "经营状况", "bilingual", "In operation; 50 to 99 employees", "正常经营；员工50至99人"],
  ["position", "Part in this transaction", "交易中的角色", "bilingual"],
  ["signatory", "Signatory", "签字人", "text"],
  ["signatory-title", "Signatory's title", "签字人职务", "bilingual"],
];

function field([key, en, zh, kind, valueEn = "", valueZh, remark = ""]: Given): FieldDto {
  const options = { choice: key.endsWith("family") ? family : transport, "yes-no": yesNo }[kind as string] ?? [];
  const value = { en: valueEn, zh: kind === "bilingual" ? (valueZh ?? "") : valueEn };
  const judged = key.startsWith("end-use.") && !key.endsWith("country");
  return { key, label: { en, zh }, remark, kind, options, value, judged };
}

/** The fields of the sample by their keys; parties other than the end user begin blank. */
export function sampleFields(): Map<string, FieldDto> {
  const all = given.map(field);
  for (const role of ["end-user", "importer", "supplier", "trader"]) {
    for (const [key, en, zh, kind, valueEn, valueZh, remark] of profile) {
      const known = role === "end-user";
      all.push(field([`${role}.${key}`, en, zh, kind, known ? valueEn : "", known ? valueZh : "", remark]));
    }
  }
  return new Map(all.map((known) => [known.key, known]));
}
