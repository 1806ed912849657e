// How is the sample's vault looked after? A backup long ago, nothing damaged, no conflict copy.
import type { BackupDto } from "../../ipc/generated/BackupDto";
import type { CareDto } from "../../ipc/generated/CareDto";
import type { CheckedDto } from "../../ipc/generated/CheckedDto";

/** How the vault stands. */
export const care: CareDto = {
  lastBackup: "2026-11-20",
  folder: "/media/usb/Evidence.lanthan",
  readOnly: false,
  strays: [],
};

/** A check that found nothing. */
export const checked: CheckedDto = {
  objects: 14,
  sizeBytes: 31_400_000,
  damaged: [],
  database: null,
  ledgerWhole: true,
  keysAgree: true,
  strays: [],
  isWhole: true,
};

/** A check that found two things. */
export const damaged: CheckedDto = {
  ...checked,
  damaged: [
    {
      what: "its bytes were changed",
      exhibits: [
        {
          dossier: "ring-magnets",
          dossierTitle: "Ring magnets, PO 4711",
          exhibit: "finished-product",
          exhibitTitle: "Finished product",
        },
      ],
    },
    { what: "its file cannot be opened", exhibits: [] },
  ],
  keysAgree: false,
  isWhole: false,
};

/** A backup that was made. */
export const backup: BackupDto = {
  folder: "/media/usb/Evidence.lanthan",
  dossiers: 3,
  objects: 14,
  newObjects: 2,
  newBytes: 4_200_000,
  damaged: [],
};
