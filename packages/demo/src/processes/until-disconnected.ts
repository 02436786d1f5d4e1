/** Waits until the job is gone: its processes must not outlive it. */
export async function untilDisconnected(): Promise<void> {
  await new Promise<void>((resolve) => {
    process.once('disconnect', resolve);
  });
}
