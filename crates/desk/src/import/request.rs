//! What an import is asked to do.

use std::path::PathBuf;

use pingxin_domain::{Platform, ShopId};
use serde::{Deserialize, Serialize};

/// Which shop the rows belong to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShopChoice {
    /// A shop there is.
    Id(ShopId),
    /// A shop by its name, made when missing.
    Named {
        /// Its name.
        name: String,
        /// Its platform, when it has to be made; `own-shop` when nothing is said.
        platform: Option<Platform>,
    },
}

/// One file to import.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportRequest {
    /// Where the file lies on this machine.
    pub path: PathBuf,
    /// A folder whose photos and videos are taken along; the command line's only.
    #[serde(default)]
    pub media_folder: Option<PathBuf>,
    /// Its name as the person knows it.
    pub file_name: String,
    /// The shop its rows belong to.
    pub shop: ShopChoice,
    /// A profile by name; recognised by the headers when absent.
    pub profile: Option<String>,
    /// An encoding by name; detected when absent.
    pub encoding: Option<String>,
    /// Overrides `field=column,…` of the guessed mapping.
    pub map: Option<String>,
    /// Say what would happen and store nothing of it.
    pub dry_run: bool,
}
