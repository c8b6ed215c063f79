import type { Answer } from './answers.ts';
import { refused } from './answers.ts';
import type { Fault } from './faults.ts';
import { refusal } from './refusals.ts';
import type { Scene } from './scene.ts';
import { refusalFacts } from './scene.ts';
import { lookAt } from './subjects.ts';

/** A fault that changes whether and how the caller gets an answer. */
export type Spoiling = Exclude<Fault, { readonly kind: 'latency' | 'candidate' | 'expires-in' | 'wording' }>;

/** The first fault that takes over the answer; undefined where the answer goes out as it is. */
export function spoilingOf(faults: readonly Fault[]): Spoiling | undefined {
  return faults.find((fault): fault is Spoiling => !['latency', 'candidate', 'expires-in', 'wording'].includes(fault.kind));
}

/** Whether the call has had its effect before the fault strikes. */
export function hasEffect(fault: Spoiling | undefined): boolean {
  if (fault === undefined || fault.kind === 'truncate') return true;
  return 'afterEffect' in fault && fault.afterEffect === true;
}

function text(status: number, contentType: string, body: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return { kind: 'bytes', status, contentType, bytes: Buffer.from(body), headers };
}

/** What a fault answers instead of the route; null where it gives no answer, or spoils the route's own. */
export function standIn(fault: Spoiling, scene: Scene, target: string): Answer | null {
  switch (fault.kind) {
    case 'drop':
    case 'hang':
    case 'truncate':
      return null;
    case 'server-error':
      return refused({ ...refusal(2, refusalFacts(scene)), status: fault.status });
    case 'html':
      return text(fault.status ?? 502, 'text/html; charset=utf-8', '<!DOCTYPE html><html><head><title>Error</title></head><body><h1>Sorry, something went wrong.</h1></body></html>');
    case 'empty':
      return text(fault.status ?? 200, 'application/json; charset=UTF-8', '');
    case 'redirect':
      return text(fault.status ?? 302, 'text/plain', '', { Location: `${fault.to}${target}` });
    case 'refuse': {
      const { token, subject } = lookAt(scene.call, scene.world);
      const about = subject ?? token;
      const facts = { expiresAt: about?.expiresAt ?? null, ...(about === null ? {} : { appId: about.appId }), ...(scene.call.nodeId === null ? {} : { subject: scene.call.nodeId }) };
      return refused(refusal(fault.row, refusalFacts(scene, facts)));
    }
    case 'error':
      return refused({ status: 400, subcode: null, type: 'OAuthException', message: 'Practice error', details: null, transient: false, ...fault.error });
  }
}
