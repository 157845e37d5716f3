import type { DialogContext } from 'botbuilder-dialogs';
import type { ChoiceOption } from '../core/content';
import type { Call } from '../../dialogs/kit/call';
import { menu } from '../../dialogs/kit/menu';
import { askAgain } from '../../dialogs/kit/slot-prompt';
import { missed } from './unclear';

/**
 * A voice note, picture, file, pin or contact that nothing was waiting for: an answer in words, never silence. Two that we cannot
 * use in a row bring a person. True when there was one and it is answered.
 */
export async function mediaAnswer(call: Call, dc: DialogContext): Promise<boolean> {
  const { heard, t } = call;
  const wordless = heard.text !== '' && !/[\p{L}\p{N}]/u.test(heard.text);
  if (heard.text && !wordless) return false;
  const kind = wordless ? 'sticker' : kindOf(call);
  if (!kind) return false;
  if (kind === 'photo' && sameAlbum(call)) {
    call.silent = 'pictures of the same album were just answered';
    return true;
  }
  const open = dc.stack.length > 0;
  const useless = kind === 'voice' || kind === 'file' || kind === 'unsupported';
  // A picture may belong to what is told; anything else leaves an open question unanswered.
  if ((useless || (open && kind !== 'photo')) && missed(call, dc)) return true;
  call.say({ text: t.talk[kind], ...(open ? {} : { ...menu(call), options: optionsFor(call, kind) }) });
  if (open) await askAgain(dc);
  return true;
}

const ALBUM_MS = 15_000;

/** Pictures sent together arrive one by one; the first of them got the answer. */
function sameAlbum(call: Call): boolean {
  const { pictured } = call.memory;
  call.memory.pictured = call.now.toISOString();
  return pictured !== undefined && call.now.getTime() - Date.parse(pictured) < ALBUM_MS;
}

type Kind =
  'voice' | 'post' | 'mention' | 'sticker' | 'photo' | 'file' | 'location' | 'contact' | 'unsupported';

function kindOf(call: Call): Kind | undefined {
  const { attachments, location, phones, unsupported } = call.heard;
  const first = attachments[0];
  if (first) {
    if (first.kind === 'voice' || first.kind === 'audio') return 'voice';
    if (first.kind === 'sticker' || first.kind === 'post' || first.kind === 'mention') return first.kind;
    return first.kind === 'image' || first.kind === 'video' ? 'photo' : 'file';
  }
  if (location) return 'location';
  if (phones.length > 0) return 'contact';
  return unsupported === undefined ? undefined : 'unsupported';
}

function optionsFor(call: Call, kind: Kind): ChoiceOption[] {
  const person = call.go('talk_to_human');
  if (kind === 'photo') return [call.go('complaint'), call.go('initiate_return'), person];
  if (kind === 'location' || kind === 'contact') return [call.go('correct_address'), person];
  return menu(call).options ?? [person];
}
