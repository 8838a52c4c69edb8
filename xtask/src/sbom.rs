//! `cargo xtask sbom`: what the programs are made of, as CycloneDX 1.5, into `out/sbom.cdx.json`.
//!
//! Taken from the two lock files, so it needs no network. Nothing in it changes from run to run.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use anyhow::{Context, Result};
use cyclonedx_bom::external_models::normalized_string::NormalizedString;
use cyclonedx_bom::external_models::spdx::SpdxExpression;
use cyclonedx_bom::external_models::uri::Purl;
use cyclonedx_bom::models::bom::{Bom, SpecVersion};
use cyclonedx_bom::models::component::{Classification, Component, Components, Scope};
use cyclonedx_bom::models::dependency::{Dependencies, Dependency};
use cyclonedx_bom::models::license::{License, LicenseChoice, Licenses};
use cyclonedx_bom::validation::Validate as _;
use serde_json::Value;

use crate::command::{answer, cargo};
use crate::places;

/// What is shipped.
const PROGRAMS: [&str; 2] = ["sealcheck", "sealcheck-app"];

/// Writes the list.
///
/// # Errors
/// When the lock files cannot be read.
pub(crate) fn run() -> Result<()> {
    let bom = bom()?;
    let found = bom.validate_version(SpecVersion::V1_5);
    anyhow::ensure!(found.passed(), "the list is not sound: {found:?}");
    let target = places::out().join("sbom.cdx.json");
    fs::create_dir_all(places::out())?;
    let count = bom.components.as_ref().map_or(0, |components| components.0.len());
    bom.output_as_json_v1_5(&mut fs::File::create(&target)?)?;
    println!("{}: {count} components", target.display());
    Ok(())
}

fn bom() -> Result<Bom> {
    let (mut components, dependencies) = crates()?;
    components.extend(page_packages()?);
    Ok(Bom {
        serial_number: None,
        components: Some(Components(components)),
        dependencies: Some(Dependencies(dependencies)),
        ..Bom::default()
    })
}

/// The crates that are built into the programs, on any system, and which needs which.
fn crates() -> Result<(Vec<Component>, Vec<Dependency>)> {
    let mut metadata = cargo();
    metadata.args(["metadata", "--format-version", "1", "--locked", "--all-features"]);
    let text = answer(&mut metadata).context("cargo metadata failed")?;
    let metadata: Value = serde_json::from_str(&text)?;
    let nodes: BTreeMap<&str, &Value> = list(&metadata, "/resolve/nodes")
        .filter_map(|node| Some((node.get("id")?.as_str()?, node)))
        .collect();
    let packages: BTreeMap<&str, &Value> = list(&metadata, "/packages")
        .filter_map(|package| Some((package.get("id")?.as_str()?, package)))
        .collect();
    let named = |package: &&Value| PROGRAMS.contains(&text_of(package, "name"));
    let mut open: Vec<&str> = packages
        .values()
        .copied()
        .filter(|package| named(package))
        .map(|package| text_of(package, "id"))
        .collect();
    let mut built = BTreeSet::new();
    while let Some(id) = open.pop() {
        if built.insert(id) {
            open.extend(nodes.get(id).into_iter().flat_map(|node| needs(node)));
        }
    }
    let components = built.iter().filter_map(|id| packages.get(id)).map(|package| {
        let license = package.get("license").and_then(Value::as_str);
        component("cargo", text_of(package, "name"), text_of(package, "version"), license)
    });
    let reference = |id: &str| {
        packages
            .get(id)
            .map(|package| format!("cargo:{}@{}", text_of(package, "name"), text_of(package, "version")))
    };
    let dependencies = built.iter().filter_map(|id| {
        let mut dependencies: Vec<String> = needs(nodes.get(id)?).filter_map(reference).collect();
        dependencies.sort();
        dependencies.dedup();
        Some(Dependency {
            dependency_ref: reference(id)?,
            dependencies,
        })
    });
    Ok((components.collect::<Result<_>>()?, dependencies.collect()))
}

/// What a crate needs to be built, tests apart.
fn needs(node: &Value) -> impl Iterator<Item = &str> {
    let for_tests =
        |needed: &Value| list(needed, "/dep_kinds").all(|kind| kind.get("kind").and_then(Value::as_str) == Some("dev"));
    list(node, "/deps")
        .filter(move |needed| !for_tests(needed))
        .map(|needed| text_of(needed, "pkg"))
}

/// The packages of the page. What is only used to build it is marked as excluded from what runs.
fn page_packages() -> Result<Vec<Component>> {
    let lock: Value = serde_json::from_slice(&fs::read(places::page().join("package-lock.json"))?)?;
    let packages = lock
        .pointer("/packages")
        .and_then(Value::as_object)
        .context("package-lock.json lists no packages")?;
    let mut components = BTreeMap::new();
    for (path, package) in packages.iter().filter(|(path, _)| !path.is_empty()) {
        let name = path.rsplit("node_modules/").next().unwrap_or(path);
        let mut component = component(
            "npm",
            name,
            text_of(package, "version"),
            package.get("license").and_then(Value::as_str),
        )?;
        // Svelte itself is compiled into the page, so it counts as shipped though it is listed as a tool.
        if package.get("dev") == Some(&Value::Bool(true)) && name != "svelte" {
            component.scope = Some(Scope::Excluded);
        }
        components.insert(component.bom_ref.clone(), component);
    }
    Ok(components.into_values().collect())
}

fn component(kind: &str, name: &str, version: &str, license: Option<&str>) -> Result<Component> {
    let mut component = Component::new(
        Classification::Library,
        name,
        version,
        Some(format!("{kind}:{name}@{version}")),
    );
    let (group, short) = match name.rsplit_once('/') {
        Some((group, short)) => (Some(group), short),
        None => (None, name),
    };
    component.purl = Some(match group {
        None => Purl::new(kind, short, version)?,
        Some(group) => {
            let text = format!("pkg:{kind}/{}/{short}@{version}", group.replace('@', "%40"));
            text.parse()
                .map_err(|()| anyhow::anyhow!("{text} is no package address"))?
        }
    });
    component.licenses = license.map(|license| {
        let expression = SpdxExpression::try_from(license.to_owned());
        Licenses(vec![match expression {
            Ok(expression) => LicenseChoice::Expression(expression),
            Err(_) => LicenseChoice::License(License::named_license(license)),
        }])
    });
    component.version = Some(NormalizedString::new(version));
    Ok(component)
}

fn list<'v>(value: &'v Value, pointer: &str) -> impl Iterator<Item = &'v Value> {
    value.pointer(pointer).and_then(Value::as_array).into_iter().flatten()
}

fn text_of<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}
