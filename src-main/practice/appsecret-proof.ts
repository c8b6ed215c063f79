import { createHmac } from 'node:crypto';

/** Meta's `appsecret_proof`: the hex HMAC-SHA256 of the token, keyed with the app secret (Meta's "Securing Graph API requests"). */
export function appSecretProof(token: string, appSecret: string): string {
  return createHmac('sha256', appSecret).update(token).digest('hex');
}
