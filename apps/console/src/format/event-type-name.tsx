import { displayText } from '@audit/schema';
import { Fragment, type ReactElement } from 'react';

/** Shows the name of an event type, which may be broken behind its dots. */
export function EventTypeName({ type }: { readonly type: string }): ReactElement {
  const [first = '', ...rest] = displayText(type).split('.');
  return (
    <bdi>
      {first}
      {rest.map((part, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a part is its position
        <Fragment key={position}>
          .<wbr />
          {part}
        </Fragment>
      ))}
    </bdi>
  );
}
