import type { NewApp, NewWaba } from './directory.ts';
import { Directory } from './directory.ts';
import type { PracticeClock } from './clock.ts';
import { createRecent } from './recent.ts';
import type { Ending, PracticeApp, PracticeNumber, PracticeToken, PracticeUser, SentMessage } from './records.ts';
import type { RefusalRow } from './refusals.ts';
import { seededStream } from './seeded.ts';
import type { TokenRequest } from './token-book.ts';
import { TokenBook } from './token-book.ts';

const SENT_KEPT = 10_000;

/**
 * Everything Meta knows, and the deeds of people in Meta's dashboards that change it. Naming an id or a token
 * that is not there throws: that is a mistake of whoever plays the dashboard.
 */
export class PracticeWorld {
  readonly directory = new Directory();
  readonly tokens: TokenBook;
  readonly #clock: PracticeClock;
  readonly #sent = createRecent<SentMessage>(SENT_KEPT);

  constructor(clock: PracticeClock, seed: number) {
    this.#clock = clock;
    this.tokens = new TokenBook(seededStream(seed));
  }

  addApp(app: NewApp): void {
    this.directory.addApp(app);
  }

  /** A person. */
  addUser(user: { readonly id: string; readonly name: string }): void {
    this.directory.addUser(user.id, user.name, 'person');
  }

  addSystemUser(user: { readonly id: string; readonly name: string }): void {
    this.directory.addUser(user.id, user.name, 'system');
  }

  addWaba(waba: NewWaba): void {
    this.directory.addWaba(waba);
  }

  /** Gives a user an account. Tokens that exist do not pick it up. */
  assign(userId: string, wabaId: string): void {
    this.directory.needUser(userId).wabas.add(wabaId);
  }

  /** Takes an account away from a user and from every token of theirs, at once. */
  unassign(userId: string, wabaId: string): void {
    this.directory.needUser(userId).wabas.delete(wabaId);
  }

  /** Makes a token as the dashboard does and answers its string. */
  issueToken(request: TokenRequest): string {
    this.directory.needApp(request.appId);
    return this.tokens.issue(request, this.directory.needUser(request.userId), this.#clock.now()).value;
  }

  /** What is known about a token string. */
  token(value: string): PracticeToken {
    const token = this.tokens.find(value);
    if (token === null) throw new Error('practice world: there is no such token');
    return token;
  }

  /** Changes rules or the secret of an app. */
  changeApp(appId: string, change: Partial<Omit<PracticeApp, 'id' | 'name'>>): void {
    Object.assign(this.directory.needApp(appId), change);
  }

  /** Changes what is said about a phone number, or whether it is registered. */
  changeNumber(numberId: string, change: Partial<Pick<PracticeNumber, 'quality' | 'status' | 'registered'>>): void {
    Object.assign(this.directory.needNumber(numberId), change);
  }

  /** A person changes their password: all their tokens end. System users have none, which is why they last. */
  changePassword(userId: string): void {
    if (this.directory.needUser(userId).kind === 'person') this.#end('password_changed', (token) => token.userId === userId);
  }

  /** The user throws the app out. */
  removeApp(userId: string, appId: string): void {
    this.#end('app_removed', (token) => token.userId === userId && token.appId === appId);
  }

  /** The user loses their role in the app's business. */
  loseRole(userId: string, appId: string): void {
    this.#end('lost_role', (token) => token.userId === userId && token.appId === appId);
  }

  logout(value: string): void {
    this.token(value).ended ??= 'logged_out';
  }

  /** What `/oauth/revoke` does; afterwards Meta speaks of a log-out. */
  revoke(value: string): void {
    this.logout(value);
  }

  /** Ends a token as one that was not used for 90 days. */
  inactive(value: string): void {
    this.token(value).ended ??= 'inactive_90_days';
  }

  /** Meta wants the person to log in at facebook.com first. `standing('good')` lifts it, and the tokens work again. */
  checkpoint(userId: string): void {
    this.standing(userId, 'checkpoint');
  }

  unconfirmed(userId: string): void {
    this.standing(userId, 'unconfirmed');
  }

  standing(userId: string, standing: PracticeUser['standing']): void {
    this.directory.needUser(userId).standing = standing;
  }

  /** Takes a permission from a token. */
  loseScope(value: string, scope: string): void {
    const token = this.token(value);
    token.scopes = token.scopes.filter((held) => held !== scope);
  }

  /** Ends the data access of a token now. The token itself goes on. */
  endDataAccess(value: string): void {
    this.token(value).dataAccessEndsAt = this.#clock.now();
  }

  /** Which row of the error tables a token answers with; null while it works. */
  whyDead(token: PracticeToken): RefusalRow | null {
    if (token.ended !== null) return token.ended;
    const { standing } = this.directory.needUser(token.userId);
    if (standing !== 'good') return standing;
    return token.expiresAt !== null && token.expiresAt <= this.#clock.now() ? 'expired' : null;
  }

  /** Whether a token reaches an account: it had it when it was made and its user still has it. */
  reaches(token: PracticeToken, wabaId: string): boolean {
    return token.wabas.has(wabaId) && this.directory.needUser(token.userId).wabas.has(wabaId);
  }

  /** Accepted sends, oldest first, up to 10,000. */
  sent(): readonly SentMessage[] {
    return this.#sent.list();
  }

  addSent(message: SentMessage): void {
    this.#sent.add(message);
  }

  #end(ending: Ending, concerned: (token: PracticeToken) => boolean): void {
    for (const token of this.tokens.all()) if (concerned(token)) token.ended ??= ending;
  }
}
