import { type Kysely, sql } from 'kysely';

/**
 * Who agreed to text messages, in which words, and who took it back: append-only, apart from the communication terms. The number itself stands in
 * `people` and `hosts` only; here is its hash, so a new number has no consent.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    CREATE TABLE sms_consents (
      tenant_id text NOT NULL REFERENCES tenants,
      consent_id text NOT NULL,
      entry bigint GENERATED ALWAYS AS IDENTITY,
      person_id text NOT NULL,
      party text NOT NULL CHECK (party IN ('host', 'invitee')),
      phone_hash text NOT NULL,
      state text NOT NULL CHECK (state IN ('granted', 'withdrawn')),
      text text NOT NULL,
      locale text,
      via text NOT NULL CHECK (via IN ('widget', 'api', 'sms', 'carrier')),
      booking_id text,
      at timestamptz NOT NULL,
      PRIMARY KEY (tenant_id, consent_id)
    )`.execute(db);
  await sql`CREATE INDEX sms_consents_of_person ON sms_consents (tenant_id, person_id, phone_hash, entry DESC)`.execute(db);
  await sql`
    CREATE TRIGGER sms_consents_append_only BEFORE UPDATE OR DELETE ON sms_consents
    FOR EACH ROW EXECUTE FUNCTION refuse_change()`.execute(db);
  await sql`
    CREATE TRIGGER sms_consents_never_truncated BEFORE TRUNCATE ON sms_consents
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()`.execute(db);
  await sql`CREATE INDEX people_by_phone ON people (regexp_replace(phone, '[^0-9]', '', 'g')) WHERE phone IS NOT NULL`.execute(db);
  await sql`CREATE INDEX hosts_by_phone ON hosts (regexp_replace(phone, '[^0-9]', '', 'g')) WHERE phone IS NOT NULL`.execute(db);
  await sql`
    CREATE TABLE inbound_sms (
      provider text NOT NULL,
      provider_id text NOT NULL,
      at timestamptz NOT NULL,
      PRIMARY KEY (provider, provider_id)
    )`.execute(db);
}
