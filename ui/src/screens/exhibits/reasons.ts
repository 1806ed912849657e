// Why may something be withheld?
import type { MaskDto } from "../../ipc/generated/MaskDto";

/** The word of a reason; its sentence stands under `exhibits.reason-<word>`. */
export type Reason = MaskDto["reason"];

/** Every reason, in the order of the pack; the first is what a new mask gets. */
export const REASONS: readonly Reason[] = ["customer", "trade-secret", "personal", "price", "not-asked"];
