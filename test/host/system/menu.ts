import { EventEmitter } from 'node:events';
import { hostApp } from './app.ts';

type Template = readonly (Electron.MenuItemConstructorOptions | HostMenuItem)[];
type ItemMember = 'accelerator' | 'checked' | 'click' | 'enabled' | 'id' | 'label' | 'sublabel' | 'toolTip' | 'visible' | 'type' | 'commandId';

let lastCommandId = 0;

/** `MenuItem`: what the app gave, and a `click` that does what the owner's click does. */
export class HostMenuItem implements Pick<Electron.MenuItem, ItemMember> {
  readonly commandId = (lastCommandId += 1);
  readonly type: Electron.MenuItem['type'];
  readonly role: Electron.MenuItemConstructorOptions['role'];
  readonly submenu: HostMenu | undefined;
  readonly icon: unknown;
  readonly id: string;
  readonly accelerator: string | null;
  readonly click: (event?: unknown, window?: unknown) => void;
  label: string;
  sublabel: string;
  toolTip: string;
  checked: boolean;
  enabled: boolean;
  visible: boolean;

  constructor(options: Electron.MenuItemConstructorOptions) {
    if (options.label === undefined && options.role === undefined && options.type === undefined) throw new TypeError('Invalid template for MenuItem: must have at least one of label, role or type');
    if (options.type === 'submenu' && options.submenu === undefined) throw new TypeError('Invalid submenu');
    const { submenu } = options;
    this.submenu = Array.isArray(submenu) ? HostMenu.buildFromTemplate(submenu) : (submenu as unknown as HostMenu | undefined);
    this.type = options.type ?? (this.submenu === undefined ? 'normal' : 'submenu');
    this.role = options.role;
    this.id = options.id ?? '';
    this.label = options.label ?? options.role ?? '';
    this.sublabel = options.sublabel ?? '';
    this.toolTip = options.toolTip ?? '';
    this.accelerator = options.accelerator ?? null;
    this.icon = options.icon;
    this.checked = options.checked ?? false;
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    const ownerClick = options.click as ((item: HostMenuItem, window: unknown, event: unknown) => void) | undefined;
    this.click = (event, window) => {
      if (this.type === 'checkbox' || this.type === 'radio') this.checked = !this.checked;
      if (options.role === 'quit') hostApp.quit();
      else ownerClick?.(this, window, event);
    };
  }
}

/** `Menu`. `popup` shows nothing. */
export class HostMenu extends EventEmitter {
  static #application: HostMenu | null = null;
  readonly items: HostMenuItem[] = [];

  static buildFromTemplate(template: Template): HostMenu {
    const isList: boolean = Array.isArray(template);
    if (!isList) throw new TypeError('Invalid template for Menu: Menu template must be an array');
    const menu = new HostMenu();
    for (const entry of template) menu.append(entry instanceof HostMenuItem ? entry : new HostMenuItem(entry));
    return menu;
  }

  static setApplicationMenu(menu: HostMenu | null): void {
    HostMenu.#application = menu;
  }

  static getApplicationMenu(): HostMenu | null {
    return HostMenu.#application;
  }

  append(item: HostMenuItem): void {
    this.items.push(item);
  }

  insert(position: number, item: HostMenuItem): void {
    this.items.splice(position, 0, item);
  }

  getMenuItemById(id: string): HostMenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id);
      if (found !== undefined && found !== null) return found;
    }
    return null;
  }

  popup(_options?: Electron.PopupOptions): void {
    this.emit('menu-will-show', {});
  }

  closePopup(): void {
    this.emit('menu-will-close', {});
  }
}
