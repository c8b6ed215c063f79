import type { RecordedElectron } from './recorded-electron.ts';
import { wrapMethod } from './wrap.ts';

/** A line of a menu. */
export interface MenuLine {
  readonly id: string;
  readonly label: string;
  readonly sublabel: string;
  readonly type: string;
  readonly enabled: boolean;
  readonly checked: boolean;
  readonly visible: boolean;
  readonly submenu?: readonly MenuLine[];
}

/** The tray as the owner sees it. */
export interface TrayView {
  /** How many trays were ever made. */
  readonly made: number;
  /** When the first was made, ms since the process began; null before that. */
  readonly firstMadeAt: number | null;
  readonly alive: number;
  /** The file of the picture, or null where there is none. */
  readonly image: string | null;
  readonly toolTip: string;
  readonly title: string;
  readonly menu: readonly MenuLine[];
  readonly calls: { readonly setImage: number; readonly setToolTip: number; readonly setContextMenu: number };
}

interface TrayState {
  image: string | null;
  toolTip: string;
  title: string;
  menu: Electron.Menu | null;
}

/** Looking at the tray and clicking it. */
export interface TrayRecord {
  tray(): TrayView;
  clickTray(): void;
  /** Clicks the first line with that id or, failing that, that label, also in submenus. Throws where the owner could not. */
  clickMenu(idOrLabel: string): void;
}

/** Watches trays and the files of their pictures. */
export function createTrayRecord({ Tray, nativeImage }: RecordedElectron): TrayRecord {
  const paths = new WeakMap<object, string>();
  let lastPath: string | null = null;
  const trays = new Map<Electron.Tray, TrayState>();
  let firstMadeAt: number | null = null;
  const calls = { setImage: 0, setToolTip: 0, setContextMenu: 0 };

  const pathOf = (image: Electron.NativeImage | string): string | null => (typeof image === 'string' ? image : (paths.get(image) ?? null));
  const stateOf = (tray: Electron.Tray): TrayState => {
    // On real Electron a tray is first seen at its first call; its picture is then the one that was loaded last.
    firstMadeAt ??= performance.now();
    const state = trays.get(tray) ?? { image: lastPath, toolTip: '', title: '', menu: null };
    trays.set(tray, state);
    return state;
  };

  wrapMethod(nativeImage, 'createFromPath', (original) => (path: string) => {
    const image = original.call(nativeImage, path) as Electron.NativeImage;
    paths.set(image, path);
    lastPath = path;
    return image;
  });
  const prototype = Tray.prototype as Electron.Tray & { made?: (image: Electron.NativeImage | string) => void };
  if (prototype.made !== undefined)
    wrapMethod(prototype, 'made', () => function made(this: Electron.Tray, image: Electron.NativeImage | string) {
      stateOf(this).image = pathOf(image);
    });
  wrapMethod(prototype, 'setImage', (original) => function setImage(this: Electron.Tray, image: Electron.NativeImage | string) {
    original.call(this, image);
    calls.setImage += 1;
    stateOf(this).image = pathOf(image);
  });
  wrapMethod(prototype, 'setToolTip', (original) => function setToolTip(this: Electron.Tray, toolTip: string) {
    original.call(this, toolTip);
    calls.setToolTip += 1;
    stateOf(this).toolTip = toolTip;
  });
  wrapMethod(prototype, 'setTitle', (original) => function setTitle(this: Electron.Tray, title: string) {
    original.call(this, title);
    stateOf(this).title = title;
  });
  wrapMethod(prototype, 'setContextMenu', (original) => function setContextMenu(this: Electron.Tray, menu: Electron.Menu | null) {
    original.call(this, menu);
    calls.setContextMenu += 1;
    stateOf(this).menu = menu;
  });

  const alive = (): readonly Electron.Tray[] => [...trays.keys()].filter((tray) => !tray.isDestroyed());
  const current = (): Electron.Tray => {
    const tray = alive().at(-1);
    if (tray === undefined) throw new Error('There is no tray.');
    return tray;
  };

  return {
    tray: (): TrayView => {
      const state = [...trays.entries()].findLast(([tray]) => !tray.isDestroyed())?.[1];
      return { made: trays.size, firstMadeAt, alive: alive().length, image: state?.image ?? null, toolTip: state?.toolTip ?? '', title: state?.title ?? '', menu: linesOf(state?.menu ?? null), calls: { ...calls } };
    },
    clickTray: (): void => void current().emit('click', {}, { x: 0, y: 0, width: 24, height: 24 }, { x: 0, y: 0 }),
    clickMenu: (idOrLabel: string): void => {
      const items = itemsOf(stateOf(current()).menu);
      const item = items.find(({ id }) => id === idOrLabel) ?? items.find(({ label }) => label === idOrLabel);
      if (item === undefined) throw new Error(`The tray menu has no line '${idOrLabel}'. It has: ${items.map(({ id, label }) => `${id} (${label})`).join(', ')}`);
      if (!item.enabled || !item.visible) throw new Error(`The line '${idOrLabel}' of the tray menu cannot be clicked.`);
      (item.click as (event: object) => void)({});
    },
  };
}

function linesOf(menu: Electron.Menu | null): readonly MenuLine[] {
  return (menu?.items ?? []).map(({ id, label, sublabel, type, enabled, checked, visible, submenu }) => ({ id: id ?? '', label, sublabel, type, enabled, checked, visible, ...(submenu === undefined || submenu === null ? {} : { submenu: linesOf(submenu) }) }));
}

function itemsOf(menu: Electron.Menu | null): readonly Electron.MenuItem[] {
  return (menu?.items ?? []).flatMap((item) => [item, ...itemsOf(item.submenu ?? null)]);
}
