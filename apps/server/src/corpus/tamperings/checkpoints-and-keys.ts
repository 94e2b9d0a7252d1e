import { generateKey, importSigner, signCheckpoint } from '@audit/integrity';
import { signingKeyFile } from '../../test-support/signing-key.ts';
import { tamper } from '../../test-support/tamper.ts';
import { putCheckpoint, signLog } from '../forger.ts';
import { openServer } from '../open-server.ts';
import type { SampleLog } from '../sample-log.ts';
import type { StoreTampering } from '../tampering.ts';
import { quote, setLog } from './statements.ts';

/** Changes the newest checkpoint as it is stored, without cosignatures. */
const editCheckpoint =
  (change: (note: string) => string) =>
  async ({ database }: SampleLog): Promise<void> => {
    const [row] = await database.query<{ checkpoint: string }>(
      "select checkpoint from audit.logs where log_id = 'default'",
    );
    await putCheckpoint(database, change(row?.checkpoint ?? ''));
  };

/** Changes the bytes of the signature. */
const editSignature = (change: (bytes: Buffer) => Buffer) =>
  editCheckpoint((note) =>
    note.replace(
      /(— \S+ )(\S+)/,
      (_whole, name: string, text: string) => name + change(Buffer.from(text, 'base64')).toString('base64'),
    ),
  );

const setKey = (assignments: string, condition = 'first_size > 0') =>
  `update audit.log_keys set ${assignments} where log_id = 'default' and ${condition}`;

/** Writes another byte for the algorithm into the text of the key in use. */
async function retypeKey({ database, trust }: SampleLog, algorithm: number): Promise<void> {
  const key = trust.keys.at(-1)?.key ?? '';
  const begin = /\+[0-9a-f]{8}\+/.exec(key);
  const head = key.slice(0, (begin?.index ?? 0) + 10);
  const bytes = Buffer.from(key.slice(head.length), 'base64').fill(algorithm, 0, 1);
  await tamper(database, setKey(`verifier_key = ${quote(head + bytes.toString('base64'))}`));
}

