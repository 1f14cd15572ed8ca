/** Brings a message to the address of a subscription or channel. */
export type Deliver = (
  address: string,
  message: { readonly headers?: Record<string, string>; readonly body?: unknown },
) => Promise<Delivered>;

export interface Delivered {
  readonly status: number;
  readonly text: string;
  readonly type: string;
}

/** Over the network, as the services do it. */
export async function deliverByFetch(address: string, { headers = {}, body }: Parameters<Deliver>[1]): Promise<Delivered> {
  const json = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(address, { method: 'POST', headers: { ...headers, ...(body !== undefined && JSON_TYPE) }, ...json });
  return { status: answer.status, text: await answer.text(), type: answer.headers.get('content-type') ?? '' };
}

const JSON_TYPE = { 'content-type': 'application/json' };
