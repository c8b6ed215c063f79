import { describe, expect, it } from 'vitest';
import { cleanPaste } from '../../../src-main/core/token/paste.ts';
import { vendorOf } from '../../../src-main/core/token/vendor.ts';

const HEX = '0123456789abcdef0123456789abcdef';
const T = 'TestTestTestTestTestTestTestTestTestTest';

const KEYS: readonly (readonly [key: string, vendor: string])[] = [
  [`IGAA${T}`, 'Instagram'],
  [`IGQV${T}`, 'Instagram'],
  [`THAA${T}`, 'Threads'],
  [`sk-ant-api03-${T}`, 'Anthropic'],
  [`sk-or-v1-${HEX}`, 'OpenRouter'],
  [`sk-proj-${T}`, 'OpenAI'],
  [`sk-${T}`, 'OpenAI'],
  [`sk_live_${T}`, 'Stripe'],
  [`rk_test_${T}`, 'Stripe'],
  [`whsec_${T}`, 'Stripe'],
  [`ghp_${T}`, 'GitHub'],
  [`github_pat_${T}`, 'GitHub'],
  [`glpat-${T}`, 'GitLab'],
  [`xoxb-1-${T}`, 'Slack'],
  [`xapp-1-${T}`, 'Slack'],
  [`AIza${T}`, 'Google'],
  [`ya29.${T}`, 'Google'],
  ['AKIATESTTESTTESTTEST', 'Amazon Web Services'],
  [`SK${HEX}`, 'Twilio'],
  [`AC${HEX}`, 'Twilio'],
  [`SG.${T.slice(0, 22)}.${T}`, 'SendGrid'],
  [`${HEX}-us21`, 'Mailchimp'],
  [`123456789:AA${T.slice(0, 33)}`, 'Telegram'],
  [`M${T.slice(0, 23)}.TestTe.${T}`, 'Discord'],
  [`hf_${T}`, 'Hugging Face'],
  [`npm_${T}`, 'npm'],
  [`pypi-${T}`, 'PyPI'],
  [`shpat_${HEX}`, 'Shopify'],
  [`sq0atp-${T}`, 'Square'],
  [`A21AA${T}${T}`, 'PayPal'],
  [`APP_USR-123-${T}`, 'Mercado Pago'],
  [`ntn_${T}`, 'Notion'],
  [`secret_${T}Test`, 'Notion'],
  [`lin_api_${T}`, 'Linear'],
  [`patTestTestTestTe.${HEX}${HEX}`, 'Airtable'],
  [`dapi${HEX}`, 'Databricks'],
  [`dop_v1_${HEX}`, 'DigitalOcean'],
  [`${'Test'.repeat(21)}Te==`, 'Microsoft Azure'],
  [`D360-API-KEY:${T}`, '360dialog'],
];

describe('vendorOf', () => {
  it.each(KEYS)('knows %s as %s', (key, vendor) => {
    expect(vendorOf(key)).toBe(vendor);
    expect(cleanPaste(`  "${key}"\n`)).toMatchObject({ ok: false, code: 'other-vendor', message: expect.stringContaining(` ${vendor} key`) as unknown });
  });

  it.each([`EAATest${T}`, `EAAG${T}`, `AAGTest${T}`, T, 'v2.opaque_token-with~signs', `SKTest${T}`, `sk-short`, `${T}-us`])('lets %s through', (key) => {
    expect(vendorOf(key)).toBeNull();
  });
});
