import { whatsappApiJsBot } from './whatsapp-api-js-bot.ts';
import { worksThroughTheGateway } from './suite.ts';

worksThroughTheGateway('whatsapp-api-js', whatsappApiJsBot);
