/**
 * The tables, step by step. A step that was released is never changed: what comes later is a new
 * step. Times are ms since 1970.
 */

export interface Migration {
  version: number;
  name: string;
  sql: string;
}

export const MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    name: 'teams, accounts and records',
    sql: `
      CREATE TABLE server_meta (
        key text PRIMARY KEY,
        value text NOT NULL
      );

      CREATE TABLE teams (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        -- The team's last change number: whoever writes records updates this row first.
        seq bigint NOT NULL DEFAULT 0,
        created bigint NOT NULL
      );

      CREATE TABLE members (
        id uuid PRIMARY KEY,
        team uuid NOT NULL REFERENCES teams (id),
        name text NOT NULL,
        email text NOT NULL,
        -- The e-mail address in lower case.
        email_key text NOT NULL UNIQUE,
        role text NOT NULL CHECK (role IN ('admin', 'agent')),
        password text NOT NULL,
        created bigint NOT NULL
      );

      CREATE TABLE sessions (
        -- sha256 of the token, hexadecimal.
        token text PRIMARY KEY,
        member uuid NOT NULL REFERENCES members (id),
        device text NOT NULL,
        created bigint NOT NULL,
        last_used bigint NOT NULL,
        revoked bigint
      );

      CREATE TABLE invitations (
        -- sha256 of the code, hexadecimal.
        code text PRIMARY KEY,
        team uuid NOT NULL REFERENCES teams (id),
        created_by uuid NOT NULL REFERENCES members (id),
        created bigint NOT NULL,
        expires bigint NOT NULL
      );

      CREATE TABLE records (
        team uuid NOT NULL REFERENCES teams (id),
        collection text COLLATE "C" NOT NULL,
        id text COLLATE "C" NOT NULL,
        seq bigint NOT NULL,
        body jsonb NOT NULL,
        PRIMARY KEY (team, collection, id)
      );
      CREATE INDEX records_in_change_order ON records (team, collection, seq);
    `,
  },
  {
    version: 2,
    name: 'conflicts, histories, devices and deactivation',
    sql: `
      -- Of the greatest clock that was taken from any laptop, the time.
      ALTER TABLE teams ADD COLUMN clock_ms bigint NOT NULL DEFAULT 0;

      -- By node and field, the greatest clock that came from there: what is not later was judged.
      ALTER TABLE records ADD COLUMN received jsonb NOT NULL DEFAULT '{}';

      -- Whose laptop a node is: the member's who first pushed clocks of it.
      CREATE TABLE nodes (
        team uuid NOT NULL REFERENCES teams (id),
        node text NOT NULL,
        member uuid NOT NULL REFERENCES members (id),
        PRIMARY KEY (team, node)
      );

      -- Begun at each start of a server: a restored backup lacks those that came after it.
      CREATE TABLE histories (
        number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        id uuid NOT NULL DEFAULT gen_random_uuid(),
        team uuid NOT NULL REFERENCES teams (id),
        -- The team's last change number when it began, and so the last of the one before.
        began bigint NOT NULL,
        created bigint NOT NULL
      );
      CREATE INDEX histories_of_team ON histories (team, number);

      ALTER TABLE members ADD COLUMN deactivated bigint;

      -- The token's hash is not for showing.
      ALTER TABLE sessions ADD COLUMN id uuid NOT NULL DEFAULT gen_random_uuid();
      CREATE UNIQUE INDEX sessions_by_id ON sessions (id);
      CREATE INDEX sessions_of_member ON sessions (member);
      -- Revoked from another device, as one does with a laptop that was lost.
      ALTER TABLE sessions ADD COLUMN revoked_remotely boolean NOT NULL DEFAULT false;
    `,
  },
];
