// Which last days has the sample? One is an estimate, one has passed, and the clock still stands still.
import type { ClockDto } from "../../ipc/generated/ClockDto";
import type { DeadlineDto } from "../../ipc/generated/DeadlineDto";

const decree = "Regulations on Export Control of Dual-Use Items (两用物项出口管制条例), Decree No. 792, Article 17";
const read = { mark: "P", markLabel: "Primary text read in full" };
const usual: DeadlineDto = {
  purpose: "decision",
  day: "2027-02-12",
  countedFrom: "2026-11-23",
  workingDays: 45,
  basis: "law",
  basisLabel: "Law",
  ...read,
  source: decree,
  stops: ["2026-11-25..2026-11-25"],
  stoppedWorkingDays: 1,
  stillStopped: true,
  estimatedFrom: "2027-01-01",
  done: null,
  isPast: false,
};

/** The clock of the sample dossier. */
export const clock: ClockDto = {
  deadlines: [
    {
      ...usual,
      purpose: "acceptance",
      day: "2026-11-20",
      countedFrom: "2027-01-29",
      stops: [],
      stoppedWorkingDays: 0,
      stillStopped: false,
      done: "2026-11-23",
    },
    {
      ...usual,
      purpose: "supplement-notice",
      day: "2026-11-24",
      countedFrom: "2026-11-17",
      workingDays: 5,
      source: "Administrative Licensing Law (行政许可法), as amended 2019-04-23, Articles 32 and 82",
      stops: [],
      stoppedWorkingDays: 0,
      stillStopped: false,
      estimatedFrom: null,
      isPast: true,
    },
    usual,
  ],
  stops: [{ reason: "request", from: "2026-11-25", to: "" }],
  reasons: [
    { reason: "identification", basis: "law", basisLabel: "Law", ...read, source: decree },
    { reason: "expert-opinion", basis: "law", basisLabel: "Law", ...read, source: decree },
    { reason: "on-site-verification", basis: "law", basisLabel: "Law", ...read, source: decree },
    {
      reason: "request",
      basis: "inference",
      basisLabel: "Conclusion",
      mark: "I",
      markLabel: "Inference",
      source: "No text says that the period stops; applicants report that papers are put aside until a request is met",
    },
  ],
  problem: null,
  inTime: false,
  today: "2026-11-25",
  verifiedOn: "2026-11-23",
};
