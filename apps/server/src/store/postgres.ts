import { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { finished } from 'node:stream/promises';
import pg from 'pg';
import { from, to } from 'pg-copy-streams';
import type { Database, HeldLock, Load, Row, Transaction } from './database.ts';
import { LoadQuery } from './load-query.ts';
import { readQuery } from './sql.ts';

/** Options of {@link openPostgres}. */
export interface PostgresOptions {
  /** Connection string, `postgresql://…`. */
  readonly url: string;
  /** Told about errors of idle connections, which are replaced. */
  readonly onIdleError: (error: Error) => void;
}

const connectionsMax = 10;
const connectTimeoutMs = 3_000;
const statementTimeoutMs = 30_000;
const lockTimeoutMs = 10_000;

/** Connects to a PostgreSQL server. */
export function openPostgres(options: PostgresOptions): Database {
  const connections = createConnections();
  const pool = new pg.Pool({
    stream: connections.open,
    connectionString: options.url,
    max: connectionsMax,
    connectionTimeoutMillis: connectTimeoutMs,
    statement_timeout: statementTimeoutMs,
    lock_timeout: lockTimeoutMs,
    application_name: 'audit-server',
  });
  pool.on('error', options.onIdleError);
  return {
    async query<Result extends Row>(text: string, parameters: readonly unknown[] = []) {
      return (await pool.query<Result>(text, [...parameters])).rows;
    },
    copyOut: (query) => copyOut(pool, query),
    transaction: (work) => runTransaction(pool, work),
    load: (load, onBegun) => runLoad(pool, load, onBegun),
    acquireLock: (name) => acquireLock(pool, name),
    connections: () => ({
      active: pool.totalCount - pool.idleCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
    disconnect: connections.cut,
    close: () => pool.end(),
  };
}

// A server that vanished without a word answers nothing, not even a cancellation: only the socket's end ends the wait.
function createConnections(): { readonly open: () => Socket; readonly cut: () => void } {
  const sockets = new Set<Socket>();
  return {
    open() {
      const socket = new Socket();
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      return socket;
    },
    cut() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

async function copyOut(pool: pg.Pool, query: string): Promise<Buffer> {
  const client = await pool.connect();
  client.on('error', reportedByNextStatement);
  try {
    const rows = await buffer(client.query(to(`copy (${query}) to stdout (format binary)`)));
    giveBack(client, true);
    return rows;
  } catch (error) {
    // What is left of the rows may still be on its way.
    giveBack(client, false);
    throw error;
  }
}

async function runLoad(pool: pg.Pool, load: Load, onBegun?: () => void): Promise<void> {
  const client = await pool.connect();
  client.on('error', reportedByNextStatement);
  try {
    await new Promise<void>((resolve, reject) => {
      const onDone = (error?: Error) => (error === undefined ? resolve() : reject(error));
      client.query(new LoadQuery(load, { onBegun, onDone }));
    });
    giveBack(client, true);
  } catch (error) {
    // The server has rolled back by itself; what is left of a connection that was lost is of no use.
    giveBack(client, isReportedByServer(error));
    throw error;
  }
}

// What ends a connection is fatal; an error is one of the transaction.
function isReportedByServer(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.severity === 'ERROR';
}

async function runTransaction<Result>(
  pool: pg.Pool,
  work: (transaction: Transaction) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  client.on('error', reportedByNextStatement);
  try {
    await client.query('begin');
    const result = await work(transactionOn(client));
    await client.query('commit');
    giveBack(client, true);
    return result;
  } catch (error) {
    await rollBack(client);
    throw error;
  }
}

async function rollBack(client: pg.PoolClient): Promise<void> {
  try {
    await client.query('rollback');
    giveBack(client, true);
  } catch {
    // A connection that cannot roll back is of no use; the server rolls back when it closes.
    giveBack(client, false);
  }
}

function giveBack(client: pg.PoolClient, isUsable: boolean): void {
  client.off('error', reportedByNextStatement);
  client.release(!isUsable);
}

// A connection can end between two statements; without a listener that would end the process.
function reportedByNextStatement(): void {}

function transactionOn(client: pg.PoolClient): Transaction {
  return {
    async query<Result extends Row>(text: string, parameters: readonly unknown[] = []) {
      return (await client.query<Result>(text, [...parameters])).rows;
    },
    async execute(text) {
      await client.query(text);
    },
    copy: ({ into, rows }) => finished(client.query(from(`${into} stdin`)).end(rows)),
  };
}

const lockIsWanted = readQuery('lock-is-wanted');

// An advisory lock belongs to the session: a connection of its own keeps it, and frees it when it ends.
async function acquireLock(pool: pg.Pool, name: string): Promise<HeldLock> {
  const client = await pool.connect();
  client.on('error', reportedByNextStatement);
  try {
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [name]);
  } catch (error) {
    giveBack(client, false);
    throw error;
  }
  return {
    release() {
      client.query('select pg_advisory_unlock_all()').then(
        () => giveBack(client, true),
        () => giveBack(client, false),
      );
    },
    async isWanted() {
      const { rows } = await client.query<{ is_wanted: boolean }>(lockIsWanted);
      return rows[0]?.is_wanted ?? true;
    },
  };
}
