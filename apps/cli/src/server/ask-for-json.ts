import type { ServerAccess } from '../options/server-options.ts';
import { safeParseMembers } from '../safe-parse-members.ts';
import { askForText, notFrom, type ServerQuestion } from './ask-server.ts';

/** The members of an answer that a command cannot do without, each with the kind of its value. */
export type AnswerShape<Answer extends object> = {
  readonly [Name in keyof Answer]?: 'string' | 'number' | 'boolean' | 'object';
};

/**
 * Asks the server for a JSON object of the contract.
 * @throws {CommandFailure} as `askServer`; `notReached` when what comes is no such object
 */
export async function askForJson<Answer extends object>(
  server: ServerAccess,
  question: Omit<ServerQuestion, 'accept'>,
  shape: AnswerShape<Answer>,
): Promise<Answer> {
  const asked = { ...question, accept: 'application/json' };
  const members = safeParseMembers(await askForText(server, asked));
  const isAnswer = Object.entries(shape).every(([name, kind]) => typeof members[name] === kind);
  if (!isAnswer) throw notFrom(server, asked);
  // The contract gives the rest of an answer that has these members.
  return members as Answer;
}
