/**
 * Where an entry is read: on this service, or on the official site when that is set by a template.
 *
 * `https://example.org/bk?id={id}` → `https://example.org/bk?id=zheng-feng`; {title} is there too.
 */
import type { Entry } from './entry';

export interface EntryLinks {
  /** The service's own address as people reach it, without a slash at its end; undefined gives addresses from the root. */
  publicUrl?: string;
  /** Setting BAIKE_URL_TEMPLATE. */
  template?: string | undefined;
}

export function entryUrl(entry: Pick<Entry, 'id' | 'title'>, { publicUrl = '', template }: EntryLinks): string {
  if (!template) return `${publicUrl.replace(/\/+$/, '')}/baike/${encodeURIComponent(entry.id)}`;
  // A function, so that a title with $& in it isn't read as a pattern.
  return template.replace(/\{(id|title)\}/g, (_, name: 'id' | 'title') => encodeURIComponent(entry[name]));
}
