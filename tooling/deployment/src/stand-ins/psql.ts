// Does what the page asks of psql, on machines without it: psql URL -c STATEMENT
import { Client } from 'pg';

const [connectionString, flag, statement] = process.argv.slice(2);
if (connectionString === undefined || flag !== '-c' || statement === undefined) {
  throw new Error('stand-in of psql: expected URL -c STATEMENT');
}
const client = new Client({ connectionString });
await client.connect();
await client.query(statement).finally(() => client.end());
