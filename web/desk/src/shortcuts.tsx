import { useLayoutEffect, useRef } from 'react';
import { Button, Dialog, Heading, Modal, ModalOverlay, Switch } from 'react-aria-components';
import { singleKeysOn } from './lib/saved';
import { useSignal } from './lib/signal';

const KEYS: [string, string][] = [
  ['j  k', 'Next, previous conversation'],
  ['s', 'Search'],
  ['r', 'Write a reply'],
  ['n', 'Write a private note'],
  ['t', 'Take over'],
  ['b', 'Return to bot'],
  ['e', 'Resolve'],
  ['x', 'Transfer'],
  ['m', 'Sound on or off'],
  ['Enter', 'Send'],
  ['Shift Enter', 'New line'],
  ['/', 'Prepared replies, at the start of a reply'],
  ['Esc', 'Leave the text, close what is open'],
  ['?', 'This sheet'],
];

/** True where letters are text, so that they are no shortcuts. */
export function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName) ||
      target.closest('[data-was-writing]') !== null)
  );
}

/** Single keys that act while nobody is writing and no dialog is open. */
export function useShortcuts(actions: Record<string, () => void>): void {
  const latest = useRef(actions);
  latest.current = actions;
  // Before the first paint: what a person sees, they may press.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (isWriting(event.target) || document.querySelector('[role=dialog], [role=menu]')) return;
      const act = latest.current[event.key];
      if (!act || (!singleKeysOn.get() && event.key !== '?')) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    };
    // Before the list's own typing-to-find.
    window.addEventListener('keydown', press, true);
    return () => window.removeEventListener('keydown', press, true);
  }, []);
}

/** The sheet behind `?`. */
export function Shortcuts({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const on = useSignal(singleKeysOn);
  return (
    <ModalOverlay
      className="overlay"
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
    >
      <Modal className="modal">
        <Dialog className="dialog">
          <Heading slot="title">Keyboard shortcuts</Heading>
          <dl className="keys">
            {KEYS.map(([keys, what]) => (
              <div key={keys}>
                <dt>
                  {keys.split(/ +/).map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
          <div className="dialog-foot">
            <Switch className="switch" isSelected={on} onChange={() => singleKeysOn.toggle()}>
              <span className="switch-track" aria-hidden />
              Single-letter keys
            </Switch>
            <Button className="button" onPress={onClose}>
              Close
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
