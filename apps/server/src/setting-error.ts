import { StartRefusedError } from './start-refused-error.ts';

/** A setting is wrong, or the file that it names; the message names the setting. */
export class SettingError extends StartRefusedError {
  override readonly name = 'SettingError';
}
