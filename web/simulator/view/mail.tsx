/** @jsxImportSource preact */
import { useEffect, useState } from 'preact/hooks';
import { keptMails, type KeptMail } from '../live';
import { TopBar } from './page';

const LOOK_AGAIN_MS = 2000;

/** E-mails the product would have sent; the demo keeps them here. */
export function MailPage() {
  const [mails, setMails] = useState<KeptMail[]>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    const look = () =>
      void keptMails().then(
        (found) => {
          setMails(found);
          setProblem(undefined);
        },
        () => setProblem('The product does not answer. Is it running?'),
      );
    look();
    const timer = setInterval(() => !document.hidden && look(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <>
      <TopBar here="mail" />
      <div class="notices" role="status">
        {problem && <p class="problem">{problem}</p>}
      </div>
      <main class="mails">
        <h2>Mailbox of the demo</h2>
        <p>E-mails of the demo go nowhere else: one-time codes and notices arrive here, newest first.</p>
        {mails?.length === 0 && (
          <p class="empty">
            No mail yet. Ask for something that needs proof, for example on the shop’s chat: the code goes to
            the order’s phone, where the simulator shows it, or to its e-mail, which arrives here.
          </p>
        )}
        {mails?.map((mail) => (
          <article class="box" key={mail.at + mail.to + mail.subject}>
            <h3>{mail.subject}</h3>
            <p class="to">
              To {mail.to}, {new Date(mail.at).toLocaleString('en-IN')}
            </p>
            <pre>{mail.text}</pre>
          </article>
        ))}
      </main>
    </>
  );
}
