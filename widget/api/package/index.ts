/** What `@parley/client` exports. */
export { createClient } from './create-client.ts';
export type { Client, RequestOptions } from './create-client.ts';
export { ParleyError, unwrap } from './parley-error.ts';
export type { AnswerHeaders, Failure, FailureCode, Result, Success } from './result.ts';
export type { CallOptions, ChangeOptions, ClientOptions, CreateOptions, Credentials, Secret } from './client-options.ts';
export type { Listing, Page, PageQuery } from './listing.ts';
export type { Change } from './change.ts';
