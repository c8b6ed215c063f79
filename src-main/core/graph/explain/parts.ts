import { lines, PART_NAMES } from './sign.ts';
import type { ExplainedCause, Part, Sign } from './sign.ts';
import type { Phrase } from './phrase-net.ts';

/**
 * Stems of the words that Meta's sentences, and people who write about them, are made of: English, Portuguese, Spanish,
 * French, Italian, German, Dutch, Indonesian and Malay, Turkish, Polish, Russian, Vietnamese, Arabic, Hindi, Chinese,
 * Japanese, Korean, Thai. A stem counts at the beginning of a word, in scripts without gaps anywhere.
 */
const STEMS: Readonly<Record<Part, string>> = {
  session: 'session. | sessions | sesion | sessao | sessione. | sitzung | sessie | sesi. | sesja | sesji | sesje | oturum | сеанс | сесси | phien | الجلسة | جلسة | جلستك | सत्र | सेशन | 会话 | 会話 | セッション | 세션 | เซสชัน | 工作階段',
  token: 'token | *accesstoken | *access_token | jeton | clave de acceso | identificador de acceso | chave de acesso | zugriffsschl | zugangsschl | zugriffstoken | zugangstoken | toegangstoken | anahtar | belirteç | belirteci | jeton d | jetonu | маркер | токен | ключ доступа | رمز الوصول | رمز الدخول | التوكن | توكن | टोकन | ऐक्सेस टोकन | 令牌 | 口令 | 权杖 | 權杖 | トークン | 토큰 | โทเค็น | credencia | ma truy cap | kunci akses',
  expired: `expired. | has expired | *expired | expirou | expirad | expiro. | expiró | caduc | vencid | vencio | venceu | expire. le | a expire | expiree | périmé | scadut | abgelaufen | verlopen | vervallen | kedaluwarsa | kadaluarsa | kadaluwarsa | kedaluarsa | berakhir | habis masa | tamat tempoh | luput | doldu | sona erdi | dolmus | wygas | истек | истёк | просроч | закончил | het han | انتهت صلاحي | انتهى صلاحي | انتهت الجلس | انتهاء صلاحي | منتهية الصلاحية | منتهي الصلاحية | منتهي | انتهت | समाप्त | एक्सपायर | अवधि खत्म | 过期 | 過期 | 已失效 | 到期 | 期限切れ | 期限が切れ | 失効 | 만료 | หมดอายุ`,
  password: 'password | senha | contraseña | mot de passe | passwort | kennwort | wachtwoord | kata sandi | sandi | sifre | parola | haslo | hasla | парол | mat khau | كلمة المرور | كلمة السر | पासवर्ड | 密码 | 密碼 | パスワード | 비밀번호 | รหัสผ่าน',
  changed: 'chang | alter | mudou | mudar | modif | cambi | trocou | trocad | redefin | geändert | gewechselt | gewijzigd | veranderd | mengubah | diubah | mengganti | diganti | degist | zmieni | измен | смен | поменял | da doi | thay doi | تغيير | غيّر | غير | بتغيير | غيرت | बदल | परिवर्तन | 更改 | 修改 | 变更 | 變更 | 変更 | 변경 | เปลี่ยน | reset.',
  logged_out: 'logged out | log out | logout | signed out | saiu | fez logout | encerrou a sessao | desconect | cerro sesion | cerro la sesion | cerrado sesion | cerrado la sesion | ha salido | se deconnect | est deconnect | s’est déconnect | s est deconnect | s\'est deconnect | deconnexion | abgemeldet | ausgeloggt | uitgelogd | afgemeld | keluar | log keluar | cikis yap | cikti. | oturumu kapat | wylogowa | вышел | вышла | вышли | разлогин | dang xuat | سجل الخروج | تسجيل الخروج | بتسجيل الخروج | سجّل الخروج | लॉग आउट | लॉगआउट | 登出 | 退出登录 | 注销 | ログアウト | 로그아웃 | ออกจากระบบ | disconnesso',
  user: 'user | usuari | utente | utilisateur | utilizador | benutzer | nutzer | gebruiker | pengguna | pemakai | kullanici | uzytkownik | пользовател | nguoi dung | المستخدم | مستخدم | उपयोगकर्ता | यूज़र | यूजर | 用户 | 使用者 | ユーザー | 사용자 | ผู้ใช้',
  app: 'app. | application | aplicativo | aplicacion | aplicacao | aplicativ | applicazion | anwendung | toepassing | aplikasi | uygulama | aplikacj | приложен | ung dung | التطبيق | تطبيق | ऐप | एप्लिकेशन | एप्लीकेशन | 应用 | 應用 | アプリ | 앱 | 애플리케이션 | แอป',
  not_authorized: `not authorized | not authorised | hasn't authorized | nao autorizou | não autorizou | no autorizo | no ha autorizado | n'a pas autoris | n’a pas autoris | pas autorise | nicht autorisiert | nicht genehmigt | non ha autorizzato | niet geautoriseerd | belum mengizinkan | tidak mengizinkan | belum mengotorisasi | tidak mengotorisasi | yetki vermedi | yetkilendirme | izin vermedi | yetkilendirmedi | nie autoryzowa | не авторизовал | не разрешил | chua cho phep | لم يصرح | لم يأذن | لم يفوض | لم يخول | अधिकृत नहीं | अनुमति नहीं दी | 未授权 | 未授權 | 承認していま | 許可していま | 승인하지 | removeu o app | removeu o aplicativo | elimino la aplicacion | removio la aplicacion | quito la aplicacion | hat die app entfernt | menghapus aplikasi | a supprime l'app`,
  unreadable: `parse. | parsed. | cannot parse | decrypt | decifra | descriptograf | descifrar | desencriptar | analizar | analisar | interpretar | nao foi possivel ler | malformad | mal formad | mal forme | déchiffr | dechiffr | d'analyser | d’analyser | analyser | entschlüssel | nicht geparst | geparst | verarbeitet werden | nicht gelesen | analysiert | ungültiges format | mengurai | mendekripsi | memparsing | cozumlen | cozulem | ayristir | sifresi coz | rozszyfrow | przetworzyc | расшифров | разобрать | проанализ | phan tich | giai ma | تحليل | فك تشفير | قراءة رمز | पार्स | डिक्रिप्ट | विश्लेषण | 解析 | 解密 | 無法剖析 | 復号 | 구문 분석 | 해독 | decodif | interpretare`,
  permission: 'permission | permiso | permiss | autorizzazion | berechtigung | zugriffsrecht | machtiging | toestemming | izin. | perizinan | izni. | izinleri | izinler | yetki | uprawni | разрешен | права | прав доступа | quyen. | إذن | صلاحيات | أذونات | الأذونات | الإذن | अनुमति | 权限 | 權限 | 権限 | アクセス許可 | 권한 | สิทธิ์ | scope. | scopes. | autorisation',
  missing: `missing | lacks | lacking | without | faltan | falta. | faltando | ausent | nao tem | nao possui | sem permiss | no tiene | sin permiso | carece | manque | n'a pas | n’a pas | pas la permission | pas l'autorisation | fehlt | fehlend | keine berechtigung | nicht die erforderlich | manca | non ha | non dispone | ontbre | geen toestemming | tidak memiliki | tidak punya | belum memiliki | yok. | eksik | gerekli izin | bulunmuyor | brak. | brakuje | nie ma. | отсутств | нет прав | не хватает | недостаточно | khong co quyen | thieu | ليس لدي | لا يملك | لا تملك | مفقود | ينقص | नहीं है | कमी | 缺少 | 没有 | 沒有 | 不足 | 不够 | ありません | がない | 없습니다 | 없음 | 부족 | ไม่มี | insufficient | denied | negad | denegad | refusé | verweigert | ditolak | reddedildi | отказано | مرفوض | अस्वीकृत | required`,
  limit: 'limite | límite | grenze | limiet | batas | sinir | limit | лимит | предел | gioi han | الحد. | حد المعدل | الحد الأقصى | सीमा | 限制 | 上限 | 頻率 | 频率 | 制限 | 한도 | 제한 | ขีดจำกัด | kuota | cuota | cota. | quota',
  too_many: `too many | exceeded | reached | demasiad | muitas | muitos | excedid | excede | supera | alcanz | atingi | atteint | dépass | depass | trop de | zu viele | überschritt | erreicht | raggiunt | superat | troppe | te veel | overschre | bereikt | terlalu banyak | tercapai | melebihi | terlampaui | mencapai | cok fazla | asildi | ulasildi | asti. | zbyt wiele | przekrocz | слишком много | превыш | достигнут | qua nhieu | da dat | vuot qua | تجاوز | عدد كبير جد | بلغ | الكثير من | बहुत अधिक | बहुत ज़्यादा | पहुँच | पार कर | पार हो | 过多 | 過多 | 太多 | 超过 | 超過 | 超出 | 已达 | 達到 | 達し | 多すぎ | 초과 | 너무 많 | 도달 | เกิน`,
  calls: 'calls | requests | llamad | chamad | solicita | solicitud | peticion | requisic | pedidos | appels | requêtes | demandes. | anfrage | aufrufe | richieste | chiamate | verzoek | permintaan | panggilan | istek | istegi | zapytan | zadan | żądań | запрос | вызов | yeu cau | طلبات | الطلبات | المكالمات | अनुरोध | कॉल | 请求 | 請求 | 调用 | 要求 | リクエスト | 呼び出し | 요청 | 호출 | คำขอ',
  number: 'phone number | number | numero | número | telefon | rufnummer | nummer | nomor | numara | numer. | номер | so dien thoai | رقم | الرقم | नंबर | 号码 | 號碼 | 番号 | 번호 | หมายเลข',
  not_registered: 'not registered | nao registrad | não está registrad | nao esta registrad | nao cadastrad | no registrad | no esta registrad | no está registrad | pas enregistr | non enregistr | nicht registriert | non registrat | non e registrat | niet geregistreerd | belum terdaftar | tidak terdaftar | kayitli degil | kaydedilmemis | kayit edilmemis | niezarejestrowan | nie jest zarejestr | не зарегистрир | chua dang ky | chua duoc dang ky | غير مسجل | لم يتم تسجيل | पंजीकृत नहीं | रजिस्टर नहीं | 未注册 | 未註冊 | 登録されていま | 未登録 | 등록되지 | ไม่ได้ลงทะเบียน',
  template: 'template | plantilla | modelo de mensagem | modele de message | modèle de | vorlage | modello di | sjabloon | templat | şablon | szablon | шаблон | mau tin | قالب | القالب | टेम्पलेट | टेम्प्लेट | 模板 | 範本 | テンプレート | 템플릿 | เทมเพลต',
  recipient: 'recipient | destinatari | destinataire | empfänger | ontvanger | penerima | alici. | alıcı | odbiorc | получател | nguoi nhan | المستلم | المستقبل | प्राप्तकर्ता | 收件人 | 接收者 | 受信者 | 수신자 | ผู้รับ',
  payment: 'payment | pagamento | pago. | pagos. | metodo de pago | paiement | zahlung | betaling | betaalmethode | pembayaran | odeme | platnosc | оплат | платеж | платёж | thanh toan | الدفع | دفع | भुगतान | 付款 | 支付 | 支払 | 결제 | การชำระเงิน | billing | faturamento | facturacion | facturation',
  trouble: 'issue | problem | error | failed | erro. | errore | fallo | falha | erreur | échec | fehler | fehlgeschlagen | masalah | kesalahan | gagal | sorun | hata | blad | ошибк | проблем | loi. | مشكلة | خطأ | فشل | समस्या | त्रुटि | 问题 | 錯誤 | 错误 | 失败 | 失敗 | エラー | 問題 | 오류 | 문제 | 실패',
  account: 'account | cuenta | conta. | contas. | compte | konto | akun | hesap | hesab | kont. | konta | аккаунт | учетн | учётн | tai khoan | الحساب | حساب | खाता | अकाउंट | 账户 | 账号 | 帳號 | 帳戶 | アカウント | 계정 | บัญชี',
  restricted: `restricted | locked | disabled | suspended | banned | blocked. | restringid | bloquead | suspendid | inhabilitad | desativad | desabilitad | banid | banead | restreint | bloqu | suspendu | désactivé | desactiv | gesperrt | eingeschränkt | deaktiviert | limitat | bloccat | sospes | geblokkeerd | beperkt | dibatasi | diblokir | dinonaktifkan | ditangguhkan | kisitlan | kilitlen | askiya alin | devre disi | engellen | zablokow | ograniczon | заблокир | огранич | приостан | bi khoa | bi han che | محظور | مقيد | تقييد | حظر | تعطيل | معطل | प्रतिबंधित | अवरुद्ध | निलंबित | ब्लॉक | 封禁 | 锁定 | 鎖定 | 受限 | 停用 | 凍結 | ロック | 制限され | 停止 | 잠겼 | 차단 | 정지 | ถูกระงับ`,
  identity: 'identity | identidad | identidade | identité | identität | identità | identiteit | identitas | kimlig | kimliğ | tozsamos | личность | danh tinh | هويتك | الهوية | पहचान | 身份 | 身分 | 本人確認 | 신원 | ตัวตน',
  confirm: 'confirm | verif | bestätig | bevestig | konfirmasi | onayla | doğrula | dogrula | potwierd | подтверд | xac nhan | xac minh | تأكيد | تحقق من هوي | पुष्टि | 确认 | 確認 | 验证 | 驗證 | 인증 | ยืนยัน',
  unconfirmed: 'not confirmed | unconfirmed | nao confirmad | não foi confirmad | no confirmad | no está confirmad | non confirmé | pas confirmé | nicht bestätigt | non confermat | niet bevestigd | belum dikonfirmasi | belum terkonfirmasi | onaylanmamis | onaylanmadi | niepotwierdz | не подтвержден | не подтверждён | chua xac nhan | غير مؤكد | لم يتم تأكيد | पुष्टि नहीं | 未确认 | 未經確認 | 未確認 | 확인되지',
  secret: 'app secret | client secret | client_secret | app_secret | appsecret | segredo do | clave secreta | chave secreta | clé secrète | secret de l | geheimcode | app-geheim | anwendungsgeheim | chiave segreta | rahasia aplikasi | kunci rahasia | uygulama gizli | gizli anahtar | секрет приложения | секретный ключ | المفتاح السري | سر التطبيق | ऐप सीक्रेट | 应用密钥 | 应用程序密钥 | 應用程式密鑰 | シークレット | 시크릿',
  wrong: 'invalid | wrong | incorrect | mismatch | inválid | incorret | incorrect | errad | equivocad | ungültig | falsch | invalide | errat | non valid | ongeldig | onjuist | tidak valid | tidak sah | salah | geçersiz | yanlış | nieprawid | неверн | недейств | недопуст | khong hop le | غير صالح | غير صحيح | अमान्य | ग़लत | गलत | 无效 | 無效 | 错误的 | 無効 | 不正な | 잘못된 | 유효하지 | ไม่ถูกต้อง | no es valid | nao e valid',
  not_found: 'not found | does not exist | doesn\'t exist | no existe | nao existe | não existe | não encontrad | nao encontrad | no se encontr | no encontrad | n\'existe pas | n’existe pas | introuvable | existiert nicht | nicht gefunden | nicht vorhanden | non esiste | bestaat niet | tidak ditemukan | tidak ada. | bulunamadi | mevcut degil | nie istnieje | не существует | не найден | khong ton tai | غير موجود | لا يوجد | मौजूद नहीं | नहीं मिला | 不存在 | 找不到 | 存在しま | 見つかりま | 존재하지 | 찾을 수 | ไม่พบ | no such',
  temporary: 'temporar | try again later | retry | tente novamente | tentar novamente | intentalo | inténtalo | vuelve a intentar | intente | réessay | ressay | später erneut | erneut versuchen | vorübergehend | riprova | probeer | coba lagi | sementara | tekrar dene | geçici | spróbuj | sprobuj | повторите | попробуйте позже | временно | thu lai | حاول مرة | حاول لاحقا | مؤقت | फिर से कोशिश | बाद में | अस्थायी | 稍后 | 稍後 | 重试 | 重試 | 暂时 | 暫時 | 後でもう一度 | 再試行 | 一時的 | 나중에 | 다시 시도 | ลองใหม่ | unexpected error | error inesperado | erro inesperado | erreur inattendue | unerwarteter fehler',
};

