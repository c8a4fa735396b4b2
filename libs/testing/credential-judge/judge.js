/* global Packages, arguments, print -- Rhino runs this file: its argument is the path of the cases. */
// Judges each credential with libraries that share no code with ours, and prints one line of JSON for it. What they need of the world (contexts, DID
// documents) stands in the file of the cases; nothing is fetched. In Rhino a `const` of a loop keeps the value of the first turn: there are no loops here.
const jdk = Packages.java;
const titanium = Packages.com.apicatalog;
const nimbus = Packages.com.nimbusds;
const json = Packages.jakarta.json.Json;
const utf8 = jdk.nio.charset.StandardCharsets.UTF_8;
const text = (file) => String(jdk.nio.file.Files.readString(jdk.nio.file.Path.of(file)));
const { contexts, didDocuments, cases } = JSON.parse(text(arguments[0]));

const documentOf = (given) => titanium.jsonld.document.JsonDocument.of(new jdk.io.StringReader(given));
const known = {};
Object.keys(contexts).forEach((url) => {
  known[url] = documentOf(JSON.stringify(contexts[url]));
});
const options = new titanium.jsonld.JsonLdOptions((url) => {
  const document = known[String(url)];
  if (document === undefined) throw new Error(`a context is asked for that is not on board: ${url}`);
  return document;
});
// As jsonld in safe mode: what no context defines would stand in the document unsigned.
options.setUndefinedTermsPolicy(titanium.jsonld.JsonLdOptions.ProcessingPolicy.Fail);

/** The canonical N-Quads of a JSON-LD document: RDFC-1.0 by titanium. */
function canonical(structure) {
  const canon = titanium.rdf.canon.RdfCanon.create('SHA-256');
  titanium.jsonld.JsonLd.toRdf(titanium.jsonld.document.JsonDocument.of(structure)).options(options).provide(canon);
  const writer = new jdk.io.StringWriter();
  canon.provide(new titanium.rdf.nquads.NQuadsWriter(writer));
  return writer.toString();
}

const sha256 = (line) =>
  jdk.security.MessageDigest.getInstance('SHA-256').digest(new jdk.lang.String(line).getBytes(utf8));
const hex = (bytes) => String(jdk.util.HexFormat.of().formatHex(bytes));

const issuerOf = ({ issuer }) => (typeof issuer === 'string' ? issuer : issuer.id);

/** The method of an issuer with this id, if it may assert for it. */
function methodOf(id, issuer) {
  const document = didDocuments.find((each) => each.id === issuer);
  if (document === undefined) throw new Error('the issuer is not known');
  if (document.assertionMethod.indexOf(id) === -1) throw new Error('the key may not assert');
  const method = document.verificationMethod.find((each) => each.id === id);
  if (method === undefined || method.controller !== issuer) throw new Error('the key is not one of the issuer');
  return method;
}

const letters = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
/** Multibase base58btc as hex; so many bytes are wanted. */
function base58(value, length) {
  if (value[0] !== 'z') throw new Error('no base58btc');
  const number = value
    .slice(1)
    .split('')
    .reduce((sum, letter) => {
      if (letters.indexOf(letter) === -1) throw new Error('no base58btc');
      return sum.multiply(jdk.math.BigInteger.valueOf(58)).add(jdk.math.BigInteger.valueOf(letters.indexOf(letter)));
    }, jdk.math.BigInteger.ZERO);
  const digits = String(number.toString(16));
  const leading = /^1*/.exec(value.slice(1))[0].length;
  const bytes = '00'.repeat(leading) + (number.signum() === 0 ? '' : digits.length % 2 === 0 ? digits : `0${digits}`);
  if (bytes.length !== 2 * length) throw new Error('not as many bytes as there should be');
  return bytes;
}

/** eddsa-rdfc-2022 with the Ed25519 of the JDK. */
function proofHolds(structure, proof, hash) {
  const configuration = json
    .createObjectBuilder(proof)
    .remove('proofValue')
    .add('@context', structure.get('@context'))
    .build();
  const multikey = methodOf(
    String(proof.getString('verificationMethod')),
    issuerOf(JSON.parse(String(structure.toString()))),
  );
  const key = base58(multikey.publicKeyMultibase, 34);
  if (key.slice(0, 4) !== 'ed01') throw new Error('no Ed25519 key');
  const spki = jdk.util.HexFormat.of().parseHex(`302a300506032b6570032100${key.slice(4)}`);
  const verifier = jdk.security.Signature.getInstance('Ed25519');
  verifier.initVerify(
    jdk.security.KeyFactory.getInstance('Ed25519').generatePublic(new jdk.security.spec.X509EncodedKeySpec(spki)),
  );
  verifier.update(sha256(canonical(configuration)));
  verifier.update(hash);
  return verifier.verify(jdk.util.HexFormat.of().parseHex(base58(String(proof.getString('proofValue')), 64)));
}

/** The document without its proofs, hashed; and whether there is one proof and each holds. */
function judgeDocument(document) {
  const given = documentOf(document).getJsonContent().get();
  const structure = json.createObjectBuilder(given).remove('proof').build();
  const hash = sha256(canonical(structure));
  const judgement = { canonical: hex(hash), proven: false, problem: '' };
  try {
    const proofs = given.getJsonArray('proof');
    judgement.proven =
      proofs !== null && proofs.size() > 0 && proofs.stream().allMatch((proof) => proofHolds(structure, proof, hash));
  } catch (error) {
    judgement.problem = String(error);
  }
  return judgement;
}

/** A VC-JWT by nimbus, with the claims that Open Badges 3.0 (section 8.2) derives from the credential. */
function judgeToken(token) {
  const signed = nimbus.jwt.SignedJWT.parse(token);
  const header = signed.getHeader();
  const credential = JSON.parse(String(signed.getPayload().toString()));
  const jwk = methodOf(String(header.getKeyID()), issuerOf(credential)).publicKeyJwk;
  const key = nimbus.jose.jwk.JWK.parse(JSON.stringify(jwk));
  const verifier =
    jwk.kty === 'EC'
      ? new nimbus.jose.crypto.ECDSAVerifier(key.toECKey())
      : new nimbus.jose.crypto.RSASSAVerifier(key.toRSAKey());
  if (!signed.verify(verifier)) return false;
  const instant = (value) => (value === undefined ? undefined : Number(jdk.time.Instant.parse(value).getEpochSecond()));
  const { iss, jti, sub, nbf, exp } = credential;
  return (
    [iss, jti, sub, nbf, exp].join(' ') ===
    [
      issuerOf(credential),
      credential.id,
      credential.credentialSubject.id,
      instant(credential.validFrom),
      instant(credential.validUntil),
    ].join(' ')
  );
}

const tried = (judge, otherwise) => {
  try {
    return judge();
  } catch (error) {
    return otherwise(String(error));
  }
};

cases.forEach(({ document, token }) => {
  const judgement =
    document === undefined
      ? {}
      : tried(
          () => judgeDocument(document),
          (problem) => ({ proven: false, problem }),
        );
  if (token !== undefined) {
    judgement.signed = tried(
      () => judgeToken(token),
      (problem) => {
        judgement.problem = problem;
        return false;
      },
    );
  }
  print(JSON.stringify(judgement));
});
