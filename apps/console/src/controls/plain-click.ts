import type { MouseEvent } from 'react';

/**
 * Handles a click on a link that stays on the page; one that asks for a new tab or window is the browser's. For lists of
 * thousands of links, for which the router's own are too slow.
 */
export function onPlainClick(act: () => void): (event: MouseEvent) => void {
  return (event) => {
    const isOther = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (isOther || event.defaultPrevented) return;
    event.preventDefault();
    act();
  };
}
