// What is being done for the vault, and what came of it? One piece of work at a time, since each needs the
// whole vault. Deliberately absent: passphrases; they are handed on and not kept.
import { call } from "../../ipc";
import type { BackupDto } from "../../ipc/generated/BackupDto";
import type { BackupKeysDto } from "../../ipc/generated/BackupKeysDto";
import type { BackupPlanDto } from "../../ipc/generated/BackupPlanDto";
import type { BackupRowDto } from "../../ipc/generated/BackupRowDto";
import type { CareDto } from "../../ipc/generated/CareDto";
import type { CheckedDto } from "../../ipc/generated/CheckedDto";
import type { RehearsalDto } from "../../ipc/generated/RehearsalDto";
import { Job } from "../../ipc/job.svelte";

/** A piece of work. */
export type Work = "backup" | "rehearse" | "check" | "rekey";

/** What came of a piece of work, and when. */
export interface Outcome<T> {
  found: T;
  at: Date;
}

/** The state of the screen. */
export class Caring {
  /** How the vault stands; null until it is known. */
  care: CareDto | null = $state(null);
  /** The backups that are known, the newest first; null until they are. */
  rows: BackupRowDto[] | null = $state(null);
  /** The backup that was chosen in the list, to be rehearsed or brought back. */
  chosen: string | null = $state(null);
  /** Why that is not known. */
  unknown: unknown = $state(null);
  /** What runs, or ran last. */
  work: Work | null = $state(null);
  /** Why the last work failed. */
  failure: unknown = $state(null);
  /** Backups that an earlier passphrase or recovery key still opens, or may open. */
  earlier: BackupKeysDto[] = $state([]);
  backup: Outcome<BackupDto> | null = $state(null);
  rehearsal: Outcome<RehearsalDto> | null = $state(null);
  check: Outcome<CheckedDto> | null = $state(null);

  readonly job = new Job();

  /** Asks how the vault stands. */
  async load(): Promise<void> {
    try {
      this.care = await call("vault_care");
      this.rows = await call("backups");
      this.unknown = null;
      await this.loadEarlier();
    } catch (thrown) {
      this.unknown = thrown;
    }
  }

  /** Looks which backups today's keys do not open. */
  async loadEarlier(): Promise<void> {
    const known = await call("backup_keys");
    this.earlier = known.filter((backup) => !(backup.passphrase && backup.recoveryKey));
  }

  /** Gives the vault a new key for everything. True when it holds. */
  async rekey(current: string, passphrase: string, recoveryKey: string): Promise<boolean> {
    const done = await this.run("rekey", (job) =>
      call("rekey_vault", { current, new: passphrase, recoveryKey, job }),
    );
    if (done) await this.loadEarlier();
    return done !== null;
  }

  /** Copies the vault into a folder and reads it back. */
  async backUp(folder: string): Promise<void> {
    this.backup = null;
    this.backup = await this.run("backup", (job) => call("backup_vault", { folder, job }));
    if (this.backup) await this.load();
  }

  /** Makes the next backup of the plan. */
  async backUpNow(): Promise<void> {
    this.backup = null;
    this.backup = await this.run("backup", (job) => call("back_up_now", { job }));
    await this.load();
  }

  /** Replaces the plan; throws what was refused. */
  async setPlan(plan: BackupPlanDto): Promise<void> {
    await call("set_backup_plan", { ...plan });
    await this.load();
  }

  /** Takes a backup off the list; its folder stays. */
  async forget(folder: string): Promise<void> {
    await call("forget_backup", { folder });
    if (this.chosen === folder) this.chosen = null;
    await this.load();
  }

  /** Opens a backup as on the day it is needed. True when that could be done. */
  async rehearse(folder: string, passphrase: string): Promise<boolean> {
    this.rehearsal = null;
    this.rehearsal = await this.run("rehearse", (job) => call("rehearse_backup", { folder, passphrase, job }));
    if (this.rehearsal) await this.load();
    return this.rehearsal !== null;
  }

  /** Reads every byte of the vault. */
  async checkAll(): Promise<void> {
    this.check = null;
    this.check = await this.run("check", (job) => call("check_vault", { job }));
  }

  private async run<T>(work: Work, begin: (job: string) => Promise<T>): Promise<Outcome<T> | null> {
    if (this.job.running) return null;
    this.work = work;
    this.failure = null;
    try {
      const found = await this.job.run(begin);
      return { found, at: new Date() };
    } catch (thrown) {
      this.failure = thrown;
      return null;
    }
  }
}
