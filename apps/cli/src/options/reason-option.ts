import { InvalidArgumentError, Option } from 'commander';

/** The option that says why something was done that is kept for ever. */
export function reasonOption(): Option {
  return new Option('--reason <text>', 'why; kept for ever, so it must not name people')
    .makeOptionMandatory()
    .argParser((text) => {
      if (text.trim() !== '') return text;
      throw new InvalidArgumentError('Expected a reason.');
    });
}
