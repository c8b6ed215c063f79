import { join } from 'node:path';
import { app, Menu, nativeImage, nativeTheme, screen, Tray } from 'electron';
import type { TrayView } from '../core/tray/tray.ts';
import { trayIconFile } from './tray-icons.ts';
import { trayMenu, type TrayMenuActions, type TrayMenuModel } from './tray-menu.ts';

/** Windows cuts a tooltip that is longer, characters. */
const LONGEST_TOOLTIP = 127;

/** What the tray shows. */
export interface TrayModel {
  readonly view: Pick<TrayView, 'state' | 'ringEighths' | 'tooltip'>;
  readonly menu: TrayMenuModel;
}

/** What the tray stands on. */
export interface AppTrayOptions {
  /** Folder of the rendered icons, outside the asar: Windows loads icons in it through copies that can go blank. */
  readonly icons: string;
  readonly platform: NodeJS.Platform;
  /** The owner wants the window. */
  readonly onOpen: () => void;
}

/** What the rest of the app does for the tray's menu. */
export type TrayService = Omit<TrayMenuActions, 'open' | 'showIconAgain' | 'quit'>;

/** Before the rest of the app is there, when the menu has no line for any of it that could do anything. */
const NO_SERVICE: TrayService = { refresh: () => undefined, pause: () => undefined, setStartAtLogin: () => undefined };

/** The one tray icon. Sets nothing that has not changed: panels repaint, and some blink, at every setting. */
export class AppTray {
  readonly #options: AppTrayOptions;
  #service = NO_SERVICE;
  #tray: Tray | null = null;
  #model: TrayModel;
  #gone = false;
  #shown = NOTHING_SHOWN;

  /** Puts the icon into the panel at once. */
  constructor(options: AppTrayOptions, first: TrayModel) {
    this.#options = options;
    this.#model = first;
    nativeTheme.on('updated', () => this.#show());
    screen.on('display-metrics-changed', () => this.#show());
    this.#make();
  }

  /** From now on the menu's lines are for this. */
  serve(service: TrayService): void {
    this.#service = service;
  }

  /** Shows this. */
  update(model: TrayModel): void {
    this.#model = model;
    this.#show();
  }

  /** Sets the menu although nothing in it has changed: a click ticks a line by itself, also where nothing came of it. */
  setMenuAnew(): void {
    this.#shown = { ...this.#shown, menuText: '' };
    this.#show();
  }

  /**
   * Takes the icon away and puts it back. On Linux the panel is looked for only when the icon is made, so an app that started
   * before its panel, or outlived one, has to do this to be seen.
   */
  recreate(): void {
    this.#make();
  }

  /** Takes the icon away for good. */
  destroy(): void {
    this.#gone = true;
    if (this.#tray?.isDestroyed() === false) this.#tray.destroy();
  }

  #make(): void {
    if (this.#gone) return;
    if (this.#tray?.isDestroyed() === false) this.#tray.destroy();
    const icon = this.#iconFile();
    this.#tray = new Tray(nativeImage.createFromPath(icon));
    this.#shown = { ...NOTHING_SHOWN, icon };
    // macOS opens the menu by itself; elsewhere a click is for the window, where clicks are delivered at all.
    if (this.#options.platform !== 'darwin') this.#tray.on('click', this.#options.onOpen);
    this.#show();
  }

  #actions(): TrayMenuActions {
    return {
      open: this.#options.onOpen,
      refresh: (connection) => this.#service.refresh(connection),
      pause: (until) => this.#service.pause(until),
      setStartAtLogin: (enabled) => this.#service.setStartAtLogin(enabled),
      showIconAgain: () => this.recreate(),
      quit: () => app.quit(),
    };
  }

  #iconFile(): string {
    const { icons, platform } = this.#options;
    const { view } = this.#model;
    // In colour where colour is a warning; else as monochrome as its neighbours in the menu bar.
    const template = view.state !== 'soon' && view.state !== 'urgent' && view.state !== 'broken';
    const scaleFactor = Math.max(...screen.getAllDisplays().map((display) => display.scaleFactor));
    return join(icons, trayIconFile(view, { platform, panelDark: nativeTheme.shouldUseDarkColorsForSystemIntegratedUI, template, scaleFactor }));
  }

  #show(): void {
    const tray = this.#tray;
    if (tray === null || tray.isDestroyed()) return;
    const { view, menu } = this.#model;
    const icon = this.#iconFile();
    const toolTip = view.tooltip.slice(0, LONGEST_TOOLTIP);
    const menuText = JSON.stringify(menu);
    const changed = { icon: icon !== this.#shown.icon, toolTip: toolTip !== this.#shown.toolTip, menu: menuText !== this.#shown.menuText };
    if (changed.icon) tray.setImage(nativeImage.createFromPath(icon));
    if (changed.toolTip) tray.setToolTip(toolTip);
    // Set anew after any change: on Linux a change is not seen in a menu that was set before.
    if (changed.icon || changed.toolTip || changed.menu) tray.setContextMenu(Menu.buildFromTemplate(trayMenu(menu, this.#actions())));
    this.#shown = { icon, toolTip, menuText };
  }
}

const NOTHING_SHOWN = { icon: '', toolTip: '', menuText: '' };
