//! A private key for each algorithm.

use ed25519_dalek::Signer as _;
use rsa::{BoxedUint, Pkcs1v15Sign, PrivateKey as RsaPrivateKey};
use sha2::{Digest as _, Sha256};

use super::cbor_writer::Item;
use super::certificate::{der_integer, der_sequence};
use crate::jose::algorithm::PrivateKey;
use crate::webauthn::Algorithm;

/// A private key of tests alone, made by OpenSSL: modulus, private exponent
/// and primes.
const RSA_MODULUS: &str = "cebd362269e71759014b0ec7adfded135755235f5e135c25f97fc19b543d92f16bdc05797f3f3f07\
    79d0368025dcf5ab6da34fba2c0f1c8c9f261af6d2b01fec32939bb3a9d2e747ddc3743eea68d0d8\
    406bb0668c499621184f59befc54c3d9e66ee563ccb42e622e0499c7f5a9032cffbe8cc8df525320\
    f6318abf072d21ce711b8c7a8be1ce689dd0f7380b0df68a3819d140ff9130deaa5925747d3e6d10\
    17af8d6db53cb57cc96bfc3b2520a938d587e690eef972e89c2dcbf5d61f36aac1c63ffc870edfd7\
    9e2d6b278f86088ce72ee8211f9e55e50d91e4e9104142318e04174b5c60191323606940a59166a1\
    556e15a6758f68afed6a9e19ee8754db";
const RSA_PRIVATE_EXPONENT: &str = "1159ff1ba750ce7c5967efcf2192d0dd9134639a22feb3fab9f4978ece64b69b0da6f34cadb9e4b3\
    df6cf2ce119f787d116026166591451fa651dfec7c656ce079a43aeabae3a926b67dab99863a12e1\
    3b92ee44c51c7dfdbc1918dab739f4102b4f7e704063950b077aba5f76865f6e5ceea4c94d390f22\
    1297b8e1ec9bc49cf4ebf4c9047839da51863eb709db95c69cb21b84c1eb68f91178fc118838be86\
    d9e4377188f01d20e3fa475cd4bbe04af2fde90aafd72119c83a32e57d64571705a9dfe1578f0663\
    0f657b8fdd244db86a9e017e1b160fecdd17eaed20a0a9e6d478fbfc30c0a2562298e2d436b577ad\
    42df1f1d5ebddef8850e661262c733e9";
const RSA_PRIMES: [&str; 2] = [
    "ee68716fbdd560388676d5746377b285844199bd38818defd6bb146efe4f30ab96f4b13bfb5bb5ae\
     20b74c05f97e0762510d4ae8da87993df2d2b2fd9598efe247630287b99377efd7aa578ecc16ba9a\
     61d3b32782dfb9c37fa21bb538bf821a07d9db663b881ffea2671a2d5bdbb5169e728b5810de10cc\
     5cbcd34cdcaa53a9",
    "ddfe8a1149179bcbd2e9068c387cc1406a8e22f32752e4be436e267fdccb98d7a059fe049c21d3fd\
     0e4039f0fbaa3797ac70ed0784a4122bfbfd9d1d60e6dfa777f2f513179aeab49d0ab319c425fc35\
     f1858de8fe4f780ab3ab23006f3daeb5839d256e46337dfd4271daa5d82ff07a6c50095744203dbc\
     e35cf7a74efdb6e3",
];
const RSA_EXPONENT: [u8; 3] = [1, 0, 1];

/// What stands before a SHA-256 in PKCS #1 (RFC 8017, section 9.2, note 1).
const SHA256_PREFIX: [u8; 19] = [
    0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05,
    0x00, 0x04, 0x20,
];

/// Bytes from hexadecimal digits.
pub(crate) fn bytes(hexadecimal: &str) -> Vec<u8> {
    let digits: Vec<u8> = hexadecimal
        .chars()
        .map(|digit| u8::try_from(digit.to_digit(16).unwrap()).unwrap())
        .collect();
    let (pairs, rest) = digits.as_chunks::<2>();
    assert!(rest.is_empty());
    pairs.iter().map(|[high, low]| high * 16 + low).collect()
}

/// A private key.
pub(crate) enum Signer {
    Es256(PrivateKey),
    Es384(p384::ecdsa::SigningKey),
    Es512(p521::ecdsa::SigningKey),
    EdDsa(ed25519_dalek::SigningKey),
    Rs256(Box<RsaPrivateKey>),
}

