/** Where a page exchanges the secret of its link for a session key. */
export const SESSION_PATH = '/session';

/** A channel's name follows: where a page asks what a window asks over IPC. */
export const WINDOW_PATH = '/window/';

/** Where a page hears what a window is told over IPC: a line of JSON for each telling, an empty one as a sign of life. */
export const EVENTS_PATH = '/window/events';

/** What a link carries behind `#`, before its secret. */
export const LINK_FRAGMENT = 'open=';

/** How long (ms) a page may hear nothing on its stream before it takes it for broken; a sign of life comes every 15 s. */
export const SILENCE_LIMIT = 40_000;

/** `POST` with the owner's key: a new link, `{ url }`, that opens the page once within five minutes. */
export const LINKS_PATH = '/admin/links';
