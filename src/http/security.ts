import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** Scripts that other sites' pages load; everything else stays with pages of our own origin. */
const EMBEDDABLE = /^\/widget(\.js|\/)/;

/**
 * Security headers for pages and the API. No inline script or style, nothing from elsewhere. HSTS and
 * upgrade-insecure-requests only when people reach us by https, or a plain http trial would lock itself out.
 */
export function securityHeaders(options: { https: boolean }): RequestHandler {
  const apply = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        mediaSrc: ["'self'"],
        manifestSrc: ["'self'"],
        frameSrc: ["'self'"],
        frameAncestors: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        objectSrc: ["'none'"],
        ...(options.https && { upgradeInsecureRequests: [] }),
      },
    },
    strictTransportSecurity: options.https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    crossOriginResourcePolicy: false,
    xFrameOptions: { action: 'sameorigin' },
  });
  return (req, res, next) => {
    res.set('Cross-Origin-Resource-Policy', EMBEDDABLE.test(req.path) ? 'cross-origin' : 'same-origin');
    apply(req, res, next);
  };
}
