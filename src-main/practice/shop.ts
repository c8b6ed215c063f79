import type { PracticeWorld } from './world.ts';

/** The ids of the practice shop. All of them, and the secret, are made up. */
export const SHOP = {
  appId: '100000000000001',
  appSecret: 'practice-app-secret-of-the-corner-shop',
  /** The owner, a person. */
  ownerId: '200000000000001',
  /** The system user. */
  robotId: '200000000000002',
  wabaId: '300000000000001',
  phoneNumberId: '400000000000001',
  display: '+1 555-010-0001',
  verifiedName: 'Corner Shop',
} as const;

/** Furnishes a world with one shop: an app, its owner, a system user, an account with one number and two templates. */
export function openShop(world: PracticeWorld): typeof SHOP {
  world.addApp({ id: SHOP.appId, name: 'Corner Shop Bot', secret: SHOP.appSecret });
  world.addUser({ id: SHOP.ownerId, name: 'Shop Owner' });
  world.addSystemUser({ id: SHOP.robotId, name: 'Shop Robot' });
  world.addWaba({
    id: SHOP.wabaId,
    name: 'Corner Shop',
    phoneNumbers: [{ id: SHOP.phoneNumberId, display: SHOP.display, verifiedName: SHOP.verifiedName }],
    templates: [
      { id: '500000000000001', name: 'hello_world', language: 'en_US', status: 'APPROVED', category: 'UTILITY' },
      { id: '500000000000002', name: 'order_ready', language: 'en_US', status: 'APPROVED', category: 'UTILITY' },
    ],
    assignedTo: [SHOP.ownerId, SHOP.robotId],
  });
  return SHOP;
}