/** Checkpoint, keys and cosignatures are changed, everything below them is not. */
export const checkpointsAndKeys: readonly StoreTampering[] = [
  {
    name: 'edits the size in the checkpoint',
    does: editCheckpoint((note) => note.replace('\n321\n', '\n320\n')),
    found: {
      start: 'exit 3',
      witness: 'size_decreased at 320',
      export: 'answers 500',
      checkpoints: 'signature_invalid',
      pack: 'answers 500',
      chain: 'answers 500',
    },
  },
  {
    name: 'writes the size with a zero before it',
    does: editCheckpoint((note) => note.replace('\n321\n', '\n0321\n')),
    found: {
      start: 'exit 3',
      witness: 'cannot be asked',
      export: 'answers 500',
      checkpoints: 'malformed_note',
      pack: 'answers 500',
      chain: 'answers 500',
      comparison: 'answers 500',
    },
  },
  {
    name: 'edits the root in the checkpoint',
    does: editCheckpoint((note) =>
      note.replace(
        /\n(.)(.{43})\n/,
        (_all, first: string, rest: string) => `\n${first === 'A' ? 'B' : 'A'}${rest}\n`,
      ),
    ),
    found: {
      start: 'exit 3',
      witness: 'answers 403',
      export: 'answers 500',
      checkpoints: 'signature_invalid',
      pack: 'answers 500',
      chain: 'answers 500',
    },
  },
  {
    name: 'adds a line to the checkpoint',
    does: editCheckpoint((note) => note.replace('\n\n', '\nnote\n\n')),
    found: {
      start: 'exit 3',
      witness: 'answers 403',
      export: 'answers 500',
      checkpoints: 'signature_invalid',
      pack: 'answers 500',
      chain: 'answers 500',
    },
  },
  {
    name: 'ends the lines of the checkpoint as Windows does',
    does: editCheckpoint((note) => note.replaceAll('\n', '\r\n')),
    found: {
      start: 'exit 3',
      witness: 'cannot be asked',
      export: 'answers 500',
      checkpoints: 'malformed_note',
      pack: 'answers 500',
      chain: 'answers 500',
      comparison: 'answers 500',
    },
  },
  {
    name: 'takes the signature away',
    does: editCheckpoint((note) => note.slice(0, note.indexOf('—'))),
    found: {
      start: 'exit 3',
      witness: 'cannot be asked',
      export: 'answers 500',
      checkpoints: 'malformed_note',
      pack: 'answers 500',
      chain: 'answers 500',
      comparison: 'answers 500',
    },
  },
  {
    name: 'empties the checkpoint',
    does: [setLog("checkpoint = ''")],
    found: {
      start: 'exit 3',
      witness: 'cannot be asked',
      export: 'answers 500',
      checkpoints: 'malformed_note',
      pack: 'answers 500',
      chain: 'answers 500',
      comparison: 'answers 500',
    },
  },
  {
    name: 'cuts the signature',
    does: editSignature((bytes) => bytes.subarray(0, -1)),
    found: {
      start: 'exit 3',
      witness: 'answers 403',
      export: 'answers 500',
      checkpoints: 'signature_invalid',
      pack: 'answers 500',
      chain: 'answers 500',
    },
  },
  {
    name: 'edits the signature',
    does: editSignature((bytes) => bytes.fill((bytes[9] ?? 0) ^ 1, 9, 10)),
    found: {
      start: 'exit 3',
      witness: 'answers 403',
      export: 'answers 500',
      checkpoints: 'signature_invalid',
      pack: 'answers 500',
      chain: 'answers 500',
    },
  },
  {
    name: 'edits the id of the key in the signature',
    does: editSignature((bytes) => bytes.fill((bytes[0] ?? 0) ^ 1, 0, 1)),
    found: {
      start: 'exit 3',
      witness: 'answers 403',
      export: 'answers 503',
      checkpoints: 'no_known_signature',
      pack: 'answers 503',
      chain: 'answers 503',
    },
  },
  {
    name: 'edits the name of the key in the signature',
    does: editCheckpoint((note) => note.replace('— audit.local/default', '— other.local/default')),
    found: {
      start: 'exit 3',
      witness: 'answers 403',
      export: 'answers 503',
      checkpoints: 'no_known_signature',
      pack: 'answers 503',
      chain: 'answers 503',
    },
  },
  {
    name: 'signs with the key that was in use before',
    does: ({ database, signerKeys }) => signLog(database, signerKeys[0]),
    found: {
      start: 'exit 3',
      witness: 'answers 403',
      export: 'answers 503',
      checkpoints: 'key_out_of_period',
      pack: 'answers 503',
      chain: 'answers 503',
    },
  },
  {
    name: 'signs with a key of his own',
    does: async ({ database }) => signLog(database, (await generateKey('audit.local/default')).signerKey),
    found: {
      start: 'exit 3',
      witness: 'answers 403',
      export: 'answers 503',
      checkpoints: 'no_known_signature',
      pack: 'answers 503',
      chain: 'answers 503',
    },
  },
  {
    name: 'signs with the stolen key under another name of the log',
    does: ({ database, signerKeys }) => signLog(database, signerKeys[1], 'other.local/default'),
    found: {
      start: 'exit 3',
      witness: 'answers 403',
      export: 'answers 500',
      checkpoints: 'wrong_origin',
      pack: 'answers 500',
      chain: 'answers 500',
    },
  },
  {
    name: 'signs a larger size with the stolen key',
    does: async ({ database, signerKeys }) =>
      putCheckpoint(
        database,
        await signCheckpoint({ origin: 'audit.local/default', size: 400, root: 'ab'.repeat(32) }, [
          await importSigner(signerKeys[1]),
        ]),
      ),
    found: {
      start: 'exit 3',
      witness: 'cannot be asked',
      export: 'answers 500',
      checkpoints: 'malformed_proof up to 45',
      pack: 'answers 500',
      chain: 'answers 500',
    },
  },
  {
    name: 'puts the checkpoint of another log in its place',
    does: async ({ database }) => {
      const server = await openServer(database, {
        logId: 'other',
        signingKey: { file: signingKeyFile() },
      });
      const note = await server.text('/checkpoint');
      await server.close();
      await putCheckpoint(database, note);
    },
    found: {
      start: 'exit 3',
      witness: 'size_decreased at 0',
      export: 'answers 503',
      checkpoints: 'no_known_signature',
      pack: 'answers 503',
      chain: 'answers 503',
    },
  },
  {
    name: 'makes the key one of another algorithm',
    does: (log) => retypeKey(log, 2),
    found: {
      start: 'exit 4',
      export: 'answers 503',
      pack: 'answers 503',
      chain: 'answers 503',
      comparison: 'key_differs',
    },
  },
  {
    name: 'makes the key one of a witness',
    does: (log) => retypeKey(log, 4),
    found: {
      start: 'exit 4',
      export: 'answers 503',
      pack: 'answers 503',
      chain: 'answers 503',
      comparison: 'key_differs',
    },
  },
  {
    name: 'makes the key no key',
    does: [setKey("verifier_key = 'none'")],
    found: {
      start: 'exit 4',
      export: 'answers 503',
      pack: 'answers 503',
      chain: 'answers 503',
      comparison: 'key_differs',
    },
  },
  {
    name: 'puts a key of his own in the place of the one in use',
    does: async ({ database }) =>
      tamper(
        database,
        setKey(`verifier_key = ${quote((await generateKey('audit.local/default')).verifierKey)}`),
      ),
    found: {
      start: 'exit 4',
      export: 'answers 503',
      pack: 'answers 503',
      chain: 'answers 503',
      comparison: 'key_differs',
    },
  },
  {
    name: 'puts a key of his own in the place of the one before',
    does: async ({ database }) =>
      tamper(
        database,
        setKey(
          `verifier_key = ${quote((await generateKey('audit.local/default')).verifierKey)}`,
          'first_size = 0',
        ),
      ),
    found: { comparison: 'key_differs' },
  },
  {
    name: 'adds a key of his own',
    does: async ({ database }) =>
      tamper(
        database,
        `insert into audit.log_keys values ('default', 310, ${quote((await generateKey('audit.local/default')).verifierKey)})`,
      ),
    found: {
      start: 'exit 4',
      export: 'answers 503',
      pack: 'answers 503',
      chain: 'answers 503',
      comparison: 'key_differs',
    },
  },
  {
    name: 'takes the change of the key back',
    does: ["delete from audit.log_keys where log_id = 'default' and first_size > 0"],
    found: {
      start: 'exit 4',
      export: 'answers 503',
      pack: 'answers 503',
      chain: 'answers 503',
      comparison: 'key_differs',
    },
  },
  {
    name: 'takes all keys away',
    does: ["delete from audit.log_keys where log_id = 'default'"],
    found: {
      start: 'exit 3',
      export: 'answers 503',
      pack: 'answers 503',
      chain: 'answers 503',
      comparison: 'key_differs',
    },
  },
  {
    name: 'moves the change of the key behind the end',
    does: [setKey('first_size = 400')],
    found: {
      start: 'exit 3',
      witness: 'cannot be asked',
      export: 'consistent_unwitnessed',
      chain: 'checkpoint_invalid',
      comparison: 'key_differs',
    },
  },
  {
    name: 'edits a cosignature',
    does: ["update audit.cosignatures set signature = overlay(signature placing 'AAAA' from 40)"],
    found: { witness: 'signature_invalid', export: 'consistent_unwitnessed' },
  },
  {
    name: 'takes the cosignature away',
    does: ['delete from audit.cosignatures'],
    found: { witness: 'answers 404', export: 'consistent_unwitnessed' },
  },
  {
    name: 'moves a cosignature to an older checkpoint',
    does: async ({ database, checkpoints: [, older = ''] }) =>
      tamper(
        database,
        `update audit.cosignatures set checkpoint = ${quote(older)}`,
        setLog(`checkpoint = ${quote(older)}`),
      ),
    found: {
      start: 'exit 3',
      witness: 'signature_invalid',
      export: 'answers 500',
      checkpoints: 'signature_invalid',
      pack: 'answers 500',
      chain: 'answers 500',
    },
  },
  {
    name: 'has a forged checkpoint pass for cosigned',
    does: async (log) => {
      await signLog(log.database, (await generateKey('audit.local/default')).signerKey);
      await tamper(
        log.database,
        "update audit.cosignatures set checkpoint = (select checkpoint from audit.logs where log_id = 'default')",
      );
    },
    found: {
      start: 'exit 3',
      witness: 'no_known_signature',
      export: 'answers 503',
      checkpoints: 'no_known_signature',
      pack: 'answers 503',
      chain: 'answers 503',
    },
  },
];
