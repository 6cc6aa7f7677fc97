//! SH-1: what polypoints buy.

use aide::axum::ApiRouter;
use aide::axum::routing::{get_with, post_with};
use axum::Json;
use axum::extract::State;
use polycode_core::Engine;
use polycode_core::catalogue::{Bought, Item, ItemDraft, ItemView};
use polycode_core::engine::BuyItem;
use polycode_core::polypoints::Purchase;
use polycode_core::port::{Page, PageRequest, Versioned};

use super::paths::{ContentPath, ItemPath};
use super::reply::{Done, Made, MadeTagged, Reply, Tagged};
use super::{Service, about};
use crate::caller::{Learner, Member};
use crate::error::ApiError;
use crate::extract::{Body, Named, Params};

pub(super) fn routes() -> ApiRouter<Service> {
    const TAG: &str = "shop";
    ApiRouter::new()
        .api_route(
            "/items",
            post_with(create, about("createItem", TAG, "Offer an item")),
        )
        .api_route(
            "/items/{item}",
            get_with(
                show,
                about("getItem", TAG, "Read an own item with everything in it"),
            )
            .put_with(update, about("updateItem", TAG, "Edit an own item"))
            .delete_with(
                retire,
                about("retireItem", TAG, "Take an own item out of the shop"),
            ),
        )
        .api_route(
            "/items/{item}/goods",
            get_with(goods, about("getGoods", TAG, "Read what one has bought")),
        )
        .api_route(
            "/contents/{content}/items",
            get_with(list, about("listItems", TAG, "List the items of a content")),
        )
        .api_route(
            "/purchases",
            get_with(
                purchases,
                about("listPurchases", TAG, "List what one has bought"),
            )
            .post_with(buy, about("buyItem", TAG, "Buy an item with polypoints")),
        )
}

async fn create(
    State(engine): State<Engine>,
    Member(actor): Member,
    Body(draft): Body<ItemDraft>,
) -> Result<MadeTagged<Versioned<Item>>, ApiError> {
    Ok(MadeTagged(engine.create_item(&actor, draft).await?))
}

async fn show(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(ItemPath { item }): Named<ItemPath>,
) -> Result<Tagged<Versioned<Item>>, ApiError> {
    Ok(Tagged(engine.item(&actor, item).await?))
}

async fn update(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(ItemPath { item }): Named<ItemPath>,
    Body(draft): Body<ItemDraft>,
) -> Result<Tagged<Versioned<Item>>, ApiError> {
    Ok(Tagged(engine.update_item(&actor, item, draft).await?))
}

async fn retire(
    State(engine): State<Engine>,
    Member(actor): Member,
    Named(ItemPath { item }): Named<ItemPath>,
) -> Result<Done, ApiError> {
    engine.retire_item(&actor, item).await?;
    Ok(Done)
}

async fn goods(
    State(engine): State<Engine>,
    Learner { actor, .. }: Learner,
    Named(ItemPath { item }): Named<ItemPath>,
) -> Reply<Bought> {
    Ok(Json(engine.bought_item(&actor, item).await?))
}

async fn list(
    State(engine): State<Engine>,
    Learner { actor, .. }: Learner,
    Named(ContentPath { content }): Named<ContentPath>,
    Params(page): Params<PageRequest>,
) -> Reply<Page<ItemView>> {
    let content = content.resolve(&engine, &actor).await?;
    Ok(Json(engine.items(&actor, content, page).await?))
}

async fn purchases(
    State(engine): State<Engine>,
    Learner { actor, .. }: Learner,
    Params(page): Params<PageRequest>,
) -> Reply<Page<Purchase>> {
    Ok(Json(engine.purchases(&actor, page).await?))
}

async fn buy(
    State(engine): State<Engine>,
    Learner { actor, .. }: Learner,
    Body(buy): Body<BuyItem>,
) -> Result<Made<Bought>, ApiError> {
    Ok(Made(engine.buy_item(&actor, buy).await?))
}
