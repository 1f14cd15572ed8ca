import cors from '@fastify/cors';
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import fastify, { type FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { compileValidator, InvalidRequest } from '../adapters/schema-check.ts';
import { isDatabaseAway } from '../adapters/db/is-database-away.ts';
import { refuse } from '../domain/outcome.ts';
import type { Deps } from '../flows/deps.ts';
import type { App } from './app-type.ts';
import { authenticate } from './authenticate.ts';
import { type Allow, isAllowed } from './caller.ts';
import { registerDemo } from './demo/demo-routes.ts';
import { type DemoKeys, seedDemo } from './demo/seed-demo.ts';
import { describeApi } from './describe-api.ts';
import { countRequests } from './metrics.ts';
import { sendProblem } from './problem.ts';
import { refuseUnreadable } from './refuse-unreadable.ts';
import { keepRouteTable } from './route-table.ts';
import { registerConnections } from './routes/connections.ts';
import { registerBookings } from './routes/bookings.ts';
import { registerDevMail } from './routes/dev-mail.ts';
import { registerDevWidget } from './routes/dev-widget.ts';
import { registerEventTypes } from './routes/event-types.ts';
import { registerGuides } from './routes/guides.ts';
import { registerHealth } from './routes/health.ts';
import { registerHolds } from './routes/holds.ts';
import { registerHostFeeds } from './routes/host-feeds.ts';
import { registerHosts } from './routes/hosts.ts';
import { registerIncidents, registerRooms } from './routes/incidents.ts';
import { registerAcknowledgements, registerNotices } from './routes/notices.ts';
import { registerOAuth } from './routes/oauth.ts';
import { registerPages } from './routes/pages.ts';
import { registerPeople } from './routes/people.ts';
import { registerProposals } from './routes/proposals.ts';
import { registerRedirects } from './routes/redirects.ts';
import { registerScreen } from './routes/screen.ts';
import { registerSms } from './routes/sms.ts';
import { registerSlots } from './routes/slots.ts';
import { registerTenants } from './routes/tenants.ts';
import { registerWebhookEndpoints } from './routes/webhook-endpoints.ts';

export interface HttpSettings {
  readonly adminKey: string;
  readonly rateLimit: boolean;
  readonly trustProxy: boolean | string;
  readonly logLevel: string;
  /** Where log lines go; standard output without it. */
  readonly logTo?: { write(line: string): void };
  /** Whether `/dev/*` is there, and `/metrics` open to all. */
  readonly devPages: boolean;
  /** Whether they ask for the admin key, as they do where others can reach them. */
  readonly guardDevPages?: boolean;
  /** The demo room at /demo with its own small backend; null leaves it out. */
  readonly demo: { readonly dataDir: string; readonly pageDir: string } | null;
  /** Where the guides lie. */
  readonly docsDir: string;
  /** Where the built widget lies. */
  readonly widgetDir: string;
}

const BODY_BYTES = 1024 * 1024;
/** Requests a minute; a message room asks for some ten an opening. */
const REQUESTS_A_MINUTE = { visitor: 3000, secret: 30_000 };

/** The whole HTTP server, every route registered by hand in reading order. Nothing listens yet. */
export async function buildApp(deps: Deps, settings: HttpSettings): Promise<App> {
  const app = fastify({
    bodyLimit: BODY_BYTES,
    trustProxy: settings.trustProxy,
    genReqId: () => randomUUID(),
    logger: {
      level: settings.logLevel,
      ...(settings.logTo && { stream: settings.logTo }),
      serializers: { req: (request) => ({ method: request.method, path: request.url.split('?')[0] }) },
      redact: ['req.headers'],
    },
    routerOptions: { maxParamLength: 300 },
    clientErrorHandler: refuseUnreadable,
    frameworkErrors: (error, request, reply) => {
      void reply.header('x-request-id', request.id);
      void sendProblem(request, reply, readError(error, request));
    },
  }).withTypeProvider<TypeBoxTypeProvider>();

  app.setValidatorCompiler(compileValidator as never);
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
  app.setErrorHandler((error, request, reply) => sendProblem(request, reply, readError(error, request)));
  app.setNotFoundHandler((request, reply) =>
    sendProblem(request, reply, refuse('not_found', { detail: `There is nothing at ${request.method} ${request.url.split('?')[0]}.` })),
  );
  app.decorateRequest('caller', null);
  keepRouteTable(app);
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id);
  });
  acceptEmptyJson(app);
  acceptNoBody(app);
  await app.register(cors, {
    origin: true,
    credentials: false,
    maxAge: 7200,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: [
      'ETag',
      'X-Request-Id',
      'Retry-After',
      'RateLimit-Limit',
      'RateLimit-Remaining',
      'RateLimit-Reset',
      'Idempotent-Replayed',
    ],
  });
  if (settings.rateLimit) await app.register(rateLimit, rateLimits());
  await app.register(swagger, describeApi(deps.publicUrl));
  app.addHook('onRequest', async (request, reply) => {
    const { allow } = request.routeOptions.config;
    if (allow !== undefined) return admit(deps, settings.adminKey, allow, request, reply);
  });

  app.addHook('onSend', async (request) => {
    // The caller of a change must see it in the very next listing; other processes hear of it from the database a moment later.
    const { caller } = request;
    const { leavesSlots, leavesRules } = request.routeOptions.config;
    const isChange = request.method !== 'GET' && request.method !== 'HEAD' && leavesSlots !== true;
    if (!isChange || caller === null || caller.kind === 'admin') return;
    if (leavesRules === true) deps.cache.dropDiaries(caller.tenant.id);
    else deps.cache.drop(caller.tenant.id);
  });

  registerHealth(app, deps, { metrics: countRequests(app), openMetrics: settings.devPages && settings.guardDevPages !== true });
  registerTenants(app, deps);
  registerHosts(app, deps);
  registerHostFeeds(app, deps);
  registerConnections(app, deps);
  registerOAuth(app, deps);
  registerEventTypes(app, deps);
  registerSlots(app, deps);
  registerHolds(app, deps);
  registerBookings(app, deps);
  registerProposals(app, deps);
  registerPeople(app, deps);
  registerNotices(app, deps);
  registerAcknowledgements(app, deps);
  registerRedirects(app, deps.publicUrl);
  registerScreen(app, deps);
  registerRooms(app, deps);
  registerIncidents(app, deps);
  registerWebhookEndpoints(app, deps);
  registerSms(app, deps);
  if (settings.devPages) {
    const open = settings.guardDevPages !== true;
    await registerDevMail(app, deps, { open });
    await registerDevWidget(app, { open });
  }
  await registerPages(app, deps, settings);
  registerGuides(app, settings.docsDir, deps.publicUrl);
  if (settings.demo !== null) await addDemo(app, settings.adminKey, settings.demo);
  return app;
}

