/**
 * Who a route is for. `open`: everybody; `signed`: a provider's signature or token, and nobody else; `machine`: this machine or the API key;
 * `key`: the API key; `page`: everybody, pages without data; `visitor`: a web chat's token; `signed-in`, `supervisor`, `admin`: a session of
 * the desk with at least that role.
 */
export type For = 'open' | 'signed' | 'machine' | 'key' | 'visitor' | 'signed-in' | 'supervisor' | 'admin';

/** Every route of a configured product. A new one must be put here by hand. */
export const LIVE: Record<string, For> = {
  'GET /': 'open',
  'GET /healthz': 'open',
  'GET /readyz': 'open',
  'GET /widget.js': 'open',
  'GET /metrics': 'machine',

  'GET /webhooks/instagram': 'signed',
  'POST /webhooks/instagram': 'signed',
  'GET /webhooks/whatsapp': 'signed',
  'POST /webhooks/whatsapp': 'signed',
  'POST /webhooks/aftership': 'signed',
  'POST /webhooks/carrier/a': 'signed',
  'POST /webhooks/carrier/instructions': 'signed',
  'POST /webhooks/delhivery': 'signed',
  'POST /webhooks/shopify': 'signed',

  'GET /api/v1/openapi.json': 'key',
  'GET /api/v1/conversations': 'key',
  'GET /api/v1/conversations/:id': 'key',
  'GET /api/v1/conversations/:id/messages': 'key',
  'POST /api/v1/conversations/:id/messages': 'key',
  'POST /api/v1/conversations/:id/owner': 'key',
  'GET /api/v1/metrics/summary': 'key',
  'GET /api/v1/orders/:orderNumber': 'key',
  'PUT /api/v1/orders/:orderNumber': 'key',
  'POST /api/v1/orders/import': 'key',
  'GET /api/v1/returns': 'key',
  'GET /api/v1/returns/:rma': 'key',

  'POST /webchat/sessions': 'open',
  'POST /webchat/messages': 'visitor',
  'GET /webchat/events': 'visitor',

  'GET /desk': 'open',
  'GET /desk/{*path}': 'open',
  'USE /desk/assets': 'open',
  'POST /desk/api/session': 'open',
  'GET /desk/api/session': 'signed-in',
  'DELETE /desk/api/session': 'signed-in',
  'PUT /desk/api/session/password': 'signed-in',
  'GET /desk/api/events': 'signed-in',
  'GET /desk/api/people': 'signed-in',
  'GET /desk/api/queue': 'signed-in',
  'GET /desk/api/conversations/:key': 'signed-in',
  'GET /desk/api/conversations/:key/messages': 'signed-in',
  'POST /desk/api/conversations/:key/messages': 'signed-in',
  'POST /desk/api/conversations/:key/messages/:id/retry': 'signed-in',
  'POST /desk/api/conversations/:key/owner': 'signed-in',
  'POST /desk/api/conversations/:key/transfer': 'signed-in',
  'POST /desk/api/conversations/:key/typing': 'signed-in',
  'GET /desk/api/conversations/:key/orders': 'signed-in',
  'GET /desk/api/orders/:number': 'signed-in',
  'GET /desk/api/orders/:number/offers': 'signed-in',
  'POST /desk/api/orders/:number/actions': 'signed-in',
  'GET /desk/api/requests': 'signed-in',
  'POST /desk/api/requests/:id/settle': 'signed-in',
  'GET /desk/api/canned-replies': 'signed-in',
  'GET /desk/api/team': 'supervisor',
  'PUT /desk/api/canned-replies': 'supervisor',
  'DELETE /desk/api/canned-replies/:id': 'supervisor',
  'GET /desk/api/agents': 'admin',
  'POST /desk/api/agents': 'admin',
  'PATCH /desk/api/agents/:id': 'admin',
  'GET /desk/api/audit': 'admin',
  'GET /desk/api/channels': 'admin',
  'GET /desk/api/channels/:id/code.svg': 'admin',
};

/** What a demo has besides or instead; everything in it is made up. */
export const DEMO: Record<string, For> = {
  'GET /orders': 'open',
  'USE /assets': 'open',
  'GET /simulator': 'open',
  'GET /simulator/mail': 'open',
  'USE /simulator/assets': 'open',
  'GET /simulator/api/identity': 'open',
  'GET /simulator/api/mail': 'open',
  'GET /simulator/api/orders': 'open',
  'GET /simulator/api/shop': 'open',
  'GET /simulator/api/wire': 'open',
  'POST /simulator/api/carrier': 'open',
  'POST /simulator/api/carrier/answer': 'open',
  'POST /simulator/api/messages': 'open',
  'PUT /simulator/api/world': 'open',
};
