/**
 * The one of a few values that a control says was chosen.
 * @throws {RangeError} when it is none of them
 */
export function chosen<Value extends string>(values: readonly Value[], text: string): Value {
  const value = values.find((each) => each === text);
  if (value === undefined) throw new RangeError(`expected one of ${values.join(', ')}, received ${text}`);
  return value;
}
