//! Requests with places for ids, from the API's own description.

use serde_json::Value;

use crate::operations::{Operation, all, written};
use crate::things::{NAMES, fill, fill_text};

/// A parameter after `?`.
#[derive(Debug, Clone)]
pub struct Parameter {
    pub name: String,
    /// The kind of thing whose id it takes.
    pub kind: Option<&'static str>,
    /// Words it takes, when they are listed.
    pub words: Vec<String>,
}

/// An operation with one of its bodies.
#[derive(Debug, Clone)]
pub struct Template {
    pub operation: Operation,
    pub parameters: Vec<Parameter>,
    pub body: Option<Value>,
}

/// A place for an id: in the path, after `?`, or the n-th in the body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Site {
    Path,
    Query(String),
    Body(usize),
}

/// A request as it is sent.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Request {
    pub method: String,
    pub address: String,
    pub kind: Option<&'static str>,
    pub body: String,
}

struct Document(Value);

impl Document {
    fn resolved<'d>(&'d self, schema: &'d Value) -> &'d Value {
        match schema["$ref"].as_str() {
            Some(reference) => self.resolved(self.0.pointer(reference.trim_start_matches('#')).unwrap()),
            None => schema,
        }
    }

    /// The paths of the fields that take an id; `*` is any place of a list.
    fn ids(&self, schema: &Value, path: &str, found: &mut Vec<String>, depth: usize) {
        let schema = self.resolved(schema);
        if schema["format"] == "uuid" {
            found.push(path.to_owned());
        }
        if depth > 12 {
            return;
        }
        for several in ["oneOf", "anyOf", "allOf"] {
            for one in schema[several].as_array().into_iter().flatten() {
                self.ids(one, path, found, depth + 1);
            }
        }
        for (name, field) in schema["properties"].as_object().into_iter().flatten() {
            self.ids(field, &format!("{path}/{name}"), found, depth + 1);
        }
        if schema["items"].is_object() {
            self.ids(&schema["items"], &format!("{path}/*"), found, depth + 1);
        }
    }

    fn parameter(&self, operation: &str, parameter: &Value) -> Option<Parameter> {
        let name = parameter["name"].as_str().unwrap().to_owned();
        if parameter["in"] != "query" {
            return None;
        }
        let mut ids = Vec::new();
        self.ids(&parameter["schema"], "", &mut ids, 0);
        let kind = NAMES.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind);
        assert!(
            ids.is_empty() || kind.is_some(),
            "`{operation}` takes an id as `{name}`; say in `things::NAMES` of what kind"
        );
        let schema = self.resolved(&parameter["schema"]);
        let schema = if schema["items"].is_object() { self.resolved(&schema["items"]) } else { schema };
        let listed = schema["enum"].as_array().into_iter().flatten();
        let mut words: Vec<String> = listed.filter_map(Value::as_str).map(str::to_owned).collect();
        if schema["type"] == "boolean"
            || schema["type"].as_array().is_some_and(|kinds| kinds.contains(&"boolean".into()))
        {
            words = vec!["true".into(), "false".into()];
        }
        Some(Parameter { name, kind, words })
    }
}

/// Places of ids that the schema allows and that are not swapped, each with the reason.
const NEVER_THERE: &[(&str, &str, &str)] = &[
    ("create_macro", "/actions/*/macro", "a macro runs no other"),
    ("update_macro", "/actions/*/macro", "a macro runs no other"),
    (
        "create_automation_rule",
        "/actions/*/macro",
        "a rule runs macros of everybody; those made here are personal",
    ),
    (
        "update_automation_rule",
        "/actions/*/macro",
        "a rule runs macros of everybody; those made here are personal",
    ),
    (
        "try_automation_rule",
        "/actions/*/macro",
        "a rule runs macros of everybody; those made here are personal",
    ),
];

