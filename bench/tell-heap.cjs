/** Loaded into a process that is measured: asked by its parent, it collects its garbage and tells what is left. */
process.on('message', () => {
  globalThis.gc();
  process.send(process.memoryUsage());
});
process.channel?.unref();
