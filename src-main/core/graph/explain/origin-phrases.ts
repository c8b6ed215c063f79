import { lines } from './sign.ts';
import type { Sign } from './sign.ts';
import type { Phrase } from './phrase-net.ts';

/** Whose text it is: Meta's interfaces and products, everybody else's names, and words that only others' errors have. */
const TABLE: readonly (readonly [Sign, string])[] = [
  [{ is: 'meta', weight: 'strong' }, `
    *graphmethodexception | igapiexception | fbtrace_id | x-fb-trace | error_subcode | facebook-api-version | x-fb-request-id
    debug_token | input_token | fb_exchange_token | graph.facebook | graph.instagram | graph.whatsapp | graph.threads | graph-api | graph api. | graphapi
    developers.facebook | business.facebook | facebook platform | *facebookapi | *facebookrequesterror | *facebookresponse | *facebookserviceexception | facebook business manager | *facebookgraph | *facebookoauthexception | *facebooksdkexception | *facebookauthorizationexception | fb graph
    whatsapp cloud api | whatsapp business api | whatsapp business account | whatsapp_business | whatsapp api | whatsapp cloud | meta cloud api | cloud api. | meta business | meta graph | *whatsapperror | *whatsappapi | *whatsappcloud | whatsapp business
    validating access token | fb.api | fbapi | facepy | pywa. | heyoo | emapiexception | facebook sdk | facebook_business`],
  [{ is: 'meta', weight: 'weak' }, 'graph error | graph. | facebook | whatsapp | instagram | messenger. | waba. | fb. | threads api | wa_id | phone_number_id | phonenumberid | oauth access token | token de acesso oauth | token de acceso oauth | token de acceso de oauth | token d’accès oauth | jeton d’accès oauth | token akses oauth | oauth-zugriffstoken | oauth zugriffstoken | رمز وصول oauth | oauth erişim | フェイスブック | 脸书 | фейсбук | واتساب | واتس اب | فيسبوك | व्हाट्सएप | व्हाट्सऐप | फेसबुक | ميتا | मेटा | инстаграм | вотсап | ватсап'],
  [{ is: 'meta', weight: 'word' }, 'meta. | meta api.'],
  [{ is: 'vendor', weight: 'proof' }, `
    *telegrambots
    invalid_grant | error: invalid_client | unauthorized_client | error_description | invalid_request_error | *aadsts | error_uri | www-authenticate: bearer | bearer realm
    *jwt expired | jwt malformed | *expired jwt | jsonwebtoken | *tokenexpirederror | invalid jwt | jwt signature | jwt must be | jwt token | signature has expired | token_not_valid | token not valid for any token type | invalid_jwt | exp claim
    api key | api_key | apikey | x-api-key | api-key | d360 | *apikeyerror
    microsoft graph | graph.microsoft | unauthenticated. | request had invalid authentication credentials | api has not been used in project | *googleapi | googleapis | serviceaccount
    incorrect api key | insufficient_quota | you exceeded your current quota
    *expiredtoken. | *expiredtokenexception | security token included in the request | *invalidclienttokenid | *signaturedoesnotmatch | *accessdeniedexception | *unrecognizedclientexception | *requesttimetooskewed | *invalidaccesskeyid | *nosuchbucket | arn:aws
    invalid_auth. | not_authed | error: token_revoked | error: token_expired | account_inactive | channel_not_found | error: missing_scope
    chat not found | bot was blocked by the user | terminated by other getupdates | bots can't send
    *twiliorest | twilio.com | api.twilio
    no such customer | no such payment_intent | card was declined | card_declined | expired api key
    invalid_session_id | session expired or invalid | password authentication failed | access denied for user | econnrefused ::1:5432
    host account logout | session data most likely | qr code | connection closed. session | *sessionclosed | logged out from another device | multi-device | multidevice | *badsession | *connectionreplaced | stream errored | disconnectreason | scan the qr | web.whatsapp.com | session logged out | bad mac
    *sqlstate | *mongoservererror | *mongonetwork | *psycopg | *redis | smtp | imap
    *invalidregistration | *mismatchsenderid | *baddevicetoken | invalid-registration-token | registration-token-not-registered
    csrf | xsrf | authenticity token | laravel_session | phpsessid
    could not validate credentials | not authenticated | refresh token | refresh_token | id token. | id_token. | kubeconfig
    bad credentials | error: access_denied | *tokenrefresherror | *refresherror | incorrect username or password | error: invalid_token | personal access token | the access token expired | the access token is invalid or has expired`],
  [{ is: 'vendor', weight: 'name' }, `
    gmail. | gemini. | vertex ai | amazon. | s3. | dynamodb | cognito | azure. | microsoft. | outlook. | office365 | onedrive | sharepoint | ms teams | graph.microsoft | chatgpt | anthropic | claude. | deepseek | groq. | mistral. | huggingface | hugging face | elevenlabs | replicate. | openrouter | perplexity. | cohere
    twilio | sendgrid | mailgun | mailchimp | postmark | brevo | vonage | nexmo | messagebird | infobip | gupshup | plivo | sinch | wati. | 360dialog | telnyx | kaleyra | clickatell | textmagic | ultramsg | wassenger | green-api | greenapi | chat-api | zenvia | blip. | take blip | aisensy | interakt | wabis | maytapi | respond.io
    stripe | paypal | braintree | razorpay | square. | adyen | mercadopago | mercado pago | pagseguro | asaas | plaid. | coinbase | binance | kraken. | wise. | xendit | midtrans | paystack | flutterwave | klarna
    x.com | pinterest | reddit | snapchat | spotify | twitch. | vkontakte | vk.com | vk. | odnoklassniki | wechat | weixin | weibo | kakao | line bot | line messaging | viber | signal-cli | mastodon | bluesky | tumblr | mixpanel | amplitude
    shopify | magento | prestashop | bigcommerce | etsy. | ebay. | mercadolibre | mercado libre | shopee | tokopedia | lazada | salesforce | pipedrive | zoho. | freshdesk | servicenow | dynamics. | netsuite | quickbooks | xero. | sap. | monday.com | asana. | trello | jira. | atlassian | confluence | clickup | linear. | figma | canva. | dropbox | box.com | zoom. | calendly | docusign | typeform | bugzilla | ripe. | composio
    okta | auth0 | keycloak | clerk. | oracle. | hashicorp | consul. | pusher. | algolia | mapbox | strava | fitbit | garmin | withings | tesla. | home assistant cloud | uber. | lyft. | airbnb | booking.com | yandex | mailru | mail.ru | alibaba | aliyun | tencent | huawei | baidu | naver. | rakuten | apple. | apns | app store connect | icloud
    baileys | whatsapp-web.js | whatsapp web | whatsapp-web | wwebjs | open-wa | openwa | wppconnect | venom-bot | whatsmeow | evolution api | evolution-api | waha. | yowsup`],
  // A bot runs there, keeps its data there, or posts there too: named beside Meta as often as instead of it.
  [{ is: 'vendor', weight: 'host' }, 'github | gitlab | bitbucket | supabase | vercel. | netlify | heroku | cloudflare | digitalocean | hetzner | ovh. | kubernetes | kubectl | docker. | npm err | pypi. | mongodb | postgres | mysql | mariadb | sqlite | rabbitmq | kafka. | elasticsearch | firebase. | firestore | aws. | lambda. | gcp. | zapier. | sentry.io | datadog | grafana. | newrelic | new relic | puppeteer | notion. | google. | odoo. | hubspot | zendesk | intercom. | woocommerce | airtable | terraform | vault. | slack. | telegram | discord | youtube. | tiktok | linkedin | twitter | openai | gpt-4 | railway. | render.com | n8n | make.com'],
];

/** Those names as signs. */
export const ORIGIN_PHRASES: readonly Phrase<Sign>[] = TABLE.flatMap(([meaning, table]) => lines(table).map((text) => ({ text, meaning })));
