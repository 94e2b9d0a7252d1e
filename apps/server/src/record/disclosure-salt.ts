import { randomFillSync } from 'node:crypto';

// One salt costs about as much to ask for as a page of them.
const saltBytes = 16;
const page = Buffer.alloc(256 * saltBytes);
let used = page.length;

/** Makes the salt of one disclosure: 128 random bits, never given twice, as base64url. */
export function disclosureSalt(): string {
  if (used === page.length) {
    randomFillSync(page);
    used = 0;
  }
  used += saltBytes;
  return page.toString('base64url', used - saltBytes, used);
}
