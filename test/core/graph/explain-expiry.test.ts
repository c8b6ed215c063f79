import { describe, expect, it } from 'vitest';
import { explainError } from '../../../src-main/core/graph/explain.ts';

const META = 'Error validating access token: Session has expired';

describe('when a token expired', () => {
  it.each([
    ['winter in California', 'on Sunday, 05-Jan-25 03:00:00 PST. The current time is Monday, 06-Jan-25 09:11:12 PST.', '2025-01-05T11:00:00Z'],
    ['summer in California', 'on Tuesday, 22-Jul-25 05:00:00 PDT.', '2025-07-22T12:00:00Z'],
    ['a weekday that is wrong', 'on Friday, 22-Jul-25 05:00:00 PDT.', '2025-07-22T12:00:00Z'],
    ['over midnight and the year', 'on Wednesday, 31-Dec-25 20:30:00 PST.', '2026-01-01T04:30:00Z'],
    ['a leap day', 'on Thursday, 29-Feb-24 01:00:00 PST', '2024-02-29T09:00:00Z'],
    ['four digits of the year', 'on Tuesday, 22-Jul-2025 05:00:00 PDT', '2025-07-22T12:00:00Z'],
    ['one digit of the day', 'on Tuesday, 2-Jul-25 5:00:00 PDT', '2025-07-02T12:00:00Z'],
    ['unix time', 'at unix time 1400000000. The current unix time is 1400001111.', '2014-05-13T16:53:20Z'],
    ['Greenwich', 'on Saturday, 12-Jul-25 16:00:00 GMT', '2025-07-12T16:00:00Z'],
    ['Europe', 'on Tuesday, 22-Jul-25 05:00:00 CEST', '2025-07-22T03:00:00Z'],
    ['an offset', 'on Tuesday, 22-Jul-25 05:00:00 +0530', '2025-07-21T23:30:00Z'],
    ['an offset from UTC', 'on Tuesday, 22-Jul-25 05:00:00 UTC-03:00', '2025-07-22T08:00:00Z'],
    ['ISO 8601', 'on 2025-07-22T05:00:00+0000', '2025-07-22T05:00:00Z'],
    ['ISO 8601 with Z', 'on 2025-07-22T05:00:00.000Z', '2025-07-22T05:00:00Z'],
    ['the American way', 'on Jul 22, 2025 at 5:00:00 PM PDT', '2025-07-23T00:00:00Z'],
    ['lines broken in it', 'on Tuesday,\n  22-Jul-25\n 05:00:00\n PDT', '2025-07-22T12:00:00Z'],
    ['quotes in it', 'on Tuesday, "\n  "22-Jul-25 05:00:00 PDT', '2025-07-22T12:00:00Z'],
    ['capitals', 'ON TUESDAY, 22-JUL-25 05:00:00 PDT', '2025-07-22T12:00:00Z'],
    ['no zone', 'on Tuesday, 22-Jul-25 05:00:00.', null],
    ['no zone, though now has one', 'on Tuesday, 22-Jul-25 05:00:00. The current time is Friday, 25-Jul-25 05:00:00 PDT', null],
    ['no time', 'on Tuesday, 22-Jul-25. The current time is Friday, 25-Jul-25 05:00:00 PDT', null],
    ['a word that is no zone', 'on Tuesday, 22-Jul-25 05:00:00 and', null],
    ['no moment', '', null],
    ['a placeholder', 'at unix time SOME_TIME. The current unix time is 1400001111.', null],
    ['a day that does not exist', 'on Sunday, 31-Feb-25 05:00:00 PDT', null],
    ['an hour that does not exist', 'on Sunday, 01-Feb-25 25:00:00 PDT', null],
  ])('%s', (_what, words, expected) => {
    expect(explainError(`${META} ${words}`)).toMatchObject({ cause: 'expired', expiredAt: expected });
  });

  it.each([
    ['Portuguese', 'Erro ao validar o token de acesso: A sessão expirou em terça-feira, 22-jul-25 05:00:00 PDT. A hora atual é quarta-feira, 23-jul-25 06:11:00 PDT.', '2025-07-22T12:00:00Z'],
    ['Spanish', 'Error al validar el token de acceso: La sesión caducó el martes, 22 de julio de 2025 a las 05:00:00 PDT.', '2025-07-22T12:00:00Z'],
    ['German, the date before the word', 'Fehler beim Validieren des Zugriffsschlüssels: Die Sitzung ist am Dienstag, 22-Jul-25 05:00:00 PDT abgelaufen.', '2025-07-22T12:00:00Z'],
    ['French', 'Jeton d’accès : La session a expiré le mardi 22-août-25 05:00:00 UTC.', '2025-08-22T05:00:00Z'],
    ['a form', 'error_message=Error+validating+access+token%3A+Session+has+expired+on+Friday%2C+01-Aug-25+11%3A00%3A00+PDT.', '2025-08-01T18:00:00Z'],
  ])('in %s', (_what, text, expected) => {
    expect(explainError(text)).toMatchObject({ cause: 'expired', expiredAt: expected });
  });

  it('is told of tokens only: not of a certificate, a cache or another vendor', () => {
    expect(explainError('certificate has expired on Tuesday, 22-Jul-25 05:00:00 PDT').expiredAt).toBeNull();
    expect(explainError('(#4) Application request limit reached\nexpires: Sat, 01 Jan 2000 00:00:00 GMT').expiredAt).toBeNull();
    expect(explainError('Dropbox token expired at 2025-07-22T05:00:00Z').expiredAt).toBeNull();
  });
});
