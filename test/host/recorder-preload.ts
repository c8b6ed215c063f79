import { recordDesktop, type RecordedElectron } from './recorder.ts';

// For real Electron's `-r`: there `electron` is a module inside the runtime, and this runs before the app's own code.
declare const require: (name: 'electron') => RecordedElectron;

recordDesktop(require('electron'));
