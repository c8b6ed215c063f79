import type { RecordedElectron } from './recorded-electron.ts';
import { wrapMethod } from './wrap.ts';

/** A message that stopped the app. */
export interface ErrorBox {
  readonly title: string;
  readonly content: string;
}

type SystemTheme = Electron.NativeTheme & { setSystemDark?: (dark: boolean) => void };

/** Looking at the rest of the desktop and poking it. */
export interface DesktopRecord {
  /** suspend, resume, lock-screen, unlock-screen, shutdown. */
  emitPower(event: string): void;
  setOnline(online: boolean): void;
  setDark(dark: boolean): void;
  /** What the owner chooses in the next dialog for files; null cancels it, as does having no answer. */
  answerOpenDialog(paths: readonly string[] | null): void;
  /** The number of the button that the owner presses in the next message box; 0 without an answer. */
  answerMessageBox(button: number): void;
  /** Every address given to `shell.openExternal`. */
  opened(): readonly string[];
  errorBoxes(): readonly ErrorBox[];
  /** What the app last asked for, null before that. */
  loginItem(): Electron.Settings | null;
  path(name: 'userData' | 'logs'): string;
  /** Another start of the program, as the lock would tell of it, with these arguments. */
  emitSecondInstance(argv: readonly string[]): void;
  quit(): void;
}

/** Watches and pokes the rest of the desktop: power, network, colours, dialogs, browser, start with the session, end. */
export function createDesktopRecord({ app, shell, dialog, powerMonitor, net, nativeTheme }: RecordedElectron, isStandIn: boolean): DesktopRecord {
  const opened: string[] = [];
  const errorBoxes: ErrorBox[] = [];
  const openAnswers: (readonly string[] | null)[] = [];
  const boxAnswers: number[] = [];
  let loginItem: Electron.Settings | null = null;
  let online: boolean | null = null;

  // A test must not start a browser, or wait for an owner.
  wrapMethod(shell, 'openExternal', () => (url: string) => {
    opened.push(url);
    return URL.canParse(url) ? Promise.resolve() : Promise.reject(new Error('Invalid URL'));
  });
  wrapMethod(dialog, 'showErrorBox', () => (title: string, content: string) => {
    errorBoxes.push({ title, content });
    process.stderr.write(`${title}\n${content}\n`);
  });
  wrapMethod(dialog, 'showOpenDialog', () => () => {
    const paths = openAnswers.shift() ?? null;
    return Promise.resolve({ canceled: paths === null, filePaths: paths ?? [] });
  });
  wrapMethod(dialog, 'showMessageBox', () => () => Promise.resolve({ response: boxAnswers.shift() ?? 0, checkboxChecked: false }));
  // Whether a test's program starts with the session is nobody's business outside.
  wrapMethod(app, 'setLoginItemSettings', (original) => (settings: Electron.Settings) => {
    loginItem = settings;
    if (isStandIn) original.call(app, settings);
  });
  const isOnline = net.isOnline.bind(net);
  Object.defineProperty(net, 'isOnline', { value: () => online ?? isOnline(), configurable: true });
  Object.defineProperty(net, 'online', { get: () => online ?? isOnline(), configurable: true });

  return {
    emitPower: (event: string): void => void powerMonitor.emit(event),
    setOnline: (value: boolean): void => {
      online = value;
    },
    setDark: (dark: boolean): void => {
      const theme: SystemTheme = nativeTheme;
      if (theme.setSystemDark === undefined) theme.themeSource = dark ? 'dark' : 'light';
      else theme.setSystemDark(dark);
    },
    answerOpenDialog: (paths: readonly string[] | null): void => void openAnswers.push(paths),
    answerMessageBox: (button: number): void => void boxAnswers.push(button),
    opened: (): readonly string[] => [...opened],
    errorBoxes: (): readonly ErrorBox[] => [...errorBoxes],
    loginItem: (): Electron.Settings | null => loginItem,
    path: (name: 'userData' | 'logs'): string => app.getPath(name),
    emitSecondInstance: (argv: readonly string[]): void => void app.emit('second-instance', {}, argv, process.cwd(), {}),
    quit: (): void => app.quit(),
  };
}
