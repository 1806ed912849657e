// What may the window ask of Rust, and what does it answer? One line a command of src-tauri/src/commands.
// Deliberately absent: the shapes themselves; they are generated from the Rust types.
import type { AlikePageDto } from "./generated/AlikePageDto";
import type { BackupDto } from "./generated/BackupDto";
import type { BackupKeysDto } from "./generated/BackupKeysDto";
import type { BackupRowDto } from "./generated/BackupRowDto";
import type { CareDto } from "./generated/CareDto";
import type { CheckedDto } from "./generated/CheckedDto";
import type { ChecklistDto } from "./generated/ChecklistDto";
import type { ClockDto } from "./generated/ClockDto";
import type { ConsistencyDto } from "./generated/ConsistencyDto";
import type { DossierDto } from "./generated/DossierDto";
import type { DossierRowDto } from "./generated/DossierRowDto";
import type { EntryDto } from "./generated/EntryDto";
import type { ExhibitChangeDto } from "./generated/ExhibitChangeDto";
import type { ExhibitDto } from "./generated/ExhibitDto";
import type { ExportedDto } from "./generated/ExportedDto";
import type { FieldDto } from "./generated/FieldDto";
import type { FoundDto } from "./generated/FoundDto";
import type { GoodsDto } from "./generated/GoodsDto";
import type { HiddenDto } from "./generated/HiddenDto";
import type { ImportedDto } from "./generated/ImportedDto";
import type { JudgedDto } from "./generated/JudgedDto";
import type { LeavingDto } from "./generated/LeavingDto";
import type { LedgerRowDto } from "./generated/LedgerRowDto";
import type { MaskDto } from "./generated/MaskDto";
import type { OfferDto } from "./generated/OfferDto";
import type { OpenVaultDto } from "./generated/OpenVaultDto";
import type { OwnQuestionDto } from "./generated/OwnQuestionDto";
import type { PacksDto } from "./generated/PacksDto";
import type { PartyEntryDto } from "./generated/PartyEntryDto";
import type { PlanDto } from "./generated/PlanDto";
import type { PreviewDto } from "./generated/PreviewDto";
import type { PrintedDto } from "./generated/PrintedDto";
import type { ProgressDto } from "./generated/ProgressDto";
import type { ProtectedTermDto } from "./generated/ProtectedTermDto";
import type { ProvenDto } from "./generated/ProvenDto";
import type { QuestionnaireDto } from "./generated/QuestionnaireDto";
import type { RecheckDto } from "./generated/RecheckDto";
import type { RehearsalDto } from "./generated/RehearsalDto";
import type { ReleasedDto } from "./generated/ReleasedDto";
import type { RevisionDto } from "./generated/RevisionDto";
import type { RulesDto } from "./generated/RulesDto";
import type { SavedDto } from "./generated/SavedDto";
import type { ScopeDto } from "./generated/ScopeDto";
import type { ScreeningDto } from "./generated/ScreeningDto";
import type { StartDto } from "./generated/StartDto";
import type { StatementDto } from "./generated/StatementDto";
import type { StopDto } from "./generated/StopDto";
import type { StrayDto } from "./generated/StrayDto";
import type { StrengthDto } from "./generated/StrengthDto";
import type { TakenLineDto } from "./generated/TakenLineDto";
import type { TraceDto } from "./generated/TraceDto";
import type { TermDto } from "./generated/TermDto";

/** What answers a requirement by word; `none` takes the answer back. */
export type AnswerKind = "declared" | "missing-because" | "none";

type Nothing = Record<never, never>;
type OfDossier = { dossier: string };
type OfExhibit = { dossier: string; exhibit: string };
type OfRecipient = { dossier: string; recipient: string };

/** Every command: what it is given, and what it answers. */
export interface Commands {
  start: [Nothing, StartDto];
  pick_folder: [Nothing, string | null];
  pick_files: [Nothing, string[]];
  create_vault: [{ folder: string; passphrase: string }, string];
  open_vault: [{ folder: string; passphrase: string }, OpenVaultDto];
  open_with_recovery_key: [{ folder: string; recoveryKey: string; newPassphrase: string }, OpenVaultDto];
  passphrase_strength: [{ passphrase: string }, StrengthDto];
  lock_vault: [Nothing, null];
  close_window: [Nothing, null];

  vault_care: [Nothing, CareDto];
  check_vault: [{ job: string }, CheckedDto];
  backups: [Nothing, BackupRowDto[]];
  set_backup_plan: [{ folder: string | null; everyDays: number; keep: number }, null];
  back_up_now: [{ job: string }, BackupDto];
  backup_vault: [{ folder: string; job: string }, BackupDto];
  rehearse_backup: [{ folder: string; passphrase: string; job: string }, RehearsalDto];
  restore_backup: [{ backup: string; passphrase: string; folder: string; job: string }, BackupDto];
  forget_backup: [{ folder: string }, null];
  change_passphrase: [{ current: string; new: string }, null];
  replace_recovery_key: [{ current: string }, string];
  draw_recovery_key: [{ current: string }, string];
  rekey_vault: [{ current: string; new: string; recoveryKey: string; job: string }, null];
  backup_keys: [Nothing, BackupKeysDto[]];
  strays: [Nothing, StrayDto[]];
  touch: [Nothing, null];

