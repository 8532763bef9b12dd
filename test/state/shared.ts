/** A connection for tests: ready when it is handed over. */
import type { Logger } from 'pino';
import { connectState, type SharedState } from '../../src/state/connect-state';
import { SILENT } from '../bot/fake-engine';

export async function connected(url: string, prefix = 't:', logger: Logger = SILENT): Promise<SharedState> {
  const state = connectState({ url, prefix }, logger);
  await ready(state);
  return state;
}

export function ready({ redis }: SharedState): Promise<unknown> {
  return redis.status === 'ready' ? Promise.resolve() : new Promise((resolve) => redis.once('ready', resolve));
}