/** The demo's people are made through the API itself, so when everything else is registered. */
async function addDemo(app: App, adminKey: string, demo: { readonly dataDir: string; readonly pageDir: string }): Promise<void> {
  let keys: DemoKeys | null = null;
  await registerDemo(
    app,
    () => {
      if (keys === null) throw new Error('demo: asked before it was made');
      return keys;
    },
    demo.pageDir,
  );
  await app.ready();
  // Its own requests would bury the lines that say where everything is.
  const { level } = app.log;
  app.log.level = 'warn';
  keys = await seedDemo(app, adminKey, demo.dataDir);
  app.log.level = level;
}

async function admit(
  deps: Deps,
  adminKey: string,
  allow: Allow,
  request: Parameters<typeof sendProblem>[0],
  reply: Parameters<typeof sendProblem>[1],
) {
  const caller = await authenticate(deps, adminKey, request);
  if (!caller.ok) return sendProblem(request, reply, caller);
  if (caller.value === null) return allow.anybody === true ? undefined : sendProblem(request, reply, refuse('unauthenticated'));
  if (!isAllowed(allow, caller.value)) return sendProblem(request, reply, refuse('forbidden'));
  request.caller = caller.value;
}

/** Turns what was thrown into the refusal a caller may read; only surprises are logged. */
function readError(error: unknown, { log, routeOptions }: Pick<FastifyRequest, 'log' | 'routeOptions'>) {
  if (error instanceof InvalidRequest) {
    const [first] = error.issues;
    return refuse('validation_failed', {
      issues: error.issues,
      detail: first === undefined ? 'The request is not valid.' : `${first.path === '' ? 'The body' : first.path} ${first.message}.`,
    });
  }
  const { code, statusCode, message } = error as { code?: string; statusCode?: number; message: string };
  if (statusCode === 429) return refuse('rate_limited');
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE')
    return refuse('payload_too_large', {
      detail: [`The body may have at most ${routeOptions.bodyLimit} bytes`, routeOptions.config.mostEntries].filter(Boolean).join(': '),
    });
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE')
    return refuse('validation_failed', { detail: 'The body must be sent as application/json.' });
  if (code === 'FST_ERR_MAX_PARAM_LENGTH') return refuse('not_found');
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return refuse('validation_failed', { detail: message });
  if (isDatabaseAway(error)) {
    log.error({ err: { message, code } }, 'the database is away');
    return refuse('unavailable', { retryAfterSeconds: 2 });
  }
  log.error({ err: error }, 'unexpected error');
  return refuse('internal_error');
}

/** A verb without a body may be sent with `Content-Type: application/json` and nothing in it. */
function acceptEmptyJson(app: App): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, {});
    else void parse(request, body, done);
  });
}

/** A verb sent with neither body nor type counts as one with an empty object, so that `curl -X POST .../cancel` works. */
function acceptNoBody(app: App): void {
  app.addHook('preValidation', async (request) => {
    if (request.method === 'POST' && request.body === undefined) request.body = {};
  });
}

function rateLimits() {
  return {
    timeWindow: '1 minute',
    max: (request: { headers: { authorization?: string | undefined } }) =>
      request.headers.authorization?.startsWith('Bearer sk_') === true ? REQUESTS_A_MINUTE.secret : REQUESTS_A_MINUTE.visitor,
    // Limits come before keys are looked up, so they count by address: whoever makes keys up shares one budget.
    keyGenerator: (request: { headers: { authorization?: string | undefined }; ip: string }) =>
      request.headers.authorization?.startsWith('Bearer sk_') === true ? `secret ${request.ip}` : request.ip,
    enableDraftSpec: true,
  };
}
