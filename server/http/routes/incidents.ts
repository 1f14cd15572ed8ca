import { ExternalId } from '../../../shared/contract/common.ts';
import { IncidentCreate, IncidentPage, IncidentsQuery, RecordedIncident } from '../../../shared/contract/incident.ts';
import { Room, RoomPut } from '../../../shared/contract/room.ts';
import { strictObject } from '../../../shared/contract/shape.ts';
import type { Deps } from '../../flows/deps.ts';
import { readIncidents, recordIncident } from '../../flows/incidents.ts';
import { stateRoom } from '../../flows/state-room.ts';
import { answer, tenantCaller } from '../answer.ts';
import type { App } from '../app-type.ts';
import { answerOnce } from '../idempotency.ts';

export function registerRooms(app: App, deps: Deps): void {
  app.put(
    '/v1/rooms/:id',
    {
      config: { allow: { secret: 'write' } },
      schema: {
        tags: ['Rooms'],
        summary: 'Say at which stage a room is; its meetings follow',
        params: strictObject({ id: ExternalId }),
        body: RoomPut,
        response: { 200: Room },
      },
    },
    async (request, reply) => answer(request, reply, await stateRoom(deps, tenantCaller(request), request.params.id, request.body)),
  );
}

export function registerIncidents(app: App, deps: Deps): void {
  const tags = ['Incidents'];
  app.post(
    '/v1/incidents',
    {
      config: { allow: { secret: 'write', room: ['invitee', 'host'], manage: ['invitee', 'host'] }, leavesSlots: true },
      schema: {
        tags,
        summary: 'Record call trouble, or a request to leave the platform',
        body: IncidentCreate,
        response: { 201: RecordedIncident },
      },
    },
    async (request, reply) => answerOnce(request, reply, deps, (own) => recordIncident(own, tenantCaller(request), request.body)),
  );
  app.get(
    '/v1/incidents',
    {
      config: { allow: { secret: 'read' } },
      schema: { tags, summary: 'List incidents', querystring: IncidentsQuery, response: { 200: IncidentPage } },
    },
    async (request, reply) => answer(request, reply, await readIncidents(deps, tenantCaller(request), request.query)),
  );
}
