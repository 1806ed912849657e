// What do the sample's statements say, with what stands in its fields?
import type { BilingualDto } from "../../ipc/generated/BilingualDto";
import type { FieldDto } from "../../ipc/generated/FieldDto";
import type { RowDto } from "../../ipc/generated/RowDto";
import type { StatementDto } from "../../ipc/generated/StatementDto";

const both = (en: string, zh: string): BilingualDto => ({ en, zh });
const none = both("", "");

const signature: RowDto[] = [
  { label: both("Signature", "签字"), value: none, remark: none },
  { label: both("Name in print", "姓名（正楷）"), value: none, remark: none },
  { label: both("Title", "职务"), value: none, remark: none },
  { label: both("Company stamp", "公司盖章"), value: none, remark: none },
  { label: both("Place and date", "地点和日期"), value: none, remark: none },
];

/** The statements, set with what stands in the fields now. */
export function sampleStatements(fields: Map<string, FieldDto>): StatementDto[] {
  const issuer = both("Sample Audio S.r.l.", "示例音响有限责任公司");
  const rows = (keys: string[]): RowDto[] =>
    keys
      .flatMap((key) => fields.get(key) ?? [])
      .filter(({ value }) => value.en + value.zh !== "")
      .map(({ label, value, remark }) => ({ label, value, remark: both(remark, "") }));
  const endUser = ["name", "address", "founded", "business-scope", "main-products", "operating-status", "website"].map(
    (key) => `end-user.${key}`,
  );
  const endUse = ["end-use.function", "end-use.product", "end-use.country"];
  const certificate = ["order.number", "order.signed", "end-user.name", "item.ring.grade"];
  return [
    {
      id: "cover-letter",
      title: both("Cover letter", "说明函"),
      issuer,
      keys: ["order.number"],
      applies: true,
      blocks: [
        {
          kind: "text",
          text: both(
            "We hand over the documents listed below for the export licence application of order PO 4711. They are meant for this purpose alone.",
            "现提交下列文件，用于订单 PO 4711 的出口许可申请，仅限此用途。",
          ),
        },
        { kind: "heading", text: both("Enclosed", "附件") },
        {
          kind: "table",
          head: [both("No.", "序号"), both("What", "内容"), both("Pages", "页数")],
          lines: [
            [both("1", "1"), both("Loose magnet, three views", "散装磁体三视图"), both("1", "1")],
            [both("2", "2"), both("Purchase order", "采购订单"), both("1", "1")],
          ],
        },
      ],
    },
    {
      id: "end-user-introduction",
      title: both("End-user introduction", "最终用户介绍"),
      issuer,
      keys: endUser,
      applies: true,
      blocks: [
        { kind: "rows", rows: rows(endUser) },
        { kind: "signature", rows: signature },
      ],
    },
    {
      id: "end-use",
      title: both("End-use statement", "最终用途说明"),
      issuer,
      keys: endUse,
      applies: true,
      blocks: [
        {
          kind: "notice",
          text: both("State facts only. Name the product family where the model is not released.", "只陈述事实。型号未发布时写产品系列。"),
        },
        { kind: "rows", rows: rows(endUse) },
        { kind: "signature", rows: signature },
      ],
    },
    {
      id: "certificate-sheet",
      title: both("Data sheet for the certificate", "最终用户证明数据表"),
      issuer,
      keys: certificate,
      applies: true,
      blocks: [{ kind: "rows", rows: rows(certificate) }],
    },
    {
      id: "importer-introduction",
      title: both("Importer introduction", "进口商介绍"),
      issuer: none,
      keys: ["importer.name"],
      applies: false,
      blocks: [],
    },
  ];
}
