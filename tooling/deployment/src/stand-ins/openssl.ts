// Does what the page asks of openssl, on machines without it. The certificate is for localhost, valid from 2000 to 2099,
// made with `openssl ca -selfsign`, and worth nothing anywhere else.
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const certificate = `-----BEGIN CERTIFICATE-----
MIIBYjCCAQegAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwIBcNMDAwMTAxMDAwMDAwWhgPMjA5OTEyMzEwMDAwMDBaMBQxEjAQBgNVBAMM
CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABOyea5/3HfBlhjaM
LeyuIIrFgu7dKbv6ZnXvmaJtcaLB5sW6DqvrpOCEqc8DELMrYzeqLh986WrqvgPL
HdkhVoqjSDBGMBQGA1UdEQQNMAuCCWxvY2FsaG9zdDAPBgNVHRMBAf8EBTADAQH/
MB0GA1UdDgQWBBTfrMBrILQYOvbQUPSC5espeALraDAKBggqhkjOPQQDAgNJADBG
AiEAih78fhH/5ECp2RVsPfKkCVJ04t/O840Ecu/+k6I8588CIQDLwCAXRAIq+HqP
J3U/jbmY77zWXHxnNsQ8PjfyLLHDKQ==
-----END CERTIFICATE-----
`;

const key = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgkpFKdWdTUThVvRpC
hw5VqKRgDAGmwzakaPZ+aqIPmoWhRANCAATsnmuf9x3wZYY2jC3sriCKxYLu3Sm7
+mZ175mibXGiwebFug6r66TghKnPAxCzK2M3qi4ffOlq6r4Dyx3ZIVaK
-----END PRIVATE KEY-----
`;

const [command, ...rest] = process.argv.slice(2);
if (command === 'rand') process.stdout.write(`${randomBytes(Number(rest.at(-1))).toString('hex')}\n`);
else writeCertificate(rest.map((each) => each.replace(/^-(?=\w\w)/, '--')));

function writeCertificate(args: readonly string[]): void {
  const options = { keyout: { type: 'string', default: '' }, out: { type: 'string', default: '' } } as const;
  const { values } = parseArgs({ args: [...args], options, strict: false });
  writeFileSync(String(values.keyout), key);
  writeFileSync(String(values.out), certificate);
}
