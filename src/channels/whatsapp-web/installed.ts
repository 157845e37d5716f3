import { accessSync, constants, statSync } from 'node:fs';

/** The client library and the version this channel was written against. It is installed by shops that use it, not with the project. */
export const LIBRARY = 'whatsapp-web.js';
export const LIBRARY_VERSION = '1.34.7';

/** Path of the installed library; undefined when it is not there. */
export function libraryPath(): string | undefined {
  try {
    return require.resolve(LIBRARY);
  } catch {
    return undefined;
  }
}

/** What keeps the channel from starting, in words; one entry for each setting at fault. `library`: its path, or null where it is missing. */
export function faultsOf(
  chromePath: string | undefined,
  library: string | null = libraryPath() ?? null,
): { field: 'WHATSAPP_WEB' | 'CHROME_PATH'; message: string }[] {
  const install = `npm install --no-save ${LIBRARY}@${LIBRARY_VERSION}`;
  return [
    ...(library === null
      ? [
          {
            field: 'WHATSAPP_WEB' as const,
            message: `is on, but ${LIBRARY} is not installed: run ${install}`,
          },
        ]
      : []),
    ...(chromePath === undefined
      ? [{ field: 'CHROME_PATH' as const, message: 'is missing: WHATSAPP_WEB needs Chrome or Chromium' }]
      : isProgram(chromePath)
        ? []
        : [{ field: 'CHROME_PATH' as const, message: 'names no program that may be run' }]),
  ];
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
