import { Signal } from './signal';

const PREFIX = 'doorstep-desk:';

function load(name: string): string | null {
  try {
    return window.localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

function store(name: string, value: string): void {
  try {
    if (value === '') window.localStorage.removeItem(PREFIX + name);
    else window.localStorage.setItem(PREFIX + name, value);
  } catch {
    // Private windows may refuse; the desk then forgets at reload.
  }
}

/** A switch that survives reload on this browser. */
export class SavedSwitch extends Signal<boolean> {
  constructor(
    private readonly name: string,
    start: boolean,
  ) {
    const saved = load(name);
    super(saved === null ? start : saved === 'on');
  }

  toggle(): void {
    this.set(!this.get());
    store(this.name, this.get() ? 'on' : 'off');
  }
}

export type Theme = 'system' | 'light' | 'dark';

/** The look chosen on this browser. */
export const theme = new Signal<Theme>((load('theme') as Theme | null) ?? 'system');

/** Puts the chosen look on the page, now and whenever it changes. */
export function applyTheme(): void {
  const apply = () => {
    const chosen = theme.get();
    if (chosen === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = chosen;
    store('theme', chosen === 'system' ? '' : chosen);
  };
  apply();
  theme.subscribe(apply);
}

export const soundOn = new SavedSwitch('sound', true);
export const singleKeysOn = new SavedSwitch('keys', true);

/** What was being written in a conversation and not sent. */
export const drafts = {
  get: (key: string, mode: 'reply' | 'note') => load(`draft:${mode}:${key}`) ?? '',
  set: (key: string, mode: 'reply' | 'note', text: string) => store(`draft:${mode}:${key}`, text),
};
