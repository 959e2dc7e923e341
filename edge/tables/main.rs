//! What the Worker reads at its start and need not work out there: the countries' numbering plans and the types of the API.

mod plans;
mod schema;

use std::{env, error::Error, fs, path::Path};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=tables");
    println!("cargo::rerun-if-changed={}", schema::PATH);
    let out = env::var("OUT_DIR")?;
    fs::write(Path::new(&out).join("plans.txt"), plans::table()?)?;
    fs::write(Path::new(&out).join("types.txt"), schema::table(&fs::read_to_string(schema::PATH)?)?)?;
    Ok(())
}
