//! Which merchant the command line works for.

use pingxin_domain::Scope;
use pingxin_store::tenant::{self, Tenant};

use crate::desk::Desk;
use crate::error::{DeskError, Result};

/// Every merchant of the database, the demo too.
///
/// # Errors
/// When the database does not answer.
pub async fn all(desk: &Desk) -> Result<Vec<Tenant>> {
    Ok(desk.store.read(|tx| Box::pin(async move { tenant::all(tx).await })).await?)
}

/// The bounds of somebody at this machine's command line: the only merchant of the database, made when it is empty.
///
/// # Errors
/// [`DeskError::Refused`] when the database holds several merchants.
pub async fn for_command_line(desk: &Desk) -> Result<Scope> {
    let tenant = desk
        .store
        .write(|tx| {
            Box::pin(async move {
                match tenant::all(tx).await?.as_slice() {
                    [] => tenant::create(tx, "我的店铺", false).await.map(Some),
                    [only] => Ok(Some(only.id)),
                    _ => Ok(None),
                }
            })
        })
        .await?;
    tenant.map(Scope::command_line).ok_or_else(|| {
        DeskError::refused(
            "这个数据库里有多个商家，命令行无法确定是哪一个，请在网页上导入",
            "this database holds several merchants and the command line cannot tell which; import on the web page",
        )
    })
}
