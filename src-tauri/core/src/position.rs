//! Where was something taken, and is that a place of the firm?
//!
//! A bare pair of numbers tells nobody anything; "your plant, 6 m" does. The user names a place once, from a
//! photograph that was taken there. Deliberately absent: maps, and every place that the user did not name.

use serde::{Deserialize, Serialize};

/// How far a place reaches unless somebody says otherwise, in metres.
pub const RADIUS_M: u32 = 500;

/// The least and the greatest reach of a place, in metres.
pub const RADII_M: std::ops::RangeInclusive<u32> = 10..=100_000;

/// The mean radius of the earth, in metres (IUGG).
const EARTH_M: f64 = 6_371_008.8;

/// Hundred-thousandths in a degree, about a metre each on the ground.
const UNITS: f64 = 100_000.0;

/// A place of the firm, named by somebody who knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NamedPlace {
    /// What the house calls it, such as "your plant".
    pub name: String,
    /// Degrees north of the equator in hundred-thousandths; negative in the south.
    pub latitude_e5: i32,
    /// Degrees east of Greenwich in hundred-thousandths; negative in the west.
    pub longitude_e5: i32,
    /// How far it reaches, in metres.
    pub radius_m: u32,
}

/// Longest name of a place, in characters.
pub const MAX_NAME_CHARS: usize = 60;

impl NamedPlace {
    /// True when it has a name of one line and lies on earth with a possible radius.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        let name = self.name.trim();
        let is_line = !name.is_empty()
            && name.len() == self.name.len()
            && name.chars().count() <= MAX_NAME_CHARS
            && !name.chars().any(char::is_control);
        is_line
            && self.latitude_e5.unsigned_abs() <= 9_000_000
            && self.longitude_e5.unsigned_abs() <= 18_000_000
            && RADII_M.contains(&self.radius_m)
    }
}

/// Where something was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// Degrees north in hundred-thousandths; negative in the south.
    pub latitude_e5: i32,
    /// Degrees east in hundred-thousandths; negative in the west.
    pub longitude_e5: i32,
    /// How exact it is, in metres; nothing when the file does not say.
    pub accuracy_m: Option<u32>,
    /// Height above the sea, in metres.
    pub height_m: Option<i32>,
}

impl Position {
    /// Reads what a trace of the kind `gps` tells, such as `45.54770, 11.54670 ± 6 m, 39 m`; nothing when it
    /// names no place on earth.
    #[must_use]
    pub fn read(detail: &str) -> Option<Self> {
        let mut parts = detail.split(", ");
        let latitude = units(parts.next()?, 90.0)?;
        let (longitude, accuracy) = match parts.next()?.split_once(" ± ") {
            Some((longitude, accuracy)) => (longitude, metres(accuracy)),
            None => (detail.split(", ").nth(1)?, None),
        };
        let height = parts.next().and_then(|text| text.strip_suffix(" m")?.parse().ok());
        Some(Self {
            latitude_e5: latitude,
            longitude_e5: units(longitude, 180.0)?,
            accuracy_m: accuracy,
            height_m: height,
        })
    }

    /// Its coordinates in degrees, such as `45.54770° N, 11.54670° E`.
    #[must_use]
    pub fn degrees(&self) -> String {
        let side = |value: i32, plus: char, minus: char| {
            let (whole, rest) = (value.unsigned_abs() / 100_000, value.unsigned_abs() % 100_000);
            format!("{whole}.{rest:05}° {}", if value < 0 { minus } else { plus })
        };
        let (north, east) = (self.latitude_e5, self.longitude_e5);
        format!("{}, {}", side(north, 'N', 'S'), side(east, 'E', 'W'))
    }

