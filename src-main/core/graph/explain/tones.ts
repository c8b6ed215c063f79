import { lines } from './sign.ts';
import type { Sign } from './sign.ts';
import type { Phrase } from './phrase-net.ts';

/** What numbers are called, and how a text speaks: of a refusal, a failure, something to come. */
const TABLE: readonly (readonly [Sign, string])[] = [
  [{ is: 'key', key: 'subcode' }, '*subcode | *suberrorcode | *sub_error_code | *error_sub_code | *subcode was | *subcode is | *subcode of | *sub code | *sub_code | *subcodigo | *subcódigo'],
  [{ is: 'key', key: 'code' }, '*error_code | *errorcode | *error code | code. | *code is | *code was | *code of | *code equals | *codigo | *kode | *fehlercode | *oauthexception | *graphmethodexception | *error number | код. | код ошибки | कोड | 错误代码 | 代码 | コード | 코드 | الرمز | رمز الخطأ | codice'],
  // A word that stands before numbers of every kind.
  [{ is: 'key', key: 'loose' }, '*error | *erro. | *fehler | *exception | meta. | facebook. | whatsapp. | auth. | *type | erreur'],
  [{ is: 'key', key: 'http' }, 'http | status | *statuscode | *status code | *http code | *httpcode | *response code | *responsecode | *http_status | *httpstatus | http error | *http status code | *status_code | http/1 | http/2'],
  [{ is: 'key', key: 'number' }, 'line | errno | port. | exit code | exited with code | *errno: | zip code | postal code | country code | exitcode | *exit_code | process exited with code | language code | country_code | pin code | verification code | qr code | error count | *curl error | twilio error | error code from | bug. | issue. | ticket'],
  [{ is: 'tone', tone: 'auth' }, `
    unauthorized | unauthorised | unauthenticated | authentication | not authorized | not logged in | no autorizado | nao autorizado | non autorisé | nicht autorisiert | nicht berechtigt | tidak diizinkan | yetkisiz | غير مصرح | अनधिकृत | 未授权 | 認証 | 인증 | auth error | auth failed | login failed | invalid token | invalid access token | invalid oauth | token is invalid | token invalid | bad token | token inválido | token invalido | ungültiges token | token tidak valid | geçersiz token | invalid credentials | reauthenticate | re-authenticate | token revoked | token has been revoked | validating access token | token rejected | token is not valid | token no longer valid | is no longer valid | reconnect | re-auth | must log in again | log in again | access token | jeton d’accès | jeton invalide | token non valide | token de acceso | token de acesso | token akses | رمز الوصول | एक्सेस टोकन | erişim belirteci | erişim anahtarı | zugriffstoken | zugangstoken | token d'accès | token d’accès | маркер доступа | маркера доступа | токен доступа | токена доступа | zugriffsschlüssel | zugangsschlüssel | token di accesso | 访问口令 | 访问令牌 | 存取權杖 | 訪問口令 | アクセストークン | 액세스 토큰 | toegangstoken | mã truy cập | token dostępu | kunci akses | التوكن | अभिगम टोकन`],
  // Meta's opening words; where nothing follows them, they name no cause.
  [{ is: 'tone', tone: 'bare' }, 'error validating access token | invalid oauth access token | invalid oauth 2.0 access token'],
  [{ is: 'tone', tone: 'oauth' }, '*oauthexception'],
  [{ is: 'tone', tone: 'failure' }, `
    *error | fail | exception | *exception | denied | invalid | unauthorized | forbidden | refused | rejected | expired | not found | unable to | cannot | could not | couldn't | missing | *traceback | fatal | panic. | erro. | falha | falhou | fallo. | falló | fehler | erreur | echec | errore | gagal | kesalahan | hata. | hatası | ошибк | خطأ | فشل | त्रुटि | विफल | 错误 | 失败 | 錯誤 | エラー | 失敗 | 오류 | 실패 | warning: | rejeitad | rechazad | inválid | caducad | expirad | no autorizado | re-authenticate | reauthenticate | does not exist | not allowed | not supported | revoked | incorrect | unexpected | aborted | crash | segfault | undefined is not | is not defined | not authorized | declined | not accepted | bad auth | disconnected | re-login | not valid | not permitted | deleted. | insufficient`],
  [{ is: 'tone', tone: 'ahead' }, `
    will expire | expires in | expires soon | expiring | will be expired | about to expire | expire soon | expires on | is due to expire | nearing expiry | days until expir | *daysuntilexpir | days left | days remaining | before it expires | expira em | expirará | irá expirar | vai expirar | caducará | va a caducar | va a expirar | vence em | vence el | vencerá | expira en | läuft ab | läuft in | expire dans | va expirer | expirera | akan kedaluwarsa | akan berakhir | akan habis | süresi dolacak | dolmak üzere | истекает | истечет | истечёт | समाप्त हो जाएगा | समाप्त होने वाला | ستنتهي | ستنتهى | سينتهي | scadrà | scade tra | verloopt | 即将过期 | まもなく期限 | 期限切れになります | 곧 만료`],
  [{ is: 'tone', tone: 'subject' }, 'token | *token | password | oauth | scope | *scopes | credential | api_key | secret | authorization | login. | auth. | session. | 401 | 403 | permission | quota | limit'],
  [{ is: 'tone', tone: 'down' }, 'overloaded | 500 internal server | 502 bad gateway | 503 service | 504 gateway | bad gateway | service unavailable | gateway time-out | gateway timeout | internal server error'],
  [{ is: 'tone', tone: 'throttle' }, '429 too many | too many requests | rate limit | quota exceeded | *ratelimit | throttl'],
  [{ is: 'tone', tone: 'forbidden' }, '403 forbidden | forbidden. | status 403 | http 403'],
];

/** Those words as signs. */
export const TONES: readonly Phrase<Sign>[] = TABLE.flatMap(([meaning, table]) => lines(table).map((text) => ({ text, meaning })));
