import { kapsoBot } from './kapso-bot.ts';
import { worksThroughTheGateway } from './suite.ts';

worksThroughTheGateway('@kapso/whatsapp-cloud-api', kapsoBot);
