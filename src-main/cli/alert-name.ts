import type { AlertView } from '../contract/status.ts';

/** How an owner can name an alert: by its code where no other has it, else by its id. */
export function alertName({ id, code }: AlertView, all: readonly AlertView[]): string {
  return all.filter((other) => other.code === code).length > 1 ? id : code;
}

/** The alerts that a name means: the one with this id, else those with this code, else those whose id begins so. */
export function alertsNamed(name: string, all: readonly AlertView[]): readonly AlertView[] {
  const tries: readonly ((alert: AlertView) => boolean)[] = [({ id }) => id === name, ({ code }) => code === name.toLowerCase(), ({ id }) => name !== '' && id.startsWith(name)];
  return tries.map((fits) => all.filter(fits)).find((found) => found.length > 0) ?? [];
}
