/** A certificate for 127.0.0.1 that signs itself, and its key; both are worth nothing anywhere else. */
export interface TestCertificate {
  /** Common name of its subject. */
  readonly name: string;
  readonly certificate: string;
  readonly key: string;
}

/** Valid from 2000 to 2099, made with `openssl ca -selfsign`. */
export const firstCertificate: TestCertificate = {
  name: 'first.test',
  certificate: `-----BEGIN CERTIFICATE-----
MIIBWzCCAQGgAwIBAgIBATAKBggqhkjOPQQDAjAVMRMwEQYDVQQDDApmaXJzdC50
ZXN0MCAXDTAwMDEwMTAwMDAwMFoYDzIwOTkxMjMxMDAwMDAwWjAVMRMwEQYDVQQD
DApmaXJzdC50ZXN0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEmz4IziH5/U7y
oU+idKGxc3dNC0nJCw8RPBnD2sj3ulKgagY4XmYjoeSjHT5sy5iBm59N3jRHhmY1
OjI8cZoq1aNAMD4wDwYDVR0RBAgwBocEfwAAATAMBgNVHRMEBTADAQH/MB0GA1Ud
DgQWBBRShikYiZGPe75iRm5yztSsYDQctzAKBggqhkjOPQQDAgNIADBFAiEA4mfC
vbHaxGOwidJmpw2kGAQgFTQTcKVowVdLPX1IyxcCIHKEe4+NsnpdzA1+uZKx1rPV
nQLufXQJPgToX48jjcBp
-----END CERTIFICATE-----
`,
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgPxPtu4BZEtWXJt7n
RU/FxmIQt9nQda2e/Xahi/NeQ4qhRANCAASbPgjOIfn9TvKhT6J0obFzd00LSckL
DxE8GcPayPe6UqBqBjheZiOh5KMdPmzLmIGbn03eNEeGZjU6MjxxmirV
-----END PRIVATE KEY-----
`,
};

/** Valid from 2000 to 2099, made with `openssl ca -selfsign`. */
export const secondCertificate: TestCertificate = {
  name: 'second.test',
  certificate: `-----BEGIN CERTIFICATE-----
MIIBXjCCAQOgAwIBAgIBATAKBggqhkjOPQQDAjAWMRQwEgYDVQQDDAtzZWNvbmQu
dGVzdDAgFw0wMDAxMDEwMDAwMDBaGA8yMDk5MTIzMTAwMDAwMFowFjEUMBIGA1UE
AwwLc2Vjb25kLnRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAT/TgFNzLgW
KVnNrUK22ccmXJxN1dz7si0ZlLsOXJvsBeNGeOY2MY+k0t74HRx1Lh34KB4ko9tB
YyUArcYuc/Jzo0AwPjAPBgNVHREECDAGhwR/AAABMAwGA1UdEwQFMAMBAf8wHQYD
VR0OBBYEFK+FNazzH5yabA2P+BwGzIwBnucaMAoGCCqGSM49BAMCA0kAMEYCIQDl
a3citBcm9QAKUTYHQm+34+bfP+Q0v/cSYc0ppVdbtwIhANVNcb8pjzvREPAWoCgG
GpBaFXio75SJp8m17Q1acnxJ
-----END CERTIFICATE-----
`,
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgWm4ehAq7QBPsDY0B
/OvnwvWCXHrHbUwvhGZqZWhBjT6hRANCAAT/TgFNzLgWKVnNrUK22ccmXJxN1dz7
si0ZlLsOXJvsBeNGeOY2MY+k0t74HRx1Lh34KB4ko9tBYyUArcYuc/Jz
-----END PRIVATE KEY-----
`,
};
