//! Backups on the screen and at the command line.

use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

use pingxin_store::backup;
use serde_json::json;

use crate::house::{Caller, each_engine};

async fn made(caller: &Caller<'_>) -> String {
    for _ in 0..150 {
        let list = caller.get("/api/v1/backups").await.is(200).json();
        if list["running"] == false
            && let Some(name) = list["backups"][0]["name"].as_str()
        {
            assert!(list["backups"][0]["bytes"].as_u64().unwrap() > 1000);
            return name.to_owned();
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("no backup came");
}

#[tokio::test]
async fn an_owner_makes_and_downloads_a_backup_of_his_own_things() {
    each_engine(async |house| {
        house.merchant("a").await;
        let theirs = house.merchant("b").await;
        let owner = house.signed_in("owner-a").await;
        assert_eq!(
            owner.get("/api/v1/backups").await.is(200).json(),
            json!({"backups": [], "running": false})
        );
        let asked = owner.post("/api/v1/backups", json!({})).await.is(202).json();
        let name = made(&owner).await;
        assert_eq!(asked["name"], name.as_str());
        let file = owner.get(&format!("/api/v1/backups/{name}")).await.is(200);
        assert!(file.header("content-disposition").contains(&name));
        let checked = backup::check_with_key_of(&house.desk.store, file.body.as_slice()).unwrap();
        assert_eq!(checked.manifest.audits.len(), 1);
        assert_ne!(checked.header.tenant, Some(theirs.tenant));
        let reviews = checked.manifest.tables.iter().find(|table| table.name == "reviews").unwrap();
        assert_eq!(reviews.rows, 3, "those of the other merchant are not in it");
        // Another merchant neither sees nor gets it; no name leads out of the folder.
        let other = house.signed_in("owner-b").await;
        assert_eq!(other.get("/api/v1/backups").await.json()["backups"], json!([]));
        other.get(&format!("/api/v1/backups/{name}")).await.is(404);
        for name in ["..%2F..%2Fpingxin.db", "pingxin.key", "%00", "pingxin-20260101-000000.pxbackup"] {
            owner.get(&format!("/api/v1/backups/{name}")).await.is(404);
        }
        let actions = owner.get("/api/v1/audit?action=backup").await.json();
        let actions: Vec<&str> = actions["entries"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| entry["action"].as_str().unwrap())
            .collect();
        assert_eq!(actions, ["backup.download", "backup.create"]);
    })
    .await;
}

fn pingxin(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pingxin"));
    command.args(arguments).current_dir(folder).env_remove("PINGXIN_KEY").output().unwrap()
}

#[test]
fn the_command_line_saves_and_restores() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let run = |arguments: &[&str]| pingxin(folder, arguments);
    let code = |output: &Output| (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned());
    std::fs::write(folder.join("a.csv"), "订单编号,评价内容,评分,买家昵称\nA1,开线了,1,小猫钓鱼\n").unwrap();
    let import = ["import", "a.csv", "--shop", "我的店", "--platform", "taobao", "--db", "a.db"];
    let imported = run(&import);
    assert_eq!(imported.status.code(), Some(0), "{}", code(&imported).1);
    let saved = run(&["backup", "a.pxbackup", "--db", "a.db"]);
    assert_eq!(saved.status.code(), Some(0), "{}", code(&saved).1);
    assert!(code(&saved).1.contains("read back"), "{}", code(&saved).1);
    let again = code(&run(&["backup", "a.pxbackup", "--db", "a.db"]));
    assert!(again.0 == Some(2), "what is there is not written over: {}", again.1);
    let bytes = std::fs::read(folder.join("a.pxbackup")).unwrap();
    assert!(!bytes.windows(12).any(|part| part == "小猫钓鱼".as_bytes()));
    // Without the key, with another one, into a database in use: nothing.
    let without = code(&run(&["restore", "a.pxbackup", "--db", "b.db"]));
    assert!(without.0 == Some(2) && without.1.contains("b.db.key"), "{}", without.1);
    std::fs::write(folder.join("other.key"), "0".repeat(64)).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(folder.join("other.key"), PermissionsExt::from_mode(0o600)).unwrap();
    }
    let wrong = code(&run(&["restore", "a.pxbackup", "--db", "b.db", "--key-file", "other.key"]));
    assert!(wrong.0 == Some(2) && wrong.1.contains("key"), "{}", wrong.1);
    assert!(!folder.join("b.db").exists(), "nothing is left of it");
    let used = code(&run(&["restore", "a.pxbackup", "--db", "a.db"]));
    assert!(used.0 == Some(2) && used.1.contains("in use"), "{}", used.1);
    std::fs::write(folder.join("cut.pxbackup"), &bytes[..bytes.len() / 2]).unwrap();
    let cut = code(&run(&["restore", "cut.pxbackup", "--db", "b.db", "--key-file", "a.db.key"]));
    assert!(cut.0 == Some(2) && cut.1.contains("cut off at byte"), "{}", cut.1);
    let restored = run(&["restore", "a.pxbackup", "--db", "b.db", "--key-file", "a.db.key"]);
    assert_eq!(restored.status.code(), Some(0), "{}", code(&restored).1);
    for command in ["doctor", "verify-audit"] {
        let clean = run(&[command, "--db", "b.db"]);
        assert_eq!(clean.status.code(), Some(0), "{command}: {}", code(&clean).1);
    }
    let rows = run(&["export", "reviews", "--format", "jsonl", "--db", "b.db"]);
    assert!(String::from_utf8_lossy(&rows.stdout).contains("开线了"));
}
