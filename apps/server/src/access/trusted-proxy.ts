import { BlockList, isIP } from 'node:net';
import type { TrustedProxyPolicy } from './access-policy.ts';

/** A proxy whose word is taken for who asks, when the connection comes from one of its addresses. */
export interface TrustedProxy {
  readonly policy: TrustedProxyPolicy;
  readonly isPeer: (address: string) => boolean;
}

/** Makes a trusted proxy of what the policy says. */
export function createTrustedProxy(policy: TrustedProxyPolicy): TrustedProxy {
  const networks = new BlockList();
  for (const text of policy.peers) addNetwork(networks, text);
  return { policy, isPeer: (address) => networks.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4') };
}

function addNetwork(networks: BlockList, text: string): void {
  const [address = '', length] = text.split('/');
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
  if (length === undefined) networks.addAddress(address, family);
  else networks.addSubnet(address, Number(length), family);
}
