// Other people's code on one side of an exchange of badges, ours on the other, files between.
//   node exchange.mjs issue SUITE FILE    issue an Open Badge; for the suites see below
//   node exchange.mjs verify FILE...      one line of JSON for each peer and file:
//                                         {peer, file, verified, why}
//   node exchange.mjs demo PUBLISHED FILE...  what one peer finds at every step of checking
//                                         {peer, file, verified, why, steps}; its network is
//                                         the `documents` of the file PUBLISHED, by address
// The caller reads the verdicts; the exit code only says whether the questions were asked.
import {randomUUID} from 'node:crypto';
import {readFileSync, writeFileSync} from 'node:fs';
import * as jose from 'jose';
import * as lib from './lib.mjs';

// Nobody leaves this machine: a peer that would fetch a schema is told that there is no network.
let published = {};
globalThis.fetch = async request => {
  const url = request.url ?? String(request);
  if(!(url in published)) {
    throw new Error(`no network: ${url}`);
  }
  const headers = {'content-type': 'application/json'};
  return new Response(JSON.stringify(published[url]), {headers});
};

// Some peers talk while they work: standard output is for the answers only.
console.log = console.error = console.warn = () => {};

const noStatus = async () => ({verified: true});

const badge = (issuer, extra = []) => ({
  '@context': [
    'https://www.w3.org/ns/credentials/v2',
    'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
    ...extra
  ],
  id: `urn:uuid:${randomUUID()}`,
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  name: 'SQL basics',
  issuer: {id: issuer, type: ['Profile'], name: 'Example College', url: 'https://college.example'},
  validFrom: '2024-01-01T00:00:00Z',
  validUntil: '2099-01-01T00:00:00Z',
  credentialSubject: {
    id: 'did:example:learner',
    type: ['AchievementSubject'],
    achievement: {
      id: 'https://college.example/achievements/sql',
      type: ['Achievement'],
      achievementType: 'MicroCredential',
      name: 'SQL basics',
      description: 'Selects, joins and aggregates.',
      criteria: {narrative: 'Pass the exam with 60 of 100.'},
      creditsAvailable: 2,
      alignment: [{
        type: ['Alignment'],
        targetName: 'SQL',
        targetUrl: 'http://data.europa.eu/esco/skill/598de5b0-5b58-4ea7-8058-a4bc4d18c742',
        targetType: 'ext:ESCO'
      }]
    },
    result: [{type: ['Result'], value: '87'}]
  },
  evidence: [{
    id: 'https://college.example/e/1', type: ['Evidence'], name: 'Exam', narrative: 'Proctored.'
  }]
});

// --- Issuing ------------------------------------------------------------------------------
async function issueToken(alg) {
  const {publicKey, privateKey} = await jose.generateKeyPair(alg, {extractable: true});
  const jwk = await jose.exportJWK(publicKey);
  const issuer = 'did:jwk:' + Buffer.from(JSON.stringify(jwk)).toString('base64url');
  const credential = badge(issuer);
  const claims = {
    ...credential, iss: issuer, jti: credential.id, sub: credential.credentialSubject.id
  };
  return new jose.SignJWT(claims)
    .setProtectedHeader({alg, typ: 'vc+jwt', cty: 'vc', kid: issuer + '#0'})
    .setNotBefore(new Date(credential.validFrom))
    .setExpirationTime(new Date(credential.validUntil))
    .sign(privateKey);
}

async function issueProof(suite) {
  const pair = await (suite.startsWith('ecdsa') ? lib.p256() : lib.ed25519());
  const extra = suite === 'Ed25519Signature2020' ?
    ['https://w3id.org/security/suites/ed25519-2020/v1'] : [];
  return JSON.stringify(await lib.vc.issue({
    credential: badge(pair.controller, extra),
    suite: lib.signSuite(suite, pair),
    documentLoader: lib.documentLoader
  }), null, 1);
}

const issue = suite => suite.startsWith('vc-jwt') ?
  issueToken(suite.split(' ')[1]) : issueProof(suite);

// --- Verifying: every peer answers {verified, why} ----------------------------------------
async function digitalBazaar(text) {
  const answer = await lib.vc.verifyCredential({
    credential: JSON.parse(text),
    suite: lib.verifySuites(),
    documentLoader: lib.documentLoader,
    checkStatus: noStatus
  });
  const why = [answer.error, ...(answer.error?.errors ?? [])].map(each => each?.message);
  return {verified: answer.verified === true, why: why.filter(Boolean).join('; ')};
}

// Its answer is a log of steps, or a list of fatal errors. No registry is asked, so only the
// signature and the dates can be judged.
async function digitalCredentials(text) {
  const {verifyCredential} = await import('@digitalcredentials/verifier-core');
  const answer = await verifyCredential({credential: JSON.parse(text), knownDIDRegistries: []});
  const steps = Object.fromEntries((answer.log ?? []).map(step => [step.id, step.valid]));
  const fatal = (answer.errors ?? []).map(error => error.name);
  return {
    verified: fatal.length === 0 && steps.valid_signature === true && steps.expiration !== false,
    why: fatal.length ? `fatal: ${fatal}` : JSON.stringify(answer.log),
    steps
  };
}

// The key is that of the issuer, a did:jwk: the method must belong to the issuer of the badge.
async function joseVerify(token) {
  const {kid, alg} = jose.decodeProtectedHeader(token);
  const claimed = jose.decodeJwt(token);
  const issuer = claimed.issuer?.id ?? claimed.issuer ?? claimed.iss;
  if(!issuer.startsWith('did:jwk:') || kid.split('#')[0] !== issuer) {
    return {verified: false, why: `the key ${kid} is not the issuer's`};
  }
  const jwk = JSON.parse(Buffer.from(issuer.slice('did:jwk:'.length), 'base64url'));
  await jose.jwtVerify(token, await jose.importJWK(jwk, alg));
  return {verified: true, why: alg};
}

async function verify(file) {
  const text = readFileSync(file, 'utf8').trim();
  const peers = text.startsWith('{') ?
    {'@digitalbazaar/vc': digitalBazaar, '@digitalcredentials/verifier-core': digitalCredentials} :
    {jose: joseVerify};
  for(const [peer, ask] of Object.entries(peers)) {
    const answer = await ask(text).catch(problem => ({verified: false, why: problem.message}));
    process.stdout.write(JSON.stringify({peer, file, ...answer}) + '\n');
  }
}

const [command, ...rest] = process.argv.slice(2);
if(command === 'issue') {
  writeFileSync(rest[1], await issue(rest[0]));
} else if(command === 'verify') {
  for(const file of rest) {
    await verify(file);
  }
} else if(command === 'demo') {
  published = JSON.parse(readFileSync(rest.shift(), 'utf8')).documents;
  for(const file of rest) {
    const answer = await digitalCredentials(readFileSync(file, 'utf8'));
    const peer = '@digitalcredentials/verifier-core';
    process.stdout.write(JSON.stringify({peer, file, ...answer}) + '\n');
  }
} else {
  process.stderr.write('usage: node exchange.mjs issue SUITE FILE | verify FILE... | demo PUBLISHED FILE...\n');
  process.exitCode = 64;
}