impl Signer {
    /// A key for an algorithm, always the same.
    pub(crate) fn new(algorithm: Algorithm) -> Self {
        match algorithm {
            Algorithm::Es256 => Signer::Es256(PrivateKey::from_bytes(&[1; 32]).unwrap()),
            Algorithm::Es384 => {
                Signer::Es384(p384::ecdsa::SigningKey::from_slice(&[1; 48]).unwrap())
            }
            Algorithm::Es512 => {
                let mut scalar = [1; 66];
                scalar[0] = 0;
                Signer::Es512(p521::ecdsa::SigningKey::from_slice(&scalar).unwrap())
            }
            Algorithm::EdDsa => Signer::EdDsa(ed25519_dalek::SigningKey::from_bytes(&[1; 32])),
            Algorithm::Rs256 => {
                let number = |digits: &str| BoxedUint::from_be_slice_vartime(&bytes(digits));
                let key = RsaPrivateKey::from_components(
                    number(RSA_MODULUS),
                    BoxedUint::from_be_slice_vartime(&RSA_EXPONENT),
                    number(RSA_PRIVATE_EXPONENT),
                    RSA_PRIMES.map(number).to_vec(),
                );
                Signer::Rs256(Box::new(key.unwrap()))
            }
        }
    }

    /// The public key's parameters in COSE.
    pub(crate) fn cose(&self) -> Vec<(i32, Item)> {
        let point = |algorithm, curve, point: &[u8]| {
            let (x, y) = point.get(1..).unwrap().split_at(point.len() / 2);
            vec![
                (1, Item::Integer(2)),
                (3, Item::Integer(algorithm)),
                (-1, Item::Integer(curve)),
                (-2, Item::Bytes(x.to_vec())),
                (-3, Item::Bytes(y.to_vec())),
            ]
        };
        match self {
            Signer::Es256(_) => point(-7, 1, &self.public_bytes()),
            Signer::Es384(_) => point(-35, 2, &self.public_bytes()),
            Signer::Es512(_) => point(-36, 3, &self.public_bytes()),
            Signer::EdDsa(_) => vec![
                (1, Item::Integer(1)),
                (3, Item::Integer(-8)),
                (-1, Item::Integer(6)),
                (-2, Item::Bytes(self.public_bytes())),
            ],
            Signer::Rs256(_) => vec![
                (1, Item::Integer(3)),
                (3, Item::Integer(-257)),
                (-1, Item::Bytes(bytes(RSA_MODULUS))),
                (-2, Item::Bytes(RSA_EXPONENT.to_vec())),
            ],
        }
    }

    /// The public key as certificates have it: a point, 32 bytes, or a
    /// sequence of two numbers.
    pub(crate) fn public_bytes(&self) -> Vec<u8> {
        match self {
            Signer::Es256(key) => {
                let public = key.coordinates();
                [vec![4], public.x.to_vec(), public.y.to_vec()].concat()
            }
            Signer::Es384(key) => key.verifying_key().to_sec1_point(false).as_bytes().to_vec(),
            Signer::Es512(key) => key.verifying_key().to_sec1_point(false).as_bytes().to_vec(),
            Signer::EdDsa(key) => key.verifying_key().to_bytes().to_vec(),
            Signer::Rs256(_) => {
                der_sequence(&[der_integer(&bytes(RSA_MODULUS)), der_integer(&RSA_EXPONENT)])
            }
        }
    }

    /// The signature of a message, in the form of WebAuthn.
    pub(crate) fn sign(&self, message: &[u8]) -> Vec<u8> {
        match self {
            Signer::Es256(key) => {
                let signature = key.sign(message);
                let (r, s) = signature.split_at(32);
                der_sequence(&[der_integer(r), der_integer(s)])
            }
            Signer::Es384(key) => {
                let signature: p384::ecdsa::Signature = key.sign(message);
                signature.to_der().as_bytes().to_vec()
            }
            Signer::Es512(key) => {
                let signature: p521::ecdsa::Signature = key.sign(message);
                signature.to_der().as_bytes().to_vec()
            }
            Signer::EdDsa(key) => key.sign(message).to_bytes().to_vec(),
            Signer::Rs256(key) => {
                let scheme = Pkcs1v15Sign {
                    hash_len: Some(32),
                    prefix: Box::new(SHA256_PREFIX),
                };
                key.sign(scheme, &Sha256::digest(message)).unwrap()
            }
        }
    }
}
