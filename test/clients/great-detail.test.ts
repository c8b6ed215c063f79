import { greatDetailBot } from './great-detail-bot.ts';
import { worksThroughTheGateway } from './suite.ts';

worksThroughTheGateway('@great-detail/whatsapp', greatDetailBot);
worksThroughTheGateway('@great-detail/whatsapp by its former option', (settings) => greatDetailBot(settings, 'prefixUrl'));
