/** One result row; every query casts its columns to text, numbers or booleans that both engines give alike. */
export type Row = Readonly<Record<string, unknown>>;

/** Something that runs statements. */
export interface Queryable {
  /** Runs one statement with bound parameters. */
  query<Result extends Row>(text: string, parameters?: readonly unknown[]): Promise<Result[]>;
}

/** Rows for one table. */
export interface CopyRows {
  /** COPY statement up to and including `from`. */
  readonly into: string;
  /** COPY text format, UTF-8. */
  readonly rows: Buffer;
}

/** Work inside one transaction. */
export interface Transaction extends Queryable {
  /** Runs statements that return nothing. */
  execute(text: string): Promise<void>;
  copy(rows: CopyRows): Promise<void>;
}

/** A transaction that is known in whole before it begins. Its statements hold their values themselves and give nothing back. */
export interface Load {
  readonly first: string;
  readonly copies: readonly CopyRows[];
  readonly last: string;
}

/** A lock that is held until it is released or the process ends. */
export interface HeldLock {
  release(): void;
  /** Tells whether somebody else waits for it. */
  isWanted(): Promise<boolean>;
}

/** How the connections to a database server are used. */
export interface ConnectionUse {
  readonly active: number;
  readonly idle: number;
  /** Work that waits for a connection. */
  readonly waiting: number;
}

/** A PostgreSQL database: a server reached by URL or PGlite in a directory. */
export interface Database extends Queryable {
  /** Takes the rows of a query out in COPY binary format, all at once; the text holds its values itself. */
  copyOut(query: string): Promise<Buffer>;
  /** Runs work in one transaction; it is rolled back when the work throws. */
  transaction<Result>(work: (transaction: Transaction) => Promise<Result>): Promise<Result>;
  /**
   * Runs a transaction that needs no answer on its way: one round trip to a server. Of two whose first statements want the same lock
   * the second is with the server when the first commits.
   * @param onBegun told when the first statement has succeeded
   */
  load(load: Load, onBegun?: () => void): Promise<void>;
  /** Waits for a lock that one process at a time can hold, whatever its transactions do. */
  acquireLock(name: string): Promise<HeldLock>;
  /** Undefined for the embedded database, which has no connections. */
  readonly connections?: () => ConnectionUse;
  /** Cuts the connections: what waits for the database fails at once, and later work connects anew. */
  disconnect(): void;
  /** Waits for what is running, then closes. */
  close(): Promise<void>;
}
