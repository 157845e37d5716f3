import type { Router } from 'express';
import { renderSVG } from 'uqr';
import { AppError } from '../core/errors';
import { param, requireRole } from './access';
import type { DeskDeps } from './deps';
import type { ChannelWire } from './wire';

/** For admins: how channels with a session of their own stand, and the code that links the shop's phone. */
export function channelRoutes(router: Router, { channels = [] }: Pick<DeskDeps, 'channels'>): void {
  router.get('/channels', requireRole('admin'), (_req, res) => {
    const found = channels.flatMap(({ id, session }): ChannelWire[] => {
      if (!session) return [];
      const { name, note, qr } = session.state();
      return [{ id, state: name, ...(note ? { note } : {}), hasCode: qr !== undefined }];
    });
    res.json({ channels: found });
  });

  router.get('/channels/:id/code.svg', requireRole('admin'), (req, res) => {
    const qr = channels.find(({ id }) => id === param(req, 'id'))?.session?.state().qr;
    if (qr === undefined) throw new AppError('not_found', 'there is no code to scan at the moment');
    res.type('image/svg+xml').send(renderSVG(qr, { border: 4 }));
  });
}
