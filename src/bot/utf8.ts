/**
 * Text that is kept for hours: as UTF-8 outside of the heap it takes half the room of a string of Chinese, and the collector
 * has nothing to walk. Not from node's common pool: there a few bytes that are kept hold eight kilobytes.
 */
export function utf8(text: string): Buffer {
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  bytes.write(text);
  return bytes;
}
