//! Which pictures are taken, how large, and what must be masked on them?
//!
//! The list of shots. Each scene has its own file; what they share (engine,
//! shapes, materials) lies one level up.

mod facility;
mod magnet_location;
mod packing;
mod product;
mod rings;
mod workshop;

use crate::{
    camera::Region,
    film::Picture,
    march::{Scene, photograph},
};

/// What kind of file a picture becomes, so that each kind occurs in the sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stored {
    /// A JPEG as the camera leaves it.
    AsTaken,
    /// The camera was held upright: the JPEG lies on its side, with EXIF orientation 6.
    OnItsSide,
    /// A JPEG that is built up in several passes.
    Progressive,
    /// A JPEG that was opened in an editing program, which left a packet and a comment.
    Edited,
    /// The PNG of a drawing program.
    Drawing,
}

/// One picture of the sample dossier.
pub(crate) struct Shot {
    /// Name of the file.
    pub file: &'static str,
    /// Size of the upright picture in pixels.
    pub size: (u32, u32),
    /// How it is stored.
    pub stored: Stored,
    /// Hour and minute at which it was taken, on the day of all pictures.
    pub taken: (u8, u8),
    /// What is on it.
    pub scene: Box<dyn Scene>,
    /// What must be masked on it: a name and the place.
    pub regions: Vec<(&'static str, Region)>,
    /// Lettering drawn over the finished picture.
    pub lettering: Option<fn(&mut Picture)>,
}

impl Shot {
    fn new(file: &'static str, size: (u32, u32), scene: Box<dyn Scene>) -> Self {
        Self {
            file,
            size,
            stored: Stored::AsTaken,
            taken: (9, 0),
            scene,
            regions: Vec::new(),
            lettering: None,
        }
    }

    /// Takes the picture at the given width.
    pub(crate) fn take(&self, width: u32) -> Picture {
        let height = (width * self.size.1 / self.size.0).max(1);
        let mut picture = photograph(&*self.scene, width, height).develop(self.scene.finish());
        if let Some(write_on) = self.lettering {
            write_on(&mut picture);
        }
        picture
    }
}

/// All pictures in the order of the dossier.
pub(crate) fn shots() -> Vec<Shot> {
    let packing = packing::Packing::new();
    let workshop = workshop::Workshop::new();
    vec![
        Shot {
            taken: (9, 41),
            ..Shot::new("item-photo.jpg", (4000, 3000), Box::new(rings::Rings::new()))
        },
        Shot {
            taken: (9, 52),
            stored: Stored::Edited,
            regions: vec![("customer line", packing.customer_line())],
            ..Shot::new("item-packing.jpg", (1800, 1350), Box::new(packing))
        },
        Shot {
            taken: (10, 15),
            stored: Stored::OnItsSide,
            ..Shot::new("finished-product.jpg", (1200, 1600), Box::new(product::Loudspeaker::new()))
        },
        Shot {
            taken: (10, 30),
            stored: Stored::Drawing,
            lettering: Some(magnet_location::write_names),
            ..Shot::new("magnet-location.png", (2000, 1500), Box::new(magnet_location::Driver))
        },
        Shot {
            taken: (11, 8),
            stored: Stored::Progressive,
            regions: vec![("whiteboard", workshop.whiteboard())],
            ..Shot::new("production-scene.jpg", (1600, 1200), Box::new(workshop))
        },
        Shot {
            taken: (11, 36),
            ..Shot::new("facility-exterior.jpg", (1600, 1200), Box::new(facility::Facility::new()))
        },
    ]
}
