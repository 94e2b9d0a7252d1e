import { Option } from 'commander';

/** The option for machines that read the result. */
export function jsonOption(): Option {
  return new Option('--json', 'JSON Lines instead of text for people');
}
