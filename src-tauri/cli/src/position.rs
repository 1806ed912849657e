//! How are the places of the firm named from a terminal?

use std::process::ExitCode;

use clap::Subcommand;
use lanthan_core::{
    id::ExhibitId,
    position::{NamedPlace, RADIUS_M},
};
use serde_json::{Value, json};

use crate::{
    args::{Day, OneDossier, Output},
    commands::{open_dossier, today},
    output::{Failure, say, say_json},
};

/// What is to be done with places.
#[derive(Debug, Subcommand)]
pub(crate) enum PositionCommand {
    /// Name the place where an exhibit was taken
    Name {
        /// The exhibit's id
        exhibit: String,
        /// What the house calls it, such as "your plant"
        #[arg(long)]
        name: String,
        /// How far it reaches, in metres
        #[arg(long, value_name = "METRES", default_value_t = RADIUS_M)]
        radius: u32,
        #[command(flatten)]
        dossier: OneDossier,
        #[command(flatten)]
        day: Day,
        #[command(flatten)]
        output: Output,
    },
    /// List the places that have a name
    List {
        #[command(flatten)]
        dossier: OneDossier,
        #[command(flatten)]
        output: Output,
    },
    /// Forget a place
    Forget {
        /// Its name
        name: String,
        #[command(flatten)]
        dossier: OneDossier,
        #[command(flatten)]
        day: Day,
        #[command(flatten)]
        output: Output,
    },
}

/// Does what was typed, and says which places there are then.
pub(crate) fn run(command: PositionCommand) -> Result<ExitCode, Failure> {
    let (workspace, id, output) = match command {
        PositionCommand::Name { exhibit, name, radius, dossier, day, output } => {
            let (mut workspace, id) = open_dossier(&dossier)?;
            let exhibit = ExhibitId::new(&exhibit).map_err(lanthan_api::Error::from)?;
            workspace.name_place(&id, &exhibit, (&name, radius), today(day.day))?;
            (workspace, id, output)
        }
        PositionCommand::List { dossier, output } => {
            let (workspace, id) = open_dossier(&dossier)?;
            (workspace, id, output)
        }
        PositionCommand::Forget { name, dossier, day, output } => {
            let (mut workspace, id) = open_dossier(&dossier)?;
            workspace.forget_place(&id, &name, today(day.day))?;
            (workspace, id, output)
        }
    };
    let places = workspace.dossier(&id)?.0.places;
    workspace.close()?;
    if output.json {
        say_json(&places.iter().map(place).collect::<Value>());
    } else {
        for NamedPlace { name, latitude_e5, longitude_e5, radius_m } in &places {
            let degrees = |units: &i32| f64::from(*units) / 100_000.0;
            let (north, east) = (degrees(latitude_e5), degrees(longitude_e5));
            say(&format!("{name}  {north:.5}, {east:.5}  {radius_m} m"));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn place(NamedPlace { name, latitude_e5, longitude_e5, radius_m }: &NamedPlace) -> Value {
    json!({"name": name, "latitudeE5": latitude_e5, "longitudeE5": longitude_e5, "radiusM": radius_m})
}
