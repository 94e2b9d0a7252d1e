import { displayText } from '@audit/schema';
import type { ReactElement } from 'react';

/** Options of {@link EventText}. */
export interface EventTextProps {
  /** Text that anybody may have written. */
  readonly text: string;
  /** Longest text shown; default 200 characters. */
  readonly charsMax?: number;
}

/**
 * Shows text of an event harmlessly: what is not seen, or reorders what is seen, becomes visible, a long text is cut, and its
 * direction does not reach the text around it. Every value that a producer wrote is shown by this.
 */
export function EventText({ text, charsMax = 200 }: EventTextProps): ReactElement {
  return <bdi>{displayText(text, charsMax)}</bdi>;
}
