import { createHmac } from 'node:crypto';
import type { DemoCustomer } from './people';

const part = (value: object): string => Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');

/** The JWT with which the demo's shop says who is signed in on its page; good for an hour. */
export function demoIdentity(customer: DemoCustomer, secret: string, now: Date): string {
  const body = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({
    sub: `demo-${customer.id}`,
    exp: Math.floor(now.getTime() / 1000) + 3600,
    phone: customer.phone,
    email: customer.email,
    name: customer.name,
  })}`;
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}
