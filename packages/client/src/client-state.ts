/**
 * What delivery does.
 *
 * - `idle`: nothing to send, or waiting for a batch to fill
 * - `delivering`: a request is under way and nothing failed before it
 * - `backing_off`: the server cannot be reached or cannot take events now, or the disk fails; retrying
 * - `unauthorized`: the server refuses the token, the new one included; retrying
 * - `misconfigured`: what answers is not the audit server; retrying
 * - `closed`: finished for good
 */
export type ClientState = 'idle' | 'delivering' | FailureState | 'closed';

/** A state in which events wait because the last attempt failed. */
export type FailureState = 'backing_off' | 'unauthorized' | 'misconfigured';
