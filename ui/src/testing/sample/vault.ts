// How is the sample's vault looked after? A backup long ago, nothing damaged, no conflict copy.
import type { BackupDto } from "../../ipc/generated/BackupDto";
import type { BackupKeysDto } from "../../ipc/generated/BackupKeysDto";
import type { BackupRowDto } from "../../ipc/generated/BackupRowDto";
import type { CareDto } from "../../ipc/generated/CareDto";
import type { CheckedDto } from "../../ipc/generated/CheckedDto";

/** How the vault stands. */
export const care: CareDto = {
  lastBackup: "2026-11-20T09:12:00",
  folder: "/media/usb/Evidence.lanthan",
  isOld: false,
  mostDays: 14,
  plan: { folder: null, everyDays: 1, keep: 5 },
  isRunning: false,
  failure: null,
  readOnly: false,
  share: null,
  elsewhere: null,
  strays: [],
};

/** Somebody else who has the vault open. */
export const holder = { host: "PURCHASING-2", program: "Lanthan 0.1.0", since: "2026-11-25T08:40:00Z" };

/** The last backup, which today's keys open. */
export const backupKeys: BackupKeysDto[] = [
  { folder: "/media/usb/Evidence.lanthan", known: true, passphrase: true, recoveryKey: true },
];

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
      what: "changed",
      exhibits: [
        {
          dossier: "ring-magnets",
          dossierTitle: "Ring magnets, PO 4711",
          exhibit: "finished-product",
          exhibitTitle: "Finished product",
        },
      ],
    },
    { what: "unreadable", exhibits: [] },
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
  removed: 0,
};

/** Backups that are known. */
export const backupRows: BackupRowDto[] = [
  {
    folder: "/media/usb/Evidence backup 2.lanthan",
    made: "2026-11-20T09:12:00",
    byPlan: true,
    dossiers: 3,
    objects: 14,
    sizeBytes: 31_400_000,
    damaged: 0,
    rehearsed: "2026-11-20T14:02:00",
    works: true,
    standing: "there",
  },
  {
    folder: "/media/usb/Evidence backup 1.lanthan",
    made: "2026-11-13T08:40:00",
    byPlan: true,
    dossiers: 3,
    objects: 12,
    sizeBytes: 27_000_000,
    damaged: 0,
    rehearsed: null,
    works: null,
    standing: "other-passphrase",
  },
];
