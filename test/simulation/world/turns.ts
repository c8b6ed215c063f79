/** Lets whatever else runs go on for some turns of the microtask queue, without any time passing. */
export async function letOthersRun(turns: number): Promise<void> {
  for (let turn = turns; turn > 0; turn -= 1) await Promise.resolve();
}
