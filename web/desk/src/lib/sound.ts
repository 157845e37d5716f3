import { soundOn } from './saved';

let context: AudioContext | undefined;

/** Browsers allow sound only after the person has touched the page; called on the first touch. */
export function wakeSound(): void {
  context ??= new AudioContext();
  void context.resume();
}

/** Two soft rising tones: somebody waits for a person. Silent when muted. */
export function chime(): void {
  document.documentElement.dataset.chimes = String(Number(document.documentElement.dataset.chimes ?? 0) + 1);
  if (!soundOn.get() || context?.state !== 'running') return;
  const start = context.currentTime;
  for (const [i, frequency] of [660, 880].entries()) {
    const tone = context.createOscillator();
    const volume = context.createGain();
    const at = start + i * 0.14;
    tone.type = 'sine';
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.18, at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.4);
    tone.connect(volume).connect(context.destination);
    tone.start(at);
    tone.stop(at + 0.45);
  }
}
