// What rules are there, and what would a file from outside change? One file at a time; nothing is taken unseen.
import { asFailure, call, type Failure } from "../../ipc";
import type { OfferDto } from "../../ipc/generated/OfferDto";
import type { PackVersionDto } from "../../ipc/generated/PackVersionDto";
import type { PacksDto } from "../../ipc/generated/PacksDto";
import { toast } from "../../parts/toast.svelte";
import { t } from "../../text";

/** The rules of a vault. */
export class Packing {
  all: PacksDto | null = $state.raw(null);
  /** The file that was looked at and not taken. */
  offer: OfferDto | null = $state.raw(null);
  failure: Failure | null = $state.raw(null);
  busy = $state(false);

  /** Asks how things stand. */
  async load(): Promise<void> {
    await this.#attempt(() => this.#load());
  }

  /** Lets the user choose a file and looks at it. */
  async pick(): Promise<void> {
    await this.#attempt(async () => {
      const path = await call("pick_pack");
      if (path !== null) this.offer = await call("look_at_pack", { path });
    });
  }

  /** Looks at a file that was dropped. */
  async look(path: string): Promise<void> {
    await this.#attempt(async () => {
      this.offer = null;
      this.offer = await call("look_at_pack", { path });
    });
  }

  /** Takes what was looked at, and nothing else. */
  async take(): Promise<void> {
    const { offer } = this;
    if (!offer) return;
    await this.#attempt(async () => {
      await call("take_pack", { path: offer.path, seen: offer.sha256 });
      this.offer = null;
      toast(t("packs.taken", { id: offer.id, version: offer.version }));
      await this.#load();
    });
  }

  /** Leaves the file that was looked at. */
  discard(): void {
    this.offer = null;
    this.failure = null;
  }

  /** Begins new dossiers under another version. */
  async choose({ id, version }: PackVersionDto): Promise<void> {
    await this.#attempt(async () => {
      await call("choose_pack", { id, version });
      toast(t("packs.rolled-back", { version }));
      await this.#load();
    });
  }

  /** Takes somebody's packs from now on. Throws what Rust says against it. */
  async trust(name: string, key: string): Promise<void> {
    await call("trust_publisher", { name, key });
    toast(t("packs.trusted", { name: name.trim() }));
    await this.load();
  }

  /** Takes somebody's packs no more. */
  async distrust(key: string): Promise<void> {
    await this.#attempt(async () => {
      await call("distrust_publisher", { key });
      await this.#load();
    });
  }

  async #load(): Promise<void> {
    this.all = await call("packs");
  }

  async #attempt(work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.failure = null;
    try {
      await work();
    } catch (thrown) {
      this.failure = asFailure(thrown);
    }
    this.busy = false;
  }
}
