import { findEventTypeBySlug } from '../adapters/db/event-types.ts';
import { findHost } from '../adapters/db/hosts.ts';
import { findPublicKey, findTenant } from '../adapters/db/tenants.ts';
import { type Outcome, refuse, succeed } from '../domain/outcome.ts';
import type { Deps } from './deps.ts';

export interface HostedEventType {
  readonly title: string;
  readonly description: string;
  readonly hostName: string;
  readonly locale: string;
  readonly eventTypeId: string;
  readonly publishableKey: string;
}

/** What the page for sharing shows. A tenant that books only from its rooms has no such page, nor has one without a publishable key. */
export async function readHostedEventType(
  { db }: Deps,
  address: { readonly tenant: string; readonly host: string; readonly slug: string },
): Promise<Outcome<HostedEventType>> {
  const tenant = await findTenant(db, address.tenant);
  const host = tenant && (await findHost(db, tenant.tenant_id, address.host));
  if (tenant === undefined || host === undefined || tenant.settings.requireRoomToken) return refuse('not_found');
  const eventType = await findEventTypeBySlug(db, tenant.tenant_id, host.host_id, address.slug);
  const publishableKey = await findPublicKey(db, tenant.tenant_id);
  if (eventType === undefined || !eventType.settings.active || publishableKey === null) return refuse('not_found');
  return succeed({
    title: eventType.settings.title,
    description: eventType.settings.description,
    hostName: host.name,
    locale: host.locale,
    eventTypeId: eventType.event_type_id,
    publishableKey,
  });
}