/// Whether a body has an id at a path with `*`.
fn has_id(body: &Value, path: &str) -> bool {
    let Some((name, rest)) = path.trim_start_matches('/').split_once('/').or_else(|| {
        let last = path.trim_start_matches('/');
        (!last.is_empty()).then_some((last, ""))
    }) else {
        return body.as_str().is_some_and(|text| text.contains('$'));
    };
    match name {
        "*" => body.as_array().into_iter().flatten().any(|value| has_id(value, rest)),
        name => body.get(name).is_some_and(|value| has_id(value, rest)),
    }
}

/// Every operation that takes an id anywhere, once for each of its bodies.
///
/// # Panics
/// When it is not known how to build a request for one.
pub fn templates() -> Vec<Template> {
    let document = Document(serde_json::from_str(&pingxin::api::document().unwrap()).unwrap());
    let mut templates = Vec::new();
    for operation in all() {
        let described = &document.0["paths"][&operation.path][operation.method.to_lowercase()];
        let listed = described["parameters"].as_array().into_iter().flatten();
        let parameters: Vec<Parameter> =
            listed.filter_map(|parameter| document.parameter(&operation.id, parameter)).collect();
        let samples = operation.samples();
        for content in described["requestBody"]["content"].as_object().into_iter().flatten() {
            let mut ids = Vec::new();
            document.ids(&content.1["schema"], "", &mut ids, 0);
            assert!(!samples.is_empty(), "`{}` takes a body; add a sample in operations.rs", operation.id);
            for path in ids {
                let never = NEVER_THERE.iter().any(|(id, place, _)| *id == operation.id && *place == path);
                assert!(
                    never || samples.iter().any(|sample| has_id(sample, &path)),
                    "`{}` takes an id at `{path}`, and none of its samples in operations.rs has one there",
                    operation.id
                );
            }
        }
        let bodies = if samples.is_empty() { vec![None] } else { samples.into_iter().map(Some).collect() };
        for body in bodies {
            let template = Template { operation: operation.clone(), parameters: parameters.clone(), body };
            if !template.sites().is_empty() {
                templates.push(template);
            }
        }
    }
    templates
}

impl Template {
    /// Every place for an id, with its kind.
    pub fn sites(&self) -> Vec<(Site, String)> {
        let mut sites = Vec::new();
        sites.extend(self.operation.kind().map(|kind| (Site::Path, kind.to_owned())));
        for parameter in &self.parameters {
            if let Some(kind) = parameter.kind {
                sites.push((Site::Query(parameter.name.clone()), kind.to_owned()));
            }
        }
        let mut kinds = Vec::new();
        if let Some(body) = &self.body {
            fill(body, &mut |kind| {
                kinds.push(kind.to_owned());
                String::new()
            });
        }
        let kinds = kinds.into_iter().enumerate().filter(|(_, kind)| kind != "unique");
        sites.extend(kinds.map(|(at, kind)| (Site::Body(at), kind)));
        sites
    }

    /// The request with these ids; places after `?` for which there is none are left out. `words` are more parameters.
    pub fn request(
        &self,
        mut id: impl FnMut(&Site, &str) -> Option<String>,
        words: &[(String, String)],
        mut unique: impl FnMut() -> String,
    ) -> Request {
        let path_id = self.operation.kind().and_then(|kind| id(&Site::Path, kind)).unwrap_or_default();
        let mut address = self.operation.address(&path_id);
        let mut add = |name: &str, value: &str| {
            address.push(if address.contains('?') { '&' } else { '?' });
            address.push_str(&format!("{name}={value}"));
        };
        for parameter in &self.parameters {
            let value = parameter.kind.and_then(|kind| id(&Site::Query(parameter.name.clone()), kind));
            if let Some(value) = value {
                add(&parameter.name, &value);
            }
        }
        for (name, value) in words {
            add(name, value);
        }
        let mut at = 0;
        let body = self.body.as_ref().map(|body| {
            fill(body, &mut |kind| {
                let site = Site::Body(at);
                at += 1;
                if kind == "unique" { unique() } else { id(&site, kind).unwrap_or_default() }
            })
        });
        let (kind, body) = match &body {
            Some(body) => written(&self.operation.id, body),
            None => (None, String::new()),
        };
        let address = fill_text(&address, &mut |_| String::new());
        Request { method: self.operation.method.clone(), address, kind, body }
    }
}
