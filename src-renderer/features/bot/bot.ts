/** Everything that is loaded with this part of the window, which is one file of the built one. */
export { BotDialogs } from './bot-dialogs.tsx';
export { BotSection } from './bot-section.tsx';
