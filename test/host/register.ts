import { register } from 'node:module';

// The folder of the built files, whichever of them this text ends up in.
register('./hooks.js', import.meta.url);
