//! Prints the JSON schema of `dossier.json`, to be kept in `assets/schema`.
#![expect(clippy::print_stdout, reason = "printing is its work")]

fn main() {
    println!("{:#}", lanthan_core::schema::dossier_schema());
}
