/**
 * The figures of operation, in the form of Prometheus. What may become a label has few values: no figure grows with the
 * number of people who ask.
 */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What is known of a turn that was answered. */
export interface TurnFigures {
  channel: string;
  turn: { reply: { answer: { kind: string; grade: string | null } }; fault?: unknown };
  engineMs: number;
  turnMs: number;
}

/** Read when the figures are fetched. */
export interface Readings {
  sockets: () => number;
  waitingRequests: () => number;
  conversations?: () => number;
  reports: () => number;
  entries: () => number;
}

export const PREFIX = 'hotline_bot_';
const CHANNELS = new Set(['msteams', 'directline', 'webchat', 'wecom', 'emulator', 'test']);
const ENGINE_S = [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1];
const TURN_S = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export class Metrics {
  readonly registry = new Registry();
  private readonly turns = this.counter('turns_total', 'Answered turns', ['channel', 'kind', 'grade']);
  private readonly misses = this.counter('misses_total', 'Turns that were declined or asked back', ['channel', 'kind']);
  private readonly withheld = this.counter('withheld_total', 'Replies withheld by the outgoing check');
  private readonly engine = this.histogram('engine_seconds', 'Time of the engine for a turn', [], ENGINE_S);
  private readonly turn = this.histogram('turn_seconds', 'Time from message to reply', ['channel'], TURN_S);
  private readonly requests = this.histogram('request_seconds', 'HTTP requests', ['route', 'status'], TURN_S);
  private readonly shed = this.counter('shed_total', 'Requests turned away for want of room');
  private readonly faults = this.counter('faults_total', 'Warnings and errors in the log', ['level', 'event']);
  private readonly store = this.counter('store_errors_total', 'Failed calls of a store', ['store', 'call']);
  private readonly wecom = this.counter('wecom_errors_total', 'Failures towards and from the platform', ['event']);
  private readonly reloads = this.counter('reloads_total', 'Reloads of reports, entries and wording', ['outcome']);
  private readonly loadedAt = this.gauge('knowledge_loaded_timestamp_seconds', 'When the present set was loaded');

  constructor() {
    collectDefaultMetrics({ register: this.registry, prefix: PREFIX });
    this.loadedAt.setToCurrentTime();
  }

  /** For the bot's observers. */
  readonly seeTurn = ({ channel: named, turn, engineMs, turnMs }: TurnFigures): void => {
    const channel = CHANNELS.has(named) ? named : 'other'; // the sender writes it
    const { kind, grade } = turn.reply.answer;
    this.turns.inc({ channel, kind, grade: grade ?? 'none' });
    if (kind === 'decline' || kind === 'clarify') this.misses.inc({ channel, kind });
    if (turn.fault) this.withheld.inc();
    this.engine.observe(engineMs / 1000);
    this.turn.observe({ channel }, turnMs / 1000);
  };

  seeRequest(route: string, status: number, seconds: number): void {
    this.requests.observe({ route, status: String(status) }, seconds);
  }

  seeShed(): void {
    this.shed.inc();
  }

  /** For the logger: its words are ours and few. */
  readonly seeFault = (level: string, event: string): void => {
    this.faults.inc({ level, event });
    if (event.startsWith('wecom: ')) this.wecom.inc({ event: event.slice('wecom: '.length) });
  };

  seeStoreFault(store: string, call: string): void {
    this.store.inc({ store, call });
  }

  seeReload(isDone: boolean): void {
    this.reloads.inc({ outcome: isDone ? 'done' : 'refused' });
    if (isDone) this.loadedAt.setToCurrentTime();
  }

  read(readings: Readings): void {
    const told: [name: string, help: string, value: (() => number) | undefined][] = [
      ['sockets', 'Open WebSockets', readings.sockets],
      ['waiting_requests', 'Requests waiting to be let in', readings.waitingRequests],
      ['conversations', 'Conversations kept in this process', readings.conversations],
      ['reports', 'Reports that are loaded', readings.reports],
      ['entries', 'Entries of the encyclopedia that are loaded', readings.entries],
    ];
    for (const [name, help, value] of told) {
      if (value) this.gauge(name, help, value);
    }
  }

  private counter(name: string, help: string, labelNames: string[] = []) {
    return new Counter({ name: PREFIX + name, help, labelNames, registers: [this.registry] });
  }

  private gauge(name: string, help: string, value?: () => number) {
    return new Gauge({
      name: PREFIX + name,
      help,
      registers: [this.registry],
      ...(value && {
        collect() {
          this.set(value());
        },
      }),
    });
  }

  private histogram(name: string, help: string, labelNames: string[], buckets: number[]) {
    return new Histogram({ name: PREFIX + name, help, labelNames, buckets, registers: [this.registry] });
  }
}
