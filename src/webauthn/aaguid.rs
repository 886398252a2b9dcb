//! The model of an authenticator, by which it can be named to people (WebAuthn
//! Level 3 §6.5.1).

use std::fmt;

/// An authenticator attestation globally unique identifier. Without a verified
/// attestation it is only what the authenticator says, and fit for nothing but
/// a name to be shown.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Aaguid([u8; 16]);

impl Aaguid {
    /// Takes the bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Aaguid(bytes)
    }

    /// The bytes.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// Reads the text form of a UUID (RFC 9562, section 4), as it is printed:
    /// five groups of hexadecimal digits. `None` if it is none.
    pub fn parse(text: &str) -> Option<Self> {
        let mut digits = 0_u128;
        let mut groups = text.split('-');
        for length in [8, 4, 4, 4, 12] {
            let group = groups.next().filter(|group| group.len() == length)?;
            for digit in group.chars() {
                digits = (digits << 4) | u128::from(digit.to_digit(16)?);
            }
        }
        groups
            .next()
            .is_none()
            .then(|| Aaguid(digits.to_be_bytes()))
    }
}

impl fmt::Display for Aaguid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, byte) in self.0.iter().enumerate() {
            if matches!(index, 4 | 6 | 8 | 10) {
                formatter.write_str("-")?;
            }
            write!(formatter, "{byte:02x}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Aaguid {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Aaguid({self})")
    }
}

/// Providers of passkeys and common security keys, ascending, from the
/// community's list (github.com/passkeydeveloper/passkey-authenticator-aaguids)
/// and Yubico's.
const NAMES: &[(u128, &str)] = &[
    (0x08987058_cadc_4b81_b6e1_30de50dcbe96, "Windows Hello"),
    (0x0ea242b4_43c4_4a1b_8b17_dd6d0b6baec6, "Keeper"),
    (
        0x149a2021_8ef6_4133_96b8_81f8d5b7f1f5,
        "Security Key by Yubico with NFC",
    ),
    (0x19083c3d_8383_4b18_bc03_8f1c9ab2fd1b, "YubiKey 5 Series"),
    (
        0x2fc0579f_8113_47ea_b116_bb5a8db9202a,
        "YubiKey 5 Series with NFC",
    ),
    (0x50726f74_6f6e_5061_7373_50726f746f6e, "Proton Pass"),
    (0x531126d6_e717_415c_9320_3d9aa6981239, "Dashlane"),
    (0x53414d53_554e_4700_0000_000000000000, "Samsung Pass"),
    (0x6028b017_b1d4_4c02_b4b3_afcdafc96bb2, "Windows Hello"),
    (
        0x73bb0cd4_e502_49b8_9c6f_b59445bf720b,
        "YubiKey 5 FIPS Series",
    ),
    (0x771b48fd_d3d4_4f74_9232_fc157ab0507a, "Edge on Mac"),
    (0x9ddd1817_af5a_4672_a2b9_3e3dd95000a9, "Windows Hello"),
    (
        0xa25342c0_3cdc_4414_8e46_f4807fca511c,
        "YubiKey 5 Series with NFC",
    ),
    (0xadce0002_35bc_c60a_648b_0b25f1f05503, "Chrome on Mac"),
    (0xb5397666_4885_aa6b_cebf_e52262a439a2, "Chromium Browser"),
    (0xb78a0a55_6ef8_d246_a042_ba0f6d55050c, "LastPass"),
    (0xb84e4048_15dc_4dd0_8640_f4f60813c8af, "NordPass"),
    (0xbada5566_a7aa_401f_bd96_45619a55120d, "1Password"),
    (
        0xc1f9a0bc_1dd2_404a_b27f_8e29047a43fd,
        "YubiKey 5 FIPS Series with NFC",
    ),
    (
        0xc5ef55ff_ad9a_4b9f_b580_adebafe026d0,
        "YubiKey 5 Series with Lightning",
    ),
    (0xcb69481e_8ff7_4039_93ec_0a2729a154a8, "YubiKey 5 Series"),
    (
        0xd3452668_01fd_4c12_926c_83a4204853aa,
        "Microsoft Password Manager",
    ),
    (0xd548826e_79b4_db40_a3d8_11116f7e8349, "Bitwarden"),
    (
        0xdd4ec289_e01d_41c9_bb89_70fa845d4bf2,
        "iCloud Keychain (Managed)",
    ),
    (
        0xea9b8d66_4d01_1d21_3ce4_b6b48cb575d4,
        "Google Password Manager",
    ),
    (0xee882879_721c_4913_9775_3dfcce97072a, "YubiKey 5 Series"),
    (0xf3809540_7f14_49c1_a8b3_8f813b225541, "Enpass"),
    (
        0xfa2b99dc_9e39_4257_8f92_4a30d23c4118,
        "YubiKey 5 Series with NFC",
    ),
    (0xfbfc3007_154e_4ecc_8c0b_6e020557d7bd, "iCloud Keychain"),
    (0xfdb141b2_5d84_443e_8a35_4698c205a502, "KeePassXC"),
];

/// What people call the authenticators of a model, if it is a well-known one.
/// The name is to be shown, never to be decided by.
pub fn name_of(aaguid: Aaguid) -> Option<&'static str> {
    let number = u128::from_be_bytes(aaguid.0);
    NAMES
        .binary_search_by_key(&number, |(model, _)| *model)
        .ok()
        .and_then(|index| NAMES.get(index))
        .map(|(_, name)| *name)
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_order() {
        assert!(NAMES.is_sorted_by(|(left, _), (right, _)| left < right));
    }

    #[test]
    fn every_name_is_found_by_its_text_form() {
        for (number, name) in NAMES {
            let aaguid = Aaguid::from_bytes(number.to_be_bytes());
            let read = Aaguid::parse(&aaguid.to_string()).unwrap();
            assert_eq!(read, aaguid);
            assert_eq!(name_of(read), Some(*name));
        }
    }

    #[test]
    fn well_known_ones_have_their_names() {
        for (text, name) in [
            ("fbfc3007-154e-4ecc-8c0b-6e020557d7bd", "iCloud Keychain"),
            (
                "EA9B8D66-4D01-1D21-3CE4-B6B48CB575D4",
                "Google Password Manager",
            ),
            ("bada5566-a7aa-401f-bd96-45619a55120d", "1Password"),
        ] {
            assert_eq!(name_of(Aaguid::parse(text).unwrap()), Some(name));
        }
        assert_eq!(name_of(Aaguid::from_bytes([0; 16])), None);
    }

    #[test]
    fn other_texts_are_none() {
        for text in [
            "",
            "fbfc3007154e4ecc8c0b6e020557d7bd",
            "{fbfc3007-154e-4ecc-8c0b-6e020557d7bd}",
            "fbfc3007-154e-4ecc-8c0b-6e020557d7bd-",
            "fbfc3007-154e-4ecc-8c0b-6e020557d7b",
            "fbfc3007-154e-4ecc-8c0b-6e020557d7bg",
            "fbfc3007-154e-4ecc-8c0b6-e020557d7bd",
        ] {
            assert_eq!(Aaguid::parse(text), None, "{text}");
        }
    }
}
