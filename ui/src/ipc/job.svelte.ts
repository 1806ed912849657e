// How is long work followed and stopped? A job has a name of its own; steps with that name are its own.
import type { ProgressDto } from "./generated/ProgressDto";
import { call, hearing } from "./index";

/** One piece of long work. Use `progress` and `stop` while `run` has not answered yet. */
export class Job {
  /** The last step that was told; null before the first and after the end. */
  progress: ProgressDto | null = $state(null);
  /** The last step of each stage; empty before the first and after the end. */
  stages: Record<string, ProgressDto> = $state.raw({});
  /** True while the work runs. */
  running = $state(false);
  /** True once it was asked to stop. */
  stopping = $state(false);

  private name = "";

  /** Runs work under a fresh name, which the work passes to its command. */
  async run<T>(work: (job: string) => Promise<T>): Promise<T> {
    this.name = crypto.randomUUID();
    this.running = true;
    this.stopping = false;
    const { begun, stop } = hearing("progress", (step) => {
      if (step.job !== this.name) return;
      this.progress = step;
      this.stages = { ...this.stages, [step.stage]: step };
    });
    try {
      // Work that begins sooner is soon past its first steps, and nobody would know of them.
      await begun;
      return await work(this.name);
    } finally {
      stop();
      this.progress = null;
      this.stages = {};
      this.running = false;
    }
  }

  /** Asks the work to stop at its next safe place. */
  stop(): void {
    if (!this.running || this.stopping) return;
    this.stopping = true;
    void call("cancel", { job: this.name });
  }
}