/** Two parts near each other, in either order, and what they mean together. */
export interface Pair {
  readonly cause: ExplainedCause;
  readonly one: Part;
  readonly two: Part;
  /** Letters and digits that may lie between them. */
  readonly within: number;
}

/** First match wins where two pairs begin at the same place: the more special go first. */
export const PAIRS: readonly Pair[] = [
  { cause: 'password_changed', one: 'password', two: 'changed', within: 40 },
  { cause: 'logged_out', one: 'session', two: 'logged_out', within: 60 },
  { cause: 'logged_out', one: 'user', two: 'logged_out', within: 24 },
  { cause: 'app_removed', one: 'not_authorized', two: 'app', within: 30 },
  { cause: 'wrong_app_credentials', one: 'secret', two: 'wrong', within: 40 },
  { cause: 'malformed_token', one: 'token', two: 'unreadable', within: 45 },
  { cause: 'checkpoint', one: 'identity', two: 'confirm', within: 24 },
  { cause: 'unconfirmed', one: 'user', two: 'unconfirmed', within: 30 },
  { cause: 'unconfirmed', one: 'account', two: 'unconfirmed', within: 30 },
  { cause: 'expired', one: 'session', two: 'expired', within: 34 },
  { cause: 'expired', one: 'token', two: 'expired', within: 34 },
  { cause: 'missing_permission', one: 'permission', two: 'missing', within: 30 },
  { cause: 'throttled', one: 'limit', two: 'too_many', within: 34 },
  { cause: 'throttled', one: 'calls', two: 'too_many', within: 24 },
  { cause: 'registration', one: 'number', two: 'not_registered', within: 34 },
  { cause: 'registration', one: 'account', two: 'not_registered', within: 24 },
  { cause: 'billing', one: 'payment', two: 'trouble', within: 34 },
  { cause: 'account_policy', one: 'account', two: 'restricted', within: 34 },
  { cause: 'recipient_or_message', one: 'template', two: 'not_found', within: 50 },
  { cause: 'recipient_or_message', one: 'template', two: 'wrong', within: 34 },
  { cause: 'recipient_or_message', one: 'recipient', two: 'not_found', within: 40 },
  { cause: 'recipient_or_message', one: 'recipient', two: 'wrong', within: 34 },
  { cause: 'transient', one: 'temporary', two: 'trouble', within: 40 },
];

/** The stems as signs. */
export const PARTS: readonly Phrase<Sign>[] = PART_NAMES.flatMap((part) => lines(STEMS[part]).map((text) => ({ text, meaning: { is: 'part', part } as const })));
