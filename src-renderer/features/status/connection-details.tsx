import type { ReactNode } from 'react';
import type { ConnectionView } from '../../../src-main/contract/status.ts';
import { Sentence } from '../../ui/sentence.tsx';
import { When } from '../../ui/when.tsx';
import { AlertLine } from './alert-line.tsx';
import './connection-details.css';

const KINDS: Readonly<Record<ConnectionView['kind'], string>> = {
  'short-lived': 'Short-lived, for some hours',
  'long-lived': 'Long-lived, for about 60 days',
  'system-user-60-day': 'System User, for 60 days',
  'never-expiring': 'Never expires',
  unknown: 'Not known',
};

/** Everything known about a connection, for whoever set the bot up. */
export function ConnectionDetails({ connection }: { readonly connection: ConnectionView }): ReactNode {
  const { kind, reasons, alerts, scopes, missingScopes } = connection;
  const never = kind === 'never-expiring';
  return (
    <div className="details">
      {reasons.length > 1 ? (
        <Part title="Also">
          {reasons.slice(1).map((reason) => (
            <p key={reason}>
              <Sentence text={reason} />
            </p>
          ))}
        </Part>
      ) : null}
      {alerts.length > 0 ? (
        <Part title="Reminders">
          {alerts.map((alert) => (
            <AlertLine key={alert.id} alert={alert} connection={connection.id} />
          ))}
        </Part>
      ) : null}
      <dl className="facts">
        <Fact term="Kind of token">{KINDS[kind]}</Fact>
        <Fact term="Token ends">{never ? 'Never' : <Moment iso={connection.expiresAt} missing="Not known" />}</Fact>
        <Fact term="Data access ends">
          <Moment iso={connection.dataAccessExpiresAt} missing={connection.dataAccessNeverEnds ? 'Never' : 'Not known'} />
        </Fact>
        <Fact term="Issued">
          <Moment iso={connection.issuedAt} missing="Not known" />
        </Fact>
        <Fact term="Last check">
          <Moment iso={connection.lastCheck} missing="Not yet" />
        </Fact>
        <Fact term="Last renewal">
          <Moment iso={connection.lastRenewal} missing="Not yet" />
        </Fact>
        <Fact term="Next renewal">
          <Moment iso={connection.nextRenewal} missing="None planned" />
        </Fact>
        <Fact term="App that issued it">{connection.appId ?? 'Not known'}</Fact>
        <Fact term="Phone number id">{connection.phoneNumberId ?? 'Not known'}</Fact>
        <Fact term="WhatsApp account id">{connection.wabaId ?? 'Not known'}</Fact>
        <Fact term="Permissions">{scopes.length === 0 ? 'Not known' : <Names names={scopes} />}</Fact>
        <Fact term="Missing permissions">{missingScopes.length === 0 ? 'None' : <Names names={missingScopes} />}</Fact>
        <Fact term="Fingerprint">{connection.fingerprint === null ? 'No token' : <code>{connection.fingerprint}</code>}</Fact>
        <Fact term="Connection id">
          <code>{connection.id}</code>
        </Fact>
      </dl>
    </div>
  );
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <section className="details-part">
      <h3 className="details-title">{title}</h3>
      {children}
    </section>
  );
}

function Fact({ term, children }: { readonly term: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className="fact">
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Moment({ iso, missing }: { readonly iso: string | null; readonly missing: string }): ReactNode {
  return iso === null ? missing : <When iso={iso} />;
}

function Names({ names }: { readonly names: readonly string[] }): ReactNode {
  return names.map((name) => (
    <code key={name} className="scope">
      {name}
    </code>
  ));
}
