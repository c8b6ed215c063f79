import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { HostEvent } from '../event.ts';
import type { NotificationMember } from '../faces.ts';
import { hostApp } from './app.ts';

const onScreen = new Set<HostNotification>();

/** `Notification` on a desktop that shows everything at once and closes nothing by itself. */
export class HostNotification extends EventEmitter implements Pick<Electron.Notification, NotificationMember> {
  readonly id: string;
  readonly groupId: string;
  title: string;
  subtitle: string;
  body: string;
  silent: boolean;
  urgency: 'normal' | 'critical' | 'low';
  actions: Electron.NotificationAction[];
  timeoutType: 'default' | 'never';
  closeButtonText: string;
  toastXml: string;
  hasReply: boolean;
  replyPlaceholder: string;
  sound: string;

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super();
    if (!hostApp.isReady()) throw new Error('Cannot create Notification before app is ready');
    this.id = options.id === undefined || options.id === '' ? randomUUID() : options.id;
    this.groupId = options.groupId ?? '';
    this.title = options.title ?? '';
    this.subtitle = options.subtitle ?? '';
    this.body = options.body ?? '';
    this.silent = options.silent ?? false;
    this.urgency = options.urgency ?? 'normal';
    this.actions = options.actions ?? [];
    this.timeoutType = options.timeoutType ?? 'default';
    this.closeButtonText = options.closeButtonText ?? '';
    this.toastXml = options.toastXml ?? '';
    this.hasReply = options.hasReply ?? false;
    this.replyPlaceholder = options.replyPlaceholder ?? '';
    this.sound = options.sound ?? '';
  }

  static isSupported(): boolean {
    return true;
  }

  static handleActivation(_callback: (details: Electron.ActivationArguments) => void): void {}

  static remove(id: string | string[]): void {
    for (const shown of onScreen) if ([id].flat().includes(shown.id)) shown.close();
  }

  static removeAll(): void {
    for (const shown of onScreen) shown.close();
  }

  static removeGroup(groupId: string): void {
    for (const shown of onScreen) if (shown.groupId === groupId) shown.close();
  }

  show(): void {
    onScreen.add(this);
    setImmediate(() => this.emit('show', new HostEvent()));
  }

  close(): void {
    if (!onScreen.delete(this)) return;
    setImmediate(() => this.emit('close', new HostEvent()));
  }
}
