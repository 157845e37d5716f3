import { useDesk } from '../lib/desk';
import { AuditTrail } from './audit-trail';
import { CannedReplies } from './canned-replies';
import { Channels } from './channels';
import { OwnPassword } from './own-password';
import { People } from './people';

/** One's own password, prepared replies, and for admins people and the audit trail. */
export function Settings() {
  const { role } = useDesk().session.agent;
  return (
    <main className="page" aria-label="Settings">
      <div className="page-head">
        <h1>Settings</h1>
      </div>
      <CannedReplies mayEdit={role !== 'agent'} />
      {role === 'admin' ? <Channels /> : null}
      {role === 'admin' ? <People /> : null}
      <OwnPassword />
      {role === 'admin' ? <AuditTrail /> : null}
    </main>
  );
}