    /// The place that it lies in, or the nearest of all with its distance in metres.
    #[must_use]
    pub fn among<'p>(&self, places: &'p [NamedPlace]) -> Among<'p> {
        let far = |place: &'p NamedPlace| (self.metres_to(place), place);
        match places.iter().map(far).min_by_key(|(metres, place)| (*metres, place.name.as_str())) {
            None => Among::Unknown,
            Some((metres, place)) if metres <= place.radius_m => Among::At(place),
            Some((metres, place)) => {
                match places.iter().find(|p| self.metres_to(p) <= p.radius_m) {
                    Some(wide) => Among::At(wide),
                    None => Among::Away { place, metres },
                }
            }
        }
    }

    /// The way over the ground, rounded to a metre (haversine).
    fn metres_to(&self, place: &NamedPlace) -> u32 {
        let radians = |units: i32| (f64::from(units) / UNITS).to_radians();
        let (from, to) = (radians(self.latitude_e5), radians(place.latitude_e5));
        let north = (to - from) / 2.0;
        let east = (radians(place.longitude_e5) - radians(self.longitude_e5)) / 2.0;
        let chord = north.sin().powi(2) + from.cos() * to.cos() * east.sin().powi(2);
        rounded(2.0 * EARTH_M * chord.clamp(0.0, 1.0).sqrt().asin())
    }
}

/// How a position lies to the places of a firm.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Among<'p> {
    /// In this one.
    At(&'p NamedPlace),
    /// In none; this one is the nearest.
    Away {
        /// The nearest place.
        place: &'p NamedPlace,
        /// How far it is to its middle, in metres.
        metres: u32,
    },
    /// No place has been named.
    Unknown,
}

/// Degrees as hundred-thousandths, when they lie on earth.
fn units(text: &str, most: f64) -> Option<i32> {
    let degrees: f64 = text.trim().parse().ok()?;
    let is_on_earth = degrees.is_finite() && degrees.abs() <= most;
    #[expect(clippy::cast_possible_truncation, reason = "at most eighteen million")]
    is_on_earth.then(|| (degrees * UNITS).round() as i32)
}

fn metres(text: &str) -> Option<u32> {
    let metres: f64 = text.split(' ').next()?.parse().ok()?;
    metres.is_finite().then(|| rounded(metres.ceil()))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "no two places on earth are farther from one another than this holds"
)]
fn rounded(metres: f64) -> u32 {
    metres.round().clamp(0.0, 1e9) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(name: &str, north: i32, east: i32, radius_m: u32) -> NamedPlace {
        NamedPlace { name: name.to_owned(), latitude_e5: north, longitude_e5: east, radius_m }
    }

    #[test]
    fn a_position_is_read_with_what_the_file_says_of_it() {
        let read = |text| Position::read(text).map(|p| (p.degrees(), p.accuracy_m, p.height_m));
        let whole = read("45.54770, 11.54670 ± 6 m, 39 m").unwrap();
        assert_eq!(whole, ("45.54770° N, 11.54670° E".to_owned(), Some(6), Some(39)));
        assert_eq!(read("45.0, 11.0 ± 6.1 m").unwrap().1, Some(7), "never told better than it is");
        let south = read("-33.86880, -0.00001").unwrap();
        assert_eq!(south, ("33.86880° S, 0.00001° W".to_owned(), None, None));
        assert_eq!(read("45.54770, 11.54670, -4 m").unwrap().2, Some(-4));
        for bad in ["", "GPS", "91, 0", "45.5", "0, 181", "NaN, 0", "a, b ± 6 m"] {
            assert_eq!(Position::read(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_last_metre_is_still_there_and_the_next_is_not() {
        // A thousandth of a degree on a meridian is 111.195 m.
        let here = Position::read("45.00100, 11.00000").unwrap();
        let at = |radius| place("your plant", 4_500_000, 1_100_000, radius);
        assert_eq!(here.among(&[at(111)]), Among::At(&at(111)));
        assert_eq!(here.among(&[at(110)]), Among::Away { place: &at(110), metres: 111 });
        assert_eq!(here.among(&[]), Among::Unknown);
    }

    #[test]
    fn the_nearest_place_is_told_and_a_wide_one_holds_what_lies_in_it() {
        let here = Position::read("45.00000, 11.00000").unwrap();
        let near = place("gate", 4_500_200, 1_100_000, 50);
        let wide = place("site", 4_501_000, 1_100_000, 2_000);
        let far = place("shop", 4_600_000, 1_100_000, 500);
        assert_eq!(here.among(&[far.clone(), near.clone(), wide.clone()]), Among::At(&wide));
        let told = here.among(std::slice::from_ref(&far));
        assert_eq!(told, Among::Away { place: &far, metres: 111_195 });
        // Over the date line the way is short.
        let east = Position::read("0.00000, 179.99900").unwrap();
        let west = place("island", 0, -17_999_900, 500);
        assert_eq!(east.among(std::slice::from_ref(&west)), Among::At(&west));
    }
}
