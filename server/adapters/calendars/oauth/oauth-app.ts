/** How the operator is registered at Google or Microsoft; addresses that are null are the service's own. */
export interface OAuthApp {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly apiUrl: string | null;
  readonly oauthUrl: string | null;
}
