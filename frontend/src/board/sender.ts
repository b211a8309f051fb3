import type { BoardApi } from './api';
import { Refused, SignedOut, SomebodyElse } from './api';
import { isUndo, type Entry, type Result, type SubmitAnswer } from './contract';
import type { Outbox } from './outbox';

export type SenderState = 'idle' | 'sending' | 'offline' | 'signed-out' | 'somebody-else';

const BATCH = 20;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 15_000;

/// Empties the outbox in order, one request at a time, until the server has acknowledged everything.
export class Sender {
  state: SenderState = 'idle';
  private running = false;
  private batchLimit = BATCH;
  private wait = FIRST_WAIT_MS;
  private timer = 0;

  constructor(
    private readonly api: BoardApi,
    private readonly outbox: Outbox,
    private readonly onState: () => void,
    private readonly onResult: (entry: Entry, result: Result) => void,
    private readonly onAnswer: (answer: SubmitAnswer) => void,
  ) {
    addEventListener('online', () => this.kick());
    addEventListener('pagehide', () => this.leave());
  }

  kick(): void {
    clearTimeout(this.timer);
    this.wait = FIRST_WAIT_MS;
    void this.run();
  }

  private async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      while (this.outbox.size > 0) {
        await this.sendNext();
      }
      this.batchLimit = BATCH;
      this.become('idle');
    } catch (problem) {
      this.become(trouble(problem));
      this.timer = window.setTimeout(() => void this.run(), this.wait);
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT_MS);
    } finally {
      this.running = false;
    }
  }

  private async sendNext(): Promise<void> {
    const batch = this.nextBatch();
    if (this.state === 'idle') this.become('sending');
    try {
      this.settle(batch, await this.api.submit(batch));
      this.wait = FIRST_WAIT_MS;
    } catch (problem) {
      if (!(problem instanceof Refused)) throw problem;
      this.handleRefusal(batch, problem);
    }
  }

  /// An undo closes its batch: what follows may need the lease it answers with.
  private nextBatch(): Entry[] {
    const next = this.outbox.entries.slice(0, this.batchLimit);
    const undo = next.findIndex(isUndo);
    return undo < 0 ? next : next.slice(0, undo + 1);
  }

  private settle(batch: Entry[], answer: SubmitAnswer): void {
    const results = new Map(answer.results.map(result => [result.id, result]));
    let settled = 0;
    for (const entry of batch) {
      const result = results.get(entry.id);
      if (!result) continue; // not handled: it stays and goes again
      settled++;
      this.outbox.remove(entry.id);
      this.onResult(entry, result);
    }
    if (settled === 0) throw new Error('the server settled nothing');
    this.become('sending');
    this.onAnswer(answer);
  }

  /// One bad entry must not take its neighbours with it: the batch goes again one by one. A lost right keeps everything.
  private handleRefusal(batch: Entry[], problem: Refused): void {
    if (problem.status === 403) throw new SignedOut();
    if (batch.length > 1) {
      this.batchLimit = 1;
      return;
    }
    const [entry] = batch;
    this.outbox.remove(entry!.id);
    this.onResult(entry!, { id: entry!.id, status: 'refused', message: problem.message });
  }

  private leave(): void {
    const unsent = this.nextBatch();
    if (unsent.length > 0) this.api.submitOnLeave(unsent);
  }

  private become(state: SenderState): void {
    this.state = state;
    this.onState();
  }
}

function trouble(problem: unknown): SenderState {
  if (problem instanceof SomebodyElse) return 'somebody-else';
  return problem instanceof SignedOut ? 'signed-out' : 'offline';
}
