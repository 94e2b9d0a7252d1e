import { createUpstream, type Upstream } from './upstream.ts';

/** Hands requests to the servers in turn, whether they live or not, as a load balancer without health checks does. */
export function balanceUpstreams(urls: readonly string[]): Upstream {
  const upstreams = urls.map(createUpstream);
  let turn = 0;
  const next = () => {
    const upstream = upstreams[turn % upstreams.length];
    if (upstream === undefined) throw new Error('there is no server to send a request to: name at least one');
    turn += 1;
    return upstream;
  };
  return {
    forward: (request) => next().forward(request),
    forwardHalf: (request) => next().forwardHalf(request),
    close() {
      for (const upstream of upstreams) upstream.close();
    },
  };
}
