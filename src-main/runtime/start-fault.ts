/** Why Evertoken cannot run, in a sentence for the owner. */
export class StartFault extends Error {
  override readonly name = 'StartFault';
}
