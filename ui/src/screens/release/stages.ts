// What is being done in a stage, in words?
import { has, t } from "../../text";

/** The sentence for a stage that Rust tells; a stage without one, and none yet, is shown as the work as a whole. */
export function stageWords(stage: string | undefined, work: "preview" | "release"): string {
  const key = `release.stage-${stage ?? ""}`;
  return has(key) ? t(key) : t(`release.working-${work}`);
}
