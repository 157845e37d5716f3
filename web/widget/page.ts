/** A tab nobody looks at gives its connection back (browsers allow six a site). */
const HIDDEN_LIMIT_MS = 60_000;

/** What happens around the widget. */
export interface Surroundings {
  online(on: boolean): void;
  /** The tab is looked at again. */
  seen(): void;
  /** The tab has been out of sight for long. */
  unseen(): void;
  /** Another tab of the shop changed what is kept in this browser. */
  otherTab(event: StorageEvent): void;
}

/** Listens to the page for as long as it lives. */
export function watchPage(around: Surroundings): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  addEventListener('online', () => around.online(true));
  addEventListener('offline', () => around.online(false));
  addEventListener('storage', (event) => {
    if (event.key === 'doorstep' || event.key === null) around.otherTab(event);
  });
  document.addEventListener('visibilitychange', () => {
    clearTimeout(timer);
    if (document.hidden) timer = setTimeout(() => around.unseen(), HIDDEN_LIMIT_MS);
    else around.seen();
  });
}
