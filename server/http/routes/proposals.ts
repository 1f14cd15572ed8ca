import Type from 'typebox';
import { Booking } from '../../../shared/contract/booking.ts';
import {
  Proposal,
  ProposalAccept,
  ProposalCreate,
  ProposalPage,
  ProposalsQuery,
  ProposalWithdraw,
} from '../../../shared/contract/proposal.ts';
import { acceptProposal } from '../../flows/accept-proposal.ts';
import type { Deps } from '../../flows/deps.ts';
import { readProposals } from '../../flows/proposals.ts';
import { propose } from '../../flows/propose.ts';
import { withdrawProposal } from '../../flows/withdraw-proposal.ts';
import { answer, answerTagged, tenantCaller } from '../answer.ts';
import type { App } from '../app-type.ts';
import { answerOnce } from '../idempotency.ts';
import { idParams, query } from '../request-shapes.ts';

const tags = ['Proposals'];
const bothSides = { secret: 'write', room: ['invitee', 'host'] } as const;

export function registerProposals(app: App, deps: Deps): void {
  app.post(
    '/v1/proposals',
    {
      config: { allow: bothSides },
      schema: { tags, summary: 'Offer up to ten times in a room', body: ProposalCreate, response: { 201: Proposal } },
    },
    async (request, reply) => answerOnce(request, reply, deps, (own) => propose(own, tenantCaller(request), request.body)),
  );
  app.get(
    '/v1/proposals',
    {
      config: { allow: { ...bothSides, secret: 'read' } },
      schema: {
        tags,
        summary: 'List proposals',
        querystring: query(ProposalsQuery.properties),
        response: { 200: ProposalPage, 304: Type.Null() },
      },
    },
    async (request, reply) => answerTagged(request, reply, await readProposals(deps, tenantCaller(request), request.query)),
  );
  app.post(
    '/v1/proposals/:id/accept',
    {
      config: { allow: bothSides },
      schema: {
        tags,
        summary: 'Pick one of the times; it becomes a booking',
        params: idParams,
        body: ProposalAccept,
        response: { 200: Booking },
      },
    },
    async (request, reply) => answer(request, reply, await acceptProposal(deps, tenantCaller(request), request.params.id, request.body)),
  );
  app.post(
    '/v1/proposals/:id/withdraw',
    {
      config: { allow: bothSides },
      schema: {
        tags,
        summary: 'Take a proposal back, or ask for other times',
        params: idParams,
        body: ProposalWithdraw,
        response: { 200: Proposal },
      },
    },
    async (request, reply) => answer(request, reply, await withdrawProposal(deps, tenantCaller(request), request.params.id, request.body)),
  );
}