  list_dossiers: [Nothing, DossierRowDto[]];
  create_dossier: [{ title: string }, string];
  rename_dossier: [OfDossier & { title: string }, null];
  delete_dossier: [OfDossier, null];
  export_dossier: [OfDossier & { folder: string; passphrase: string; job: string }, ExportedDto];
  load_sample: [Nothing, string];

  search: [{ words: string; limit: number }, FoundDto[]];

  dossier: [OfDossier, DossierDto];
  undo: [OfDossier & { seen: number | null }, boolean];
  cancel: [{ job: string }, null];

  packs: [Nothing, PacksDto];
  pick_pack: [Nothing, string | null];
  look_at_pack: [{ path: string }, OfferDto];
  take_pack: [{ path: string; seen: string }, null];
  choose_pack: [{ id: string; version: string }, null];
  trust_publisher: [{ name: string; key: string }, null];
  distrust_publisher: [{ key: string }, null];
  key_fingerprint: [{ key: string }, string];
  rules: [OfDossier, RulesDto];
  recheck: [OfDossier & { version: string | null }, RecheckDto];
  adopt_pack: [OfDossier & { version: string }, null];
  choose_overlays: [OfDossier & { overlays: string[] }, null];

  set_parties: [OfDossier & { parties: PartyEntryDto[] }, null];
  set_protected_terms: [OfDossier & { terms: ProtectedTermDto[] }, null];

  screening: [OfDossier, ScreeningDto];

  consistency: [OfDossier, ConsistencyDto];
  accept_fault: [OfDossier & { fault: string; reason: string }, null];
  own_side: [OfDossier, OwnQuestionDto[]];
  answer_own_side: [OfDossier & { question: string; yes: boolean | null; reason: string }, null];
  judge_wording: [OfDossier & { key: string; en: string; zh: string }, JudgedDto];
  glossary: [OfDossier & { asked: string }, TermDto[]];

  scope: [OfDossier, ScopeDto];
  adopt_scope: [OfDossier, null];
  goods: [OfDossier & { asked: string }, GoodsDto[]];
  print_scope: [OfDossier & { recipient: string | null; folder: string }, PrintedDto];

  checklist: [OfDossier, ChecklistDto];
  answer: [OfDossier & { requirement: string; kind: AnswerKind; text: string }, null];
  request: [OfDossier & { requirement: string; quote: string; day: string }, null];

  pick_list: [Nothing, string | null];
  look_at_questionnaire: [
    OfDossier & { text: string; path: string | null; encoding: string | null },
    QuestionnaireDto,
  ];
  take_questionnaire: [OfDossier & { by: string; askedOn: string; lines: TakenLineDto[] }, number];
  link_asked: [OfDossier & { asked: string; like: string | null }, null];
  drop_asked: [OfDossier & { asked: string }, null];

  form: [OfDossier & { keys: string[] }, FieldDto[]];
  save_fields: [OfDossier & { entries: EntryDto[] }, SavedDto];
  statements: [OfDossier, StatementDto[]];

  exhibits: [OfDossier, ExhibitDto[]];
  exhibit: [OfExhibit, ExhibitDto];
  import_exhibits: [OfDossier & { paths: string[]; job: string }, ImportedDto];
  prove_exhibits: [OfDossier & { job: string }, ProvenDto];
  alike_pages: [OfExhibit & { page: number }, AlikePageDto[]];
  mask_like: [OfExhibit & { page: number; target: string; targetPage: number }, number];
  save_exhibit: [OfExhibit & { change: ExhibitChangeDto }, string[]];
  remove_exhibit: [OfExhibit, number];
  find_text: [OfExhibit & { text: string; reason: MaskDto["reason"] }, MaskDto[]];
  look_alikes: [OfExhibit, string[]];
  leaving: [OfExhibit & { page: number; job: string }, LeavingDto];
  revisions: [OfExhibit, RevisionDto[]];
  name_place: [OfExhibit & { name: string; radiusM: number }, TraceDto[]];
  forget_place: [OfExhibit & { name: string }, TraceDto[]];
  mask_hidden: [OfExhibit & { kind: HiddenDto["kind"]; reason: MaskDto["reason"] }, number];

  plan: [OfRecipient, PlanDto];
  preview: [OfRecipient & { job: string }, PreviewDto];
  release: [OfRecipient & { folder: string; seen: number; job: string }, ReleasedDto];

  ledger: [Nothing, LedgerRowDto[]];

  deadlines: [OfDossier, ClockDto];
  set_stops: [OfDossier & { stops: StopDto[] }, null];
}

/** Every event: what it carries. */
export interface Events {
  /** Files hang over the window, or no longer do. */
  "drag-over": boolean;
  /** Files were dropped: their paths. */
  "files-dropped": string[];
  /** The window is to close, once what is typed is saved. */
  closing: null;
  /** The vault is locked in a few seconds unless somebody shows that they are there. */
  locking: null;
  /** The vault was locked without the window asking for it: why. */
  locked: string;
  /** A backup was begun or made by the plan. */
  backup: null;
  /** A step of a job. */
  progress: ProgressDto;
}

