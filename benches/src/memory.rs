//! Memory of a process and its children, as the system counts it: resident pages.

use std::fs;

/// Resident memory of the process alone, in megabytes; nothing where the system does not tell.
pub fn of_process(id: u32) -> Option<f64> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes * 1_024.0 / 1_000_000.0)
}

/// Resident memory of the process and everything it started. Pages that they share count twice.
pub fn of_family(id: u32) -> Option<f64> {
    let own = of_process(id)?;
    Some(children(id).into_iter().filter_map(of_family).sum::<f64>() + own)
}

fn children(id: u32) -> Vec<u32> {
    let Ok(tasks) = fs::read_dir(format!("/proc/{id}/task")) else {
        return Vec::new();
    };
    tasks
        .flatten()
        .filter_map(|task| fs::read_to_string(task.path().join("children")).ok())
        .flat_map(|ids| ids.split_whitespace().filter_map(|id| id.parse().ok()).collect::<Vec<u32>>())
        .collect()
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::process::{Command, Stdio};

    use super::*;

    #[test]
    fn a_family_weighs_more_than_its_parent() {
        let mut child = Command::new("sleep").arg("5").stdout(Stdio::null()).spawn().unwrap();
        let own = of_process(std::process::id()).unwrap();
        assert!(children(std::process::id()).contains(&child.id()));
        assert!(own > 0.5 && of_family(std::process::id()).unwrap() > own);
        child.kill().unwrap();
        child.wait().unwrap();
        assert_eq!(of_process(child.id()), None);
    }
}
