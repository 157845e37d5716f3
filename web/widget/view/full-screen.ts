import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

/** Where the window covers the page; the same width stands in the style sheet. */
const NARROW = '(max-width: 480px)';

const stillPage = (): CSSStyleSheet => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('html, body { overflow: hidden !important; overscroll-behavior: none !important; }');
  return sheet;
};

/**
 * On narrow screens: true, the page behind stands still, and the window is as high as what the on-screen keyboard leaves free.
 * Everything is undone when the window goes.
 */
export function useFullScreen(panel: RefObject<HTMLElement | null>): boolean {
  const [full, setFull] = useState(() => matchMedia(NARROW).matches);
  useLayoutEffect(() => {
    const query = matchMedia(NARROW);
    const changed = () => setFull(query.matches);
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  }, []);
  useLayoutEffect(() => {
    if (!full) return;
    const sheet = stillPage();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    const view = window.visualViewport;
    const fit = () => {
      panel.current?.style.setProperty('height', `${view?.height ?? innerHeight}px`);
      panel.current?.style.setProperty('top', `${view?.offsetTop ?? 0}px`);
    };
    fit();
    view?.addEventListener('resize', fit);
    view?.addEventListener('scroll', fit);
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== sheet);
      view?.removeEventListener('resize', fit);
      view?.removeEventListener('scroll', fit);
      panel.current?.style.removeProperty('height');
      panel.current?.style.removeProperty('top');
    };
  }, [full]);
  return full;
}
