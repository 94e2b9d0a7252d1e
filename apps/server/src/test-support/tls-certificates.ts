import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TlsFiles } from '../http/tls-files.ts';
import { temporaryDirectory } from './temporary-directory.ts';

/** A certificate for 127.0.0.1 that signs itself, and its key; both are worth nothing anywhere else. */
export interface TestCertificate {
  /** Common name of its subject. */
  readonly name: string;
  readonly certificate: string;
  readonly key: string;
}

/** Writes a certificate and its key into files that may be replaced. */
export function tlsFiles(first: TestCertificate): TlsFiles & { write(next: TestCertificate): void } {
  const directory = temporaryDirectory();
  const files = { certificate: join(directory, 'tls.crt'), key: join(directory, 'tls.key') };
  const write = ({ certificate, key }: TestCertificate) => {
    writeFileSync(files.certificate, certificate);
    writeFileSync(files.key, key);
  };
  write(first);
  return { ...files, write };
}

/** Valid for a hundred years, made with: openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes. */
export const firstCertificate: TestCertificate = {
  name: 'first.test',
  certificate: `-----BEGIN CERTIFICATE-----
MIIBkTCCATigAwIBAgIUJ/3+qF1jX97IdIr3SCV15tMxO4swCgYIKoZIzj0EAwIw
FTETMBEGA1UEAwwKZmlyc3QudGVzdDAgFw0yNjExMjExOTQ4MThaGA8yMTI2MTAy
ODE5NDgxOFowFTETMBEGA1UEAwwKZmlyc3QudGVzdDBZMBMGByqGSM49AgEGCCqG
SM49AwEHA0IABLU18j4HEi4z6yIrFoEOiPxjteyExSAZxY0GvOH7ykbwUXHupjlY
C5DV4BOkJ4nbNo0yGwLfml0brZASxpWwptWjZDBiMB0GA1UdDgQWBBQWBocE7PYm
L/1O5FqRjH9KuACneTAfBgNVHSMEGDAWgBQWBocE7PYmL/1O5FqRjH9KuACneTAP
BgNVHRMBAf8EBTADAQH/MA8GA1UdEQQIMAaHBH8AAAEwCgYIKoZIzj0EAwIDRwAw
RAIgKK9o8rnG8G2ZzBOWFAlfFaOAO7wGel8jOOaKAOMX5/cCIFHUi1rmMvS6jKM7
xmdG0I14d0XKn0RJR1mm+7XQ9Fke
-----END CERTIFICATE-----
`,
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgeoFtKY/7DHSxL+bX
aIiWCGKI2W/Yi9oYy58oy2otTrqhRANCAAS1NfI+BxIuM+siKxaBDoj8Y7XshMUg
GcWNBrzh+8pG8FFx7qY5WAuQ1eATpCeJ2zaNMhsC35pdG62QEsaVsKbV
-----END PRIVATE KEY-----
`,
};

/** Valid for a hundred years, made with: openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes. */
export const secondCertificate: TestCertificate = {
  name: 'second.test',
  certificate: `-----BEGIN CERTIFICATE-----
MIIBlDCCATqgAwIBAgIUXxX3ikrAulUmzyLDzeB7eSi0bFUwCgYIKoZIzj0EAwIw
FjEUMBIGA1UEAwwLc2Vjb25kLnRlc3QwIBcNMjYxMTIxMTk0ODE4WhgPMjEyNjEw
MjgxOTQ4MThaMBYxFDASBgNVBAMMC3NlY29uZC50ZXN0MFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAECCzB971WMJTYVwRWMRqgeCbE3kZkhI01Bd8AKXfWmgdpwesm
hOBkZ7KUntGlRAvy0mq436CqYIPycWsYfq5HyaNkMGIwHQYDVR0OBBYEFHfn2k7H
EvRgpvnRvU2fvJiEUhNgMB8GA1UdIwQYMBaAFHfn2k7HEvRgpvnRvU2fvJiEUhNg
MA8GA1UdEwEB/wQFMAMBAf8wDwYDVR0RBAgwBocEfwAAATAKBggqhkjOPQQDAgNI
ADBFAiA4KXr/PbUf7j0mQVidnJf/jH1RPK1LXJAnMPGbqKdBrwIhAIEDxz9A1WuJ
waY9H+r3c8TRoMHdlpEH3HtRS+50QVG+
-----END CERTIFICATE-----
`,
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgNIPq/p/nmDGjIJej
T1sZbBr5VQgJaED9EfZbFOHN3M2hRANCAAQILMH3vVYwlNhXBFYxGqB4JsTeRmSE
jTUF3wApd9aaB2nB6yaE4GRnspSe0aVEC/LSarjfoKpgg/Jxaxh+rkfJ
-----END PRIVATE KEY-----
`,
};
