import { useEffect, useEffectEvent, useState } from 'react';

const intervalMs = 3_000;

/**
 * Words for who hears the page: how many events came, every three seconds at most, since a busy log would else drown every other
 * word.
 * @param received all that came so far
 */
export function useAnnounced(received: number): string {
  const [announced, setAnnounced] = useState({ received: 0, words: '' });
  const announce = useEffectEvent(() => {
    const count = received - announced.received;
    const words = `${count} new ${count === 1 ? 'event' : 'events'}, ${received} since the page was opened`;
    setAnnounced({ received, words });
  });
  const hasMore = received > announced.received;
  useEffect(() => {
    if (!hasMore) return;
    const timer = setTimeout(announce, intervalMs);
    return () => clearTimeout(timer);
  }, [hasMore]);
  return announced.words;
}
