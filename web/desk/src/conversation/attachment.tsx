import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { MessageWire } from '../../../../src/desk/wire';
import { call, conversationPath } from '../lib/api';
import { plain } from '../lib/words';
import { Icon } from '../ui/icons';

type File = NonNullable<MessageWire['attachments']>[number];

const NAMES: Record<string, string> = { image: 'Photo', sticker: 'Sticker', voice: 'Voice note' };

/** What a customer sent: photos are shown, sounds and films can be played, anything else is opened. One that is not there says why. */
export function Attachment({ conversation, seq, n, file }: AttachmentProps) {
  const [fault, setFault] = useState<string>();
  const [round, setRound] = useState(0);
  const path = `${conversationPath(conversation)}/files/${seq}/${n}`;
  const address = `/desk/api${path}${round > 0 ? `?again=${round}` : ''}`;
  const name = NAMES[file.kind] ?? plain(file.kind);
  // The browser only says that it failed; the desk's answer has the words.
  const failed = () =>
    void call('GET', path).then(
      () => setFault('This browser cannot show it.'),
      (error: unknown) => setFault(error instanceof Error ? error.message : 'It could not be fetched.'),
    );
  const again = () => {
    setRound(round + 1);
    setFault(undefined);
  };
  if (fault) {
    return (
      <div className="attachment">
        <Icon name="clip" />
        <span>
          {name} from the customer. {fault}
        </span>
        <a href={address} target="_blank" rel="noreferrer">
          Open
        </a>
        <Button className="button small" onPress={again}>
          <Icon name="retry" /> Try again
        </Button>
      </div>
    );
  }
  if (file.kind === 'image' || file.kind === 'sticker') {
    return (
      <a className="photo" href={address} target="_blank" rel="noreferrer" title="Open in full size">
        <img src={address} alt={`${name} from the customer`} onError={failed} />
      </a>
    );
  }
  if (file.kind === 'voice' || file.kind === 'audio') {
    return (
      <audio
        className="voice"
        controls
        src={address}
        aria-label={`${name} from the customer`}
        onError={failed}
      />
    );
  }
  if (file.kind === 'video') {
    return (
      <video className="photo" controls src={address} aria-label="Video from the customer" onError={failed} />
    );
  }
  return (
    <div className="attachment">
      <Icon name="clip" />
      <a href={address} target="_blank" rel="noreferrer">
        {name} from the customer
      </a>
    </div>
  );
}

interface AttachmentProps {
  conversation: string;
  /** Number of its line, and its place in it. */
  seq: number;
  n: number;
  file: File;
}
