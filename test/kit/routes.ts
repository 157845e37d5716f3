import type { Express } from 'express';

interface Layer {
  rawPath: string | string[];
  route?: { path: string | string[]; methods: Record<string, boolean> };
  handle: { stack?: Layer[] };
}

const listed = (path: string | string[]) => (Array.isArray(path) ? path : [path]);
const joined = (base: string, path: string) =>
  `${base}${path}`.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1');

function* under(layers: Layer[], base: string): Generator<string> {
  for (const { rawPath, route, handle } of layers) {
    if (route) {
      for (const path of listed(route.path))
        for (const method of Object.keys(route.methods))
          yield `${method.replace('_', '').toUpperCase()} ${joined(base, path)}`;
    } else {
      for (const path of listed(rawPath ?? '/')) {
        if (handle.stack) yield* under(handle.stack, joined(base, path));
        // A handler with an address of its own, such as a folder of files.
        else if (path !== '/') yield `USE ${joined(base, path)}`;
      }
    }
  }
}

/** Every route an Express app has, as `GET /orders/:number`; handlers mounted at an address of their own as `USE /assets`. */
export function routesOf(app: Express): string[] {
  return [...new Set(under((app.router as unknown as { stack: Layer[] }).stack, ''))].sort();
}
