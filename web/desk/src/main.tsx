import '@fontsource/noto-sans-devanagari/devanagari-400.css';
import '@fontsource/noto-sans-devanagari/devanagari-600.css';
import '../styles/base.css';
import '../styles/controls.css';
import '../styles/shell.css';
import '../styles/queue.css';
import '../styles/conversation.css';
import '../styles/order.css';
import '../styles/pages.css';
import '../styles/figures.css';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { applyTheme } from './lib/saved';
import { wakeSound } from './lib/sound';

applyTheme();
for (const touch of ['pointerdown', 'keydown']) window.addEventListener(touch, wakeSound, { once: true });

const place = document.getElementById('desk');
if (place) createRoot(place).render(<App />);
