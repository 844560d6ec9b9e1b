// Loaded into a measured process: tells its parent, when asked, how many microseconds of CPU it has used.
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send(user + system);
});
// The channel must not keep it alive.
process.channel.unref();
