import { expect, it } from 'vitest';
import { describeDatabases } from '../test-support/describe-databases.ts';
import { dumpSchema } from '../test-support/dump-schema.ts';
import { migrate } from './migrate.ts';
import { readMigrations } from './sql.ts';

const versions = readMigrations().map((migration) => migration.version);

describeDatabases('migrating', (open) => {
  it('applies every migration once, and nothing the second time', async () => {
    const database = await open();
    expect(await migrate(database)).toEqual(versions);
    expect(await migrate(database)).toEqual([]);
    await database.close();
  });

  it('lets one of many concurrent processes do it while the others wait', async () => {
    const database = await open();
    const applied = await Promise.all(Array.from({ length: 8 }, () => migrate(database)));
    expect(applied.flat()).toEqual(versions);
    await database.close();
  });

  it('reaches the newest version from every older one', async () => {
    for (const version of versions) {
      const database = await open();
      const older = readMigrations().filter((migration) => migration.version < version);
      await migrate(database, older);
      expect(await migrate(database)).toEqual(versions.filter((newer) => newer >= version));
      await database.close();
    }
  });

  it('refuses a database of a newer server', async () => {
    const database = await open();
    await migrate(database);
    await database.query("insert into audit.migrations (version, name) values (9999, 'from-the-future')");
    await expect(migrate(database)).rejects.toThrow(
      `the database is at version 9999, this server knows ${versions.at(-1)}: start a newer audit-server`,
    );
    await database.close();
  });

  it('leaves nothing behind when a migration fails', async () => {
    const database = await open();
    const broken = { version: 2, name: 'broken', text: 'create table audit.half (id integer); select 1 / 0' };
    await expect(migrate(database, [...readMigrations().slice(0, 1), broken])).rejects.toThrow();
    expect(await migrate(database)).toEqual(versions);
    await database.close();
  });

  it('results in the schema of sql/schema.txt', async () => {
    const database = await open();
    await migrate(database);
    await expect(await dumpSchema(database)).toMatchFileSnapshot('../../sql/schema.txt');
    await database.close();
  });
});
