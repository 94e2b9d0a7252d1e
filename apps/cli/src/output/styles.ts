import pc from 'picocolors';

/** Functions that colour text, or leave it as it is. */
export type Styles = ReturnType<typeof pc.createColors>;

/** Colours for an output that shows them. */
export function stylesFor(hasColors: boolean): Styles {
  return pc.createColors(hasColors);
}
