import { hash } from 'node:crypto';
import type { WorkflowSearchRequest } from './workflow-catalogue.ts';

/**
 * Names a search by its five filters, so that equal searches have equal names: the first 8 bytes of a SHA-256 as 16 hex
 * digits. A search without filters is named by 14 zeros, as the reference does.
 */
export function queryHash({ filters }: WorkflowSearchRequest): string {
  if (!filters) return '00000000000000';
  const { signalType = '', severity = '', component = '', environment = '', priority = '' } = filters;
  const text = [signalType, severity, component, environment, priority].join('-');
  return hash('sha256', text).slice(0, 16);
}
