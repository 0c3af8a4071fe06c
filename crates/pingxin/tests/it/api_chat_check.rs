//! What was typed elsewhere: a chat log with three planted offences yields exactly these, by agent and day.

use std::time::Duration;

use serde_json::{Value, json};

use crate::house::{Caller, each_engine};

/// Eight messages of the shop, three of which should never have been sent, among the buyer's own.
const CHAT: &str = "时间,发送人,发送方,内容,买家昵称,订单编号\n\
    2026-10-05 10:00:00,小猫钓鱼,买家,衣服开线了怎么办,小猫钓鱼,A1001\n\
    2026-10-05 10:00:30,a 店:小美,卖家,您好，很抱歉给您带来不好的体验，方便发张照片吗？,小猫钓鱼,A1001\n\
    2026-10-05 10:02:00,小猫钓鱼,买家,发了 好评返现还有吗,小猫钓鱼,A1001\n\
    2026-10-05 10:02:40,a 店:小美,卖家,我们不做好评返现，您按真实感受评价就好。,小猫钓鱼,A1001\n\
    2026-10-05 10:03:10,a 店:小美,卖家,今天给您补发一件新的，旧的不用退。,小猫钓鱼,A1001\n\
    2026-10-05 10:05:00,a 店:小美,卖家,您把差评删掉，我马上给您退全款。,小猫钓鱼,A1001\n\
    2026-10-06 09:00:00,momo2020,买家,物流好慢,momo2020,A1002\n\
    2026-10-06 09:00:20,a 店:阿强,卖家,抱歉久等，我帮您催一下快递。,momo2020,A1002\n\
    2026-10-06 09:01:00,a 店:阿强,卖家,五星好评截图找我领3元红包。,momo2020,A1002\n\
    2026-10-06 09:05:00,a 店:阿强,卖家,加我微信，我私下转您50，评价的事咱们好商量。,momo2020,A1002\n\
    2026-10-06 09:06:00,a 店:阿强,卖家,快递说明天送到，请留意电话。,momo2020,A1002\n";

async fn checked(caller: &Caller<'_>, many: u64) -> Value {
    for _ in 0..200 {
        let report = caller.get("/api/v1/chat-checks/report").await.is(200).json();
        let seen: u64 =
            report["days"].as_array().unwrap().iter().map(|day| day["messages"].as_u64().unwrap()).sum();
        if seen == many {
            return report;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("the chat was never checked: {}", caller.get("/api/v1/chat-checks/report").await.text());
}

#[tokio::test]
async fn three_planted_offences_are_found_and_nothing_else() {
    each_engine(async |house| {
        house.merchant("a").await;
        let (agent, supervisor) = (house.signed_in("agent-a").await, house.signed_in("supervisor-a").await);
        agent.upload(CHAT.into(), &[("shop_name", "a 店")]).await.is(202);
        let report = checked(&supervisor, 8).await;
        let rows: Vec<(&str, &str, u64, u64)> = report["days"]
            .as_array()
            .unwrap()
            .iter()
            .map(|day| {
                let number = |key: &str| day[key].as_u64().unwrap();
                let wrong = number("blocked") + number("held") + number("warned");
                (day["day"].as_str().unwrap(), day["agent"].as_str().unwrap(), number("messages"), wrong)
            })
            .collect();
        assert_eq!(rows, [("2026-10-06", "a 店:阿强", 4, 2), ("2026-10-05", "a 店:小美", 4, 1)], "{report}");
        let wrong = supervisor.get("/api/v1/chat-checks").await.is(200).json();
        let texts: Vec<&str> = wrong["messages"]
            .as_array()
            .unwrap()
            .iter()
            .map(|message| message["text"].as_str().unwrap())
            .collect();
        assert_eq!(texts.len(), 3, "{wrong}");
        assert!(
            texts[0].starts_with("加我微信")
                && texts[1].starts_with("五星好评")
                && texts[2].starts_with("您把差评")
        );
        let last = &wrong["messages"][2];
        assert_eq!((&last["worst"], &last["findings"][0]["rule"]), (&json!("block"), &json!("G01")));
        let private = wrong["messages"][0]["findings"].to_string();
        assert!(
            private.contains("PIPL") && !private.contains("AMZ"),
            "no rules of other platforms: {private}"
        );
        assert!(last["case"].is_string(), "it leads to the case of its order: {last}");
        // The conversation, with the turn in it.
        let path = format!("/api/v1/chat-checks/{}", last["id"].as_str().unwrap());
        let turns = supervisor.get(&path).await.is(200).json()["turns"].clone();
        let turns = turns.as_array().unwrap();
        assert_eq!(turns.len(), 6);
        let marked: Vec<usize> =
            (0..6).filter(|at| !turns[*at]["findings"].as_array().unwrap().is_empty()).collect();
        assert_eq!((marked, &turns[5]["id"]), (vec![5], &last["id"]));
        // By agent and day.
        let narrow = supervisor.get(
            "/api/v1/chat-checks?agent=a%20%E5%BA%97%3A%E5%B0%8F%E7%BE%8E&from=2026-10-05&to=2026-10-05",
        );
        assert_eq!(narrow.await.is(200).json()["messages"].as_array().unwrap().len(), 1);
        agent.get("/api/v1/chat-checks/report").await.is(403);
        // Read again, nothing is counted twice.
        agent.upload(CHAT.into(), &[("shop_name", "a 店")]).await.is(202);
        tokio::time::sleep(Duration::from_millis(500)).await;
        checked(&supervisor, 8).await;
    })
    .await;
}
