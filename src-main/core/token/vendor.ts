/** One vendor and how its keys look: published prefixes (GitHub secret scanning patterns, the vendors' own docs). */
type VendorRow = readonly [vendor: string, shape: RegExp];

/**
 * Only shapes that cannot be a Graph token. Exact before general: Anthropic's and OpenRouter's prefixes also fit OpenAI's.
 * Every pattern is anchored at the start and has no nested repetition.
 */
const VENDORS: readonly VendorRow[] = [
  ['Instagram', /^IG(?:AA|QV|QW)[\w-]/],
  ['Threads', /^THAA[\w-]{20}/],
  ['Anthropic', /^sk-ant-/],
  ['OpenRouter', /^sk-or-/],
  ['OpenAI', /^sk-(?:proj-|svcacct-|admin-)?[\w-]{16}/],
  ['Stripe', /^(?:(?:sk|rk|pk)_(?:live|test)_|whsec_)/],
  ['GitHub', /^(?:gh[pousr]_|github_pat_)/],
  ['GitLab', /^gl(?:pat|dt|rt|cbt|ptt|soat|ft|agent|imt)-/],
  ['Bitbucket', /^ATBB[\w=-]{20}/],
  ['Atlassian', /^ATATT3[\w=-]{20}/],
  ['Slack', /^(?:xox[a-z]-|xapp-|xoxe\.)/],
  ['Google', /^(?:AIza[\w-]{30}|ya29\.|GOCSPX-|1\/\/0[\w-]{20})/],
  ['Firebase', /^AAAA[\w-]{7}:APA91b/],
  ['Amazon Web Services', /^(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}$/],
  ['Twilio', /^(?:SK|AC)[0-9a-f]{32}$/i],
  ['SendGrid', /^SG\.[\w-]{16,64}\.[\w-]{16}/],
  ['Mailchimp', /^[0-9a-f]{32}-us\d{1,3}$/],
  ['Mailgun', /^key-[0-9a-f]{32}$/],
  ['Brevo', /^x(?:keysib|smtpsib)-/],
  ['Resend', /^re_[A-Za-z0-9]{8}_[A-Za-z0-9]{20}/],
  ['Telegram', /^(?:bot)?\d{6,12}:AA[\w-]{30}/],
  ['Discord', /^(?:[MNO][\w-]{23,27}\.[\w-]{6}\.[\w-]{27}|mfa\.[\w-]{20})/],
  ['X (Twitter)', /^A{20}/],
  ['Hugging Face', /^hf_[A-Za-z0-9]{20}/],
  ['Groq', /^gsk_[A-Za-z0-9]{20}/],
  ['xAI', /^xai-[A-Za-z0-9]{20}/],
  ['Perplexity', /^pplx-[A-Za-z0-9]{20}/],
  ['Replicate', /^r8_[A-Za-z0-9]{20}/],
  ['ElevenLabs', /^sk_[0-9a-f]{48}$/],
  ['Pinecone', /^pcsk_/],
  ['npm', /^npm_[A-Za-z0-9]{20}/],
  ['PyPI', /^pypi-/],
  ['Docker', /^dckr_pat_/],
  ['Shopify', /^shp(?:at|ca|pa|ss|ua)_/],
  ['Square', /^(?:sq0[a-z]{3}-|sandbox-sq0)/],
  ['PayPal', /^(?:access_token\$(?:production|sandbox)\$|A21AA[\w-]{40})/],
  ['Mercado Pago', /^(?:APP_USR-|TEST-\d{6,20}-)/],
  ['Razorpay', /^rzp_(?:live|test)_/],
  ['Flutterwave', /^FLW(?:SECK|PUBK)/],
  ['Notion', /^(?:secret_[A-Za-z0-9]{40}|ntn_[A-Za-z0-9]{20})/],
  ['Airtable', /^(?:pat[A-Za-z0-9]{14}\.[0-9a-f]{64}$|key[A-Za-z0-9]{14}$)/],
  ['Linear', /^lin_(?:api|oauth)_/],
  ['Figma', /^figd_/],
  ['HubSpot', /^pat-(?:na|eu|ap)\d-/],
  ['Zoho', /^1000\.[0-9a-f]{32}\.[0-9a-f]{32}$/],
  ['ClickUp', /^pk_\d{5,12}_[A-Z0-9]{20}/],
  ['Postman', /^PMAK-/],
  ['Databricks', /^dapi[0-9a-f]{32}/],
  ['DigitalOcean', /^do[opr]_v1_/],
  ['Cloudflare', /^v1\.0-[0-9a-f]{24}-/],
  ['Microsoft Azure', /^(?:[A-Za-z0-9+/]{86}==$|DefaultEndpointsProtocol=|[\w~.-]{3}\dQ~[\w~.-]{31})/],
  ['Supabase', /^(?:sbp_[0-9a-f]{20}|sb_(?:secret|publishable)_)/],
  ['Dropbox', /^sl\.[\w-]{40}/],
  ['Doppler', /^dp\.(?:pt|st|ct|sa)\./],
  ['HashiCorp', /^(?:hv[sbr]\.[\w-]{20}|[\w]{14}\.atlasv1\.)/],
  ['Heroku', /^HRKU-/],
  ['Netlify', /^nfp_/],
  ['Grafana', /^gl(?:sa|c)_/],
  ['New Relic', /^NR(?:AK|JS|II)-/],
  ['Sentry', /^sntry[su]_/],
  ['360dialog', /^D360-API-KEY\b/i],
  ['age', /^AGE-SECRET-KEY-1/],
];

/** The vendor this key plainly belongs to, or null. `key` is one word without quotes or white space; nothing leaves the machine. */
export function vendorOf(key: string): string | null {
  // Every prefix and shape above shows itself within this many characters.
  const head = key.slice(0, 400);
  return VENDORS.find(([, shape]) => shape.test(head))?.[0] ?? null;
}
