import type { Request, Response } from 'express';

/** One thing that went over the wire, as the simulator shows it. */
export interface WireEvent {
  seq: number;
  /** ISO time. */
  at: string;
  channel: 'whatsapp' | 'instagram' | 'carrier';
  /**
   * `message`: the customer's, by webhook; `status`: a delivery status, by webhook; `carrier`: a scan, by webhook; `send`: a message of ours to the
   * provider; `seen`: a read mark or typing of ours to the provider.
   */
  kind: 'message' | 'status' | 'carrier' | 'send' | 'seen';
  /** The provider's id of the person on the other side. */
  user?: string;
  /** HTTP status of the answer; 0: no answer came. */
  answered: number;
  /** Body that was posted. */
  body: unknown;
  /** Body of the answer, for sends. */
  answer?: unknown;
}

/** Events kept for pages that come later. */
const KEPT = 500;
const HEARTBEAT_MS = 15_000;

/** The simulator's memory of the wire, and its live feed. Lives as long as the process; the store knows nothing of it. */
export class Wire {
  private events: WireEvent[] = [];
  private seq = 0;
  private readonly open = new Set<Response>();

  /** Adds an event and shows it to every open page. */
  add(event: Omit<WireEvent, 'seq'>): void {
    this.seq += 1;
    const full = { ...event, seq: this.seq };
    this.events = [...this.events.slice(1 - KEPT), full];
    for (const res of this.open) this.write(res, full);
  }

  private write(res: Response, event: WireEvent): void {
    res.write(`id: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`);
  }

  /** Streams what is kept after the browser's last event, then what comes. */
  stream(req: Request, res: Response): void {
    const after = Number(req.get('last-event-id') ?? req.query['after']) || 0;
    res.set({ 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store', 'X-Accel-Buffering': 'no' });
    res.flushHeaders();
    // A restart begins again at 1: a page that knows more than there is gets everything.
    const from = after > this.seq ? 0 : after;
    res.write('retry: 1000\n\n');
    for (const event of this.events) if (event.seq > from) this.write(res, event);
    this.open.add(res);
    const beat = setInterval(() => res.write(': \n\n'), HEARTBEAT_MS);
    res.on('close', () => {
      clearInterval(beat);
      this.open.delete(res);
    });
  }
}
