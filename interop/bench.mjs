// Worker of `make bench-engine`: @digitalbazaar/vc with eddsa-rdfc-2022, asked in JSON lines.
//   node bench.mjs CONTEXTS.json
// Contexts and key documents are held in memory, the status check is a stub that says "fine".
import {readFileSync, writeFileSync} from 'node:fs';
import {createInterface} from 'node:readline';
import * as lib from './lib.mjs';

const contexts = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const resolved = new Map();
const documentLoader = async url => {
  let document = contexts[url] ?? resolved.get(url);
  if(!document) {
    ({document} = await lib.documentLoader(url));
    resolved.set(url, document);
  }
  return {contextUrl: null, documentUrl: url, document, tag: 'static'};
};
const now = new Date('2027-01-01T00:00:00Z');
const checkStatus = async () => ({verified: true});
const pair = await lib.ed25519();

const issue = async text => JSON.stringify(await lib.vc.issue({
  credential: JSON.parse(text), suite: lib.signSuite('eddsa-rdfc-2022', pair), documentLoader, now
}));
const suite = lib.verifySuites()[0];
const verify = async text => {
  const credential = JSON.parse(text);
  const found = await lib.vc.verifyCredential({credential, suite, documentLoader, checkStatus, now});
  if(!found.verified) {
    throw new Error(found.error?.errors?.[0]?.message ?? found.error?.message ?? 'not verified');
  }
};
const lines = file => readFileSync(file, 'utf8').trim().split('\n');

const answers = {
  did: async () => ({did: pair.controller}),
  async issue({file, out}) {
    const signed = [];
    for(const text of lines(file)) {
      signed.push(await issue(text));
    }
    writeFileSync(out, signed.join('\n') + '\n');
    return {issued: signed.length};
  },
  async check({file}) {
    let accepted = 0, why = '';
    for(const text of lines(file)) {
      await verify(text).then(() => accepted++, problem => why = problem.message);
    }
    return {accepted, of: lines(file).length, why};
  },
  async rate({what, file, seconds}) {
    const work = what === 'issue' ? issue : verify;
    const items = lines(file), started = performance.now();
    let done = 0;
    while(performance.now() - started < seconds * 1000) {
      for(const text of items) {
        await work(text);
      }
      done += items.length;
    }
    return {rate: done / (performance.now() - started) * 1000};
  }
};

for await (const line of createInterface({input: process.stdin})) {
  const request = JSON.parse(line);
  const answer = await answers[request.do](request).catch(problem => ({error: problem.message}));
  process.stdout.write(JSON.stringify(answer) + '\n');
}
