//! A file on its way in: streamed to the disk as it comes, never held in memory.

use std::path::{Path, PathBuf};

use axum::extract::multipart::{Field, Multipart, MultipartError, MultipartRejection};
use axum::http::StatusCode;
use tokio::fs::File;
use tokio::io::AsyncWriteExt;

use super::problem::Problem;

const MIB: u64 = 1024 * 1024;
/// Bytes of an uploaded file at most.
pub const FILE_LIMIT: u64 = 512 * MIB;
/// Bytes of the whole request at most: the file, and room for the fields beside it.
pub const REQUEST_LIMIT: usize = FILE_LIMIT as usize + 1024 * 1024;
/// Bytes of a request that adds a file to the evidence of a review.
pub const EVIDENCE_REQUEST_LIMIT: usize = 11 * 1024 * 1024;
/// Bytes of a field that is no file at most.
const FIELD_LIMIT: usize = 64 * 1024;
/// Fields of a form at most; the import form has eight.
const FIELDS: usize = 20;

/// A file that came in whole. It is deleted again unless somebody takes it over with [`Uploaded::keep`].
#[derive(Debug)]
pub struct Uploaded {
    path: PathBuf,
    name: String,
    kept: bool,
}

impl Uploaded {
    /// What the sender calls it, without folders.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Leaves the file where it lies.
    #[must_use]
    pub fn keep(mut self) -> PathBuf {
        self.kept = true;
        self.path.clone()
    }
}

impl Drop for Uploaded {
    fn drop(&mut self) {
        if !self.kept
            && let Err(cause) = std::fs::remove_file(&self.path)
        {
            tracing::warn!(%cause, "an upload that was refused could not be deleted");
        }
    }
}

/// What a form of an upload holds: one file and texts.
#[derive(Debug, Default)]
pub struct Form {
    /// The file.
    pub file: Option<Uploaded>,
    /// The other fields, in order.
    pub texts: Vec<(String, String)>,
}

/// Reads the form; the file goes to `folder` under a name of its own.
///
/// # Errors
/// 413 for a file beyond `limit` bytes, 400 for what is no form, a form that breaks off, has two files, too many
/// fields, or a field that is too long.
pub async fn receive(
    parts: Result<Multipart, MultipartRejection>,
    folder: &Path,
    new_name: &str,
    limit: u64,
) -> Result<Form, Problem> {
    let mut parts = parts.map_err(|_| {
        Problem::bad_request(
            "请用表单（multipart/form-data）上传文件",
            "send the file as a multipart/form-data form",
        )
    })?;
    let mut form = Form::default();
    while let Some(field) = parts.next_field().await.map_err(|error| unread(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            if form.file.is_some() {
                return Err(Problem::bad_request("一次只能传一个文件", "send one file at a time"));
            }
            form.file = Some(save(field, folder, new_name, limit).await?);
        } else if form.texts.len() >= FIELDS {
            return Err(Problem::bad_request("表单项太多", "the form has too many fields"));
        } else {
            form.texts.push((name, text(field).await?));
        }
    }
    Ok(form)
}

async fn save(mut field: Field<'_>, folder: &Path, new_name: &str, limit: u64) -> Result<Uploaded, Problem> {
    let name = field.file_name().map(base_name).filter(|name| !name.is_empty());
    let name = name.unwrap_or_else(|| "file".to_owned());
    tokio::fs::create_dir_all(folder).await.map_err(|cause| Problem::internal(&cause))?;
    let path = folder.join(new_name);
    let mut file = create(&path).await.map_err(|cause| Problem::internal(&cause))?;
    // From here on the file goes away with `uploaded`, whatever stops us.
    let uploaded = Uploaded { path, name, kept: false };
    let mut bytes = 0_u64;
    while let Some(chunk) = field.chunk().await.map_err(|error| unread(&error))? {
        bytes += chunk.len() as u64;
        if bytes > limit {
            return Err(Problem::too_large(limit / MIB));
        }
        file.write_all(&chunk).await.map_err(|cause| Problem::internal(&cause))?;
    }
    // The job that reads it may run after a power cut.
    file.sync_all().await.map_err(|cause| Problem::internal(&cause))?;
    if bytes == 0 {
        return Err(Problem::invalid(
            "file",
            "文件是空的，请检查后重传",
            "the file is empty; check it and send it again",
        ));
    }
    Ok(uploaded)
}

/// Closed to other people of this machine: it holds buyers' names and phones.
async fn create(path: &Path) -> std::io::Result<File> {
    let mut options = tokio::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    options.mode(0o600);
    options.open(path).await
}

/// The name alone; some browsers send the whole path. Nothing is ever opened by this name.
fn base_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.chars().filter(|letter| !letter.is_control()).take(200).collect::<String>().trim().to_owned()
}

async fn text(mut field: Field<'_>) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|error| unread(&error))? {
        if bytes.len() + chunk.len() > FIELD_LIMIT {
            return Err(Problem::bad_request("表单里有一项太长", "a field of the form is too long"));
        }
        bytes.extend_from_slice(&chunk);
    }
    match String::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => Ok(text),
        _ => Err(Problem::bad_request("表单文字应为 UTF-8", "fields of the form must be UTF-8")),
    }
}

fn unread(error: &MultipartError) -> Problem {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        Problem::too_large(FILE_LIMIT / MIB)
    } else {
        Problem::bad_request("上传没有传完，请重试", "the upload broke off; try again")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_never_leads_anywhere() {
        assert_eq!(base_name("C:\\Users\\lin\\评价.csv"), "评价.csv");
        assert_eq!(base_name("../../etc/passwd"), "passwd");
        assert_eq!(base_name("a\r\nb.csv"), "ab.csv");
        assert_eq!(base_name("folder/"), "");
    }

    #[test]
    fn a_refused_file_is_gone_and_a_kept_one_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("upload");
        let uploaded = || {
            std::fs::write(&path, "a").unwrap();
            Uploaded { path: path.clone(), name: "a.csv".into(), kept: false }
        };
        drop(uploaded());
        assert!(!path.exists());
        assert_eq!(uploaded().keep(), path);
        assert!(path.exists());
    }
}
