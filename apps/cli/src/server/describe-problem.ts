const faultsMax = 3;

/** Says in one sentence what a problem document (RFC 9457) says: its detail and the first faults of the event. */
export function describeProblem(httpStatus: number, problem: Readonly<Record<string, unknown>>): string {
  const { title, detail, errors } = problem;
  const said = [detail, title].find((text) => typeof text === 'string') ?? 'no reason given';
  const faults = Array.isArray(errors) ? errors.map(describeFault) : [];
  const more = faults.length > faultsMax ? [`and ${faults.length - faultsMax} more`] : [];
  return [`${httpStatus} ${said}`, ...faults.slice(0, faultsMax), ...more].join('; ');
}

function describeFault(fault: unknown): string {
  const { message }: Record<string, unknown> =
    typeof fault === 'object' && fault !== null ? { ...fault } : {};
  return typeof message === 'string' ? message : 'a fault without a reason';
}
