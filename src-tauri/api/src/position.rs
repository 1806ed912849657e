//! How is a place of the firm named, and how is what a file would give away said in words?
//!
//! A place is named from an exhibit that was taken there. Deliberately absent: typing coordinates.

use jiff::civil::Date;
use lanthan_core::{
    clean::Trace,
    id::{DossierId, ExhibitId},
    position::{Among, NamedPlace, Position},
};

use crate::{Error, Result, Workspace, texts::Texts};

/// Greatest number of places of a dossier.
const MAX_PLACES: usize = 50;

impl Workspace {
    /// Names the place where an exhibit was taken; a place of that name moves there.
    ///
    /// # Errors
    ///
    /// [`Error::NoPlace`] when its file names no place, [`Error::BadPlace`] when the name or the radius is no
    /// possible one, or there are too many places.
    pub fn name_place(
        &mut self,
        id: &DossierId,
        exhibit: &ExhibitId,
        (name, radius_m): (&str, u32),
        day: Date,
    ) -> Result<NamedPlace> {
        let probe = self.probe(id, exhibit)?;
        let position = probe.traces.iter().find_map(position).ok_or(Error::NoPlace)?;
        let Position { latitude_e5, longitude_e5, .. } = position;
        let place =
            NamedPlace { name: name.trim().to_owned(), latitude_e5, longitude_e5, radius_m };
        if !place.is_valid() {
            return Err(Error::BadPlace);
        }
        let named = place.clone();
        self.change(id, day, |dossier| {
            dossier.places.retain(|known| known.name != named.name);
            if dossier.places.len() >= MAX_PLACES {
                return Err(Error::BadPlace);
            }
            dossier.places.push(named);
            Ok(())
        })?;
        Ok(place)
    }

    /// Forgets a place; undo brings it back.
    ///
    /// # Errors
    ///
    /// [`Error::Vault`] when the vault cannot be written.
    pub fn forget_place(&mut self, id: &DossierId, name: &str, day: Date) -> Result<()> {
        self.change(id, day, |dossier| {
            dossier.places.retain(|known| known.name != name);
            Ok(())
        })
    }
}

/// Where a trace says that something was taken.
#[must_use]
pub fn position(trace: &Trace) -> Option<Position> {
    (trace.kind == "gps").then(|| Position::read(&trace.detail)).flatten()
}

/// What a trace gives away, in a sentence; a place by the name that the house gave it.
#[must_use]
pub fn say(texts: &Texts, trace: &Trace, places: &[NamedPlace]) -> String {
    let Some(position) = position(trace) else {
        return texts.say(&format!("trace-{}", trace.kind), &[("detail", &trace.detail)]);
    };
    let accuracy = match position.accuracy_m {
        Some(metres) => texts.say("gps-accuracy", &[("metres", &metres.to_string())]),
        None => texts.say("gps-accuracy-unknown", &[]),
    };
    let degrees = position.degrees();
    let height = position.height_m.map(|metres| metres.to_string());
    let height = height.map(|metres| texts.say("gps-height", &[("metres", &metres)]));
    let height = height.unwrap_or_default();
    match position.among(places) {
        Among::At(place) => texts.say("gps-at", &[("place", &place.name), ("accuracy", &accuracy)]),
        Among::Away { place, metres } => {
            let distance = distance(metres);
            let far = [("place", place.name.as_str()), ("distance", &distance)];
            let far = texts.say("gps-away", &far);
            let detail = format!("{degrees} ({accuracy}){height}; {far}");
            texts.say("trace-gps", &[("detail", &detail)])
        }
        Among::Unknown => {
            let detail = format!("{degrees} ({accuracy}){height}");
            texts.say("trace-gps", &[("detail", &detail)])
        }
    }
}

/// Metres up to two kilometres, then kilometres with one decimal up to a hundred.
fn distance(metres: u32) -> String {
    match metres {
        0..2_000 => format!("{metres} m"),
        2_000..100_000 => format!("{:.1} km", f64::from(metres) / 1000.0),
        _ => format!("{:.0} km", f64::from(metres) / 1000.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(detail: &str, places: &[NamedPlace]) -> String {
        say(&Texts::english(), &Trace { kind: "gps", detail: detail.to_owned() }, places)
    }

    #[test]
    fn a_place_is_told_by_its_name_and_another_one_by_degrees_and_distance() {
        let plant = NamedPlace {
            name: "your plant".to_owned(),
            latitude_e5: 4_554_770,
            longitude_e5: 1_154_670,
            radius_m: 500,
        };
        let places = [plant];
        assert_eq!(said("45.54772, 11.54671 ± 6 m, 39 m", &places), "GPS of your plant (6 m)");
        assert_eq!(said("45.54772, 11.54671", &places), "GPS of your plant (accuracy not stated)");
        assert_eq!(
            said("-33.86880, 151.20930 ± 12 m", &[]),
            "Place where it was taken: 33.86880° S, 151.20930° E (12 m)"
        );
        let away = said("45.60000, 11.54670 ± 6 m, 39 m", &places);
        assert_eq!(
            away,
            "Place where it was taken: 45.60000° N, 11.54670° E (6 m), 39 m above the sea; 5.8 km from your plant"
        );
        assert_eq!(said("GPS", &places), "Place where it was taken: GPS");
    }
}
