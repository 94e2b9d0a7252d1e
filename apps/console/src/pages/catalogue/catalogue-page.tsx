import { type ReactElement, useState } from 'react';
import { OutcomeBadge } from '../../controls/outcome-badge.tsx';
import { Panel } from '../../controls/panel.tsx';
import table from '../../controls/table.module.css';
import { Table } from '../../controls/table.tsx';
import { TextField } from '../../controls/text-field.tsx';
import { EventTypeName } from '../../format/event-type-name.tsx';
import { Page } from '../../shell/page.tsx';
import { EmptyState } from '../../states/empty-state.tsx';
import styles from './catalogue-page.module.css';
import { eventTypes, findEventTypes } from './event-types.ts';

/** The event types of the contract. */
export function CataloguePage(): ReactElement {
  const [text, setText] = useState('');
  const found = findEventTypes(text);
  return (
    <Page heading="Catalogue" lead={`The ${eventTypes.length} event types of the contract.`}>
      <div className={styles.filter}>
        <TextField label="Find" placeholder="approval" value={text} onValueChange={setText} type="search" />
      </div>
      {found.length === 0 ? (
        <EmptyState heading="No event type has this text">Try a service or a shorter text.</EmptyState>
      ) : (
        <Panel heading="Event types" note={`${found.length} of ${eventTypes.length}`}>
          <Table label="Event types">
            <thead>
              <tr>
                <th scope="col">Type</th>
                <th scope="col">Service</th>
                <th scope="col">Category</th>
                <th scope="col">Action</th>
                <th scope="col">Outcomes</th>
              </tr>
            </thead>
            <tbody>
              {found.map(({ type, service, category, action, outcomes }) => (
                <tr key={type}>
                  <th scope="row">
                    <EventTypeName type={type} />
                  </th>
                  <td>{service}</td>
                  <td>{category}</td>
                  <td>{action}</td>
                  <td className={table.badges}>
                    {outcomes.map((outcome) => (
                      <OutcomeBadge key={outcome} outcome={outcome} />
                    ))}
                  </td>
                </tr>
              ))}
            </tbody>
          </Table>
        </Panel>
      )}
    </Page>
  );
}
