import { greatDetailBot } from './great-detail-bot.ts';
import { worksThroughTheGateway } from './suite.ts';

worksThroughTheGateway('@great-detail/whatsapp', greatDetailBot);
