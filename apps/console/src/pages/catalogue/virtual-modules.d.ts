declare module 'virtual:event-reference' {
  export const reference: import('./event-reference.ts').EventReference;
}

declare module 'virtual:event-examples' {
  /** The valid example of each event type, as it is written. */
  export const examples: Readonly<Record<string, string>>;
}
