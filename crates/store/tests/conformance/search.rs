//! Search finds exactly what a scan of the text finds, on both engines.

use pingxin_domain::ReviewId;
use pingxin_domain::intake::IncomingReview;
use pingxin_language::search::scan;
use pingxin_store::review::searchable_text;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use crate::on_both;
use crate::world::{World, review};

on_both!(index_is_scan, long_texts);

/// A small alphabet, so that texts and queries often meet: simplified and traditional, Latin, digits, marks, emoji.
fn writing(longest: usize) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        6 => prop_oneof![Just("质"), Just("量"), Just("質"), Just("差"), Just("评"), Just("評"), Just("ガ"), Just("한")],
        3 => prop_oneof![Just("ab"), Just("AB"), Just("a"), Just("Café"), Just("1"), Just("12")],
        3 => prop_oneof![Just(" "), Just("，"), Just("-"), Just("'"), Just("\""), Just("\n"), Just("。")],
        1 => prop_oneof![Just("👍"), Just("①"), Just("\u{200b}"), Just("\\"), Just(":"), Just("*")],
    ];
    vec(piece, 0..longest).prop_map(|pieces| pieces.concat())
}

async fn index_is_scan(world: &World) {
    let mut runner = TestRunner::deterministic();
    let draw = |runner: &mut TestRunner, longest| writing(longest).new_tree(runner).unwrap().current();
    let rows: Vec<IncomingReview> = (0..300)
        .map(|at| IncomingReview {
            title: Some(draw(&mut runner, 5)),
            product_title: Some(draw(&mut runner, 4)),
            order_number: Some(draw(&mut runner, 3)),
            ..review(&format!("R{at}"), &draw(&mut runner, 14))
        })
        .collect();
    let ours = &world.ours;
    let ids = world.add(&ours.scope, ours.first, &rows).await;
    let mut hits = 0;
    // Each query walks every page of its answer, on PostgreSQL a second of planning.
    let queries = if std::env::var_os("PINGXIN_NIGHT").is_some() { 500 } else { 60 };
    for _ in 0..queries {
        let query = draw(&mut runner, 5);
        if query.trim().is_empty() {
            continue;
        }
        let mut found = world.found(&ours.scope, &query).await;
        found.sort();
        let wanted = |review: &IncomingReview| scan(&searchable_text(review), &query);
        let mut expected: Vec<ReviewId> =
            rows.iter().zip(&ids).filter(|(review, _)| wanted(review)).map(|(_, id)| *id).collect();
        expected.sort();
        assert_eq!(found, expected, "query {query:?}");
        hits += found.len();
    }
    assert!(hits > queries * 4, "the alphabet is small enough to meet: {hits}");
}

async fn long_texts(world: &World) {
    // Beyond 16,383 positions and beyond 256 of one word a tsvector forgets where words stand.
    let far: String = (0..20_000_u32).filter_map(|at| char::from_u32(0x4e00 + at % 5000)).collect();
    let texts = [
        format!("{far}质量太差了"),
        format!("{}质量太差", "质量 太好，".repeat(300)),
        format!("{far}质量。太差。"),
        format!("{}太差", "质量 ".repeat(20_000)),
        // More than a megabyte of different words.
        (0..9_000_u32).map(|at| format!("{} ", format!("{at:04}").repeat(40))).collect::<String>() + "太差",
    ];
    let ours = &world.ours;
    let rows: Vec<_> = texts.iter().zip(0..).map(|(text, at)| review(&format!("R{at}"), text)).collect();
    let ids = world.add(&ours.scope, ours.first, &rows).await;
    for query in
        ["质量太差", "量太差", "太差", "质量太差了", "差", "质量", "太好", "质量太好", "质量太差 太好"]
    {
        let mut found = world.found(&ours.scope, query).await;
        found.sort();
        let mut expected: Vec<_> =
            ids.iter().zip(&rows).filter(|(_, row)| scan(&row.text, query)).map(|(id, _)| *id).collect();
        expected.sort();
        assert_eq!(found, expected, "query {query:?}");
    }
}
