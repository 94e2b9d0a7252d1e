import { expect, it } from 'vitest';
import * as schema from './index.ts';

it('@audit/schema exports these values', () => {
  expect(Object.keys(schema).sort()).toMatchInlineSnapshot(`
    [
      "AuditError",
      "InvalidEventError",
      "aianalysisEvents",
      "contractCatalogue",
      "createEventCatalogue",
      "datastorageEvents",
      "datastorageServerEvents",
      "defineEvent",
      "describeReceived",
      "draftEvent",
      "envelopeVersion",
      "eventBytesMax",
      "eventDataDepthMax",
      "eventIssue",
      "eventsByService",
      "gatewayEvents",
      "goDuration",
      "holmesgptEvents",
      "isAuditError",
      "isEventSkip",
      "notificationEvents",
      "onlyKnown",
      "orchestratorEvents",
      "parseEvent",
      "parseGoDuration",
      "personalDataPaths",
      "personalEnvelopeMembers",
      "safeParseEvent",
      "safeParseRequest",
      "shortenText",
      "signalProcessingEvents",
      "skipEvent",
      "specHash",
      "specVersion",
      "toPointer",
      "utcTime",
      "webhookEvents",
      "workflowexecutionEvents",
    ]
  `);
});
