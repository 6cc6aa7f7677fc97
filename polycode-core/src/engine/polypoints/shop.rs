//! The shop: items offered by authors, and bought by learners with polypoints, each once.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::catalogue::{Bought, Content, Goods, Item, ItemDraft, ItemState, ItemView};
use crate::engine::changes::{Changes, not_found};
use crate::engine::practice::booking::split;
use crate::engine::{Engine, EngineError};
use crate::id::{ContentId, EntryId, ItemId, UserId};
use crate::permission::{Action, Actor, Resource};
use crate::polypoints::{Offer, Payment, Purchase, Wallet};
use crate::port::{Document, Lookup, Page, PageRequest, Versioned, Write};
use crate::quantity::{Points, Version};
use crate::refusal::Refusal;

/// What a user wants to buy, and the price that they saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BuyItem {
    /// The item.
    pub item: ItemId,
    /// What the user agrees to pay: nobody pays more because an author was quicker.
    pub price: Points,
}

impl Engine {
    /// SH-1: puts an item of a content on sale.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not, there is no such content, or the draft
    /// breaks a rule; [`EngineError::Store`] when the store failed.
    pub async fn create_item(
        &self,
        actor: &Actor,
        draft: ItemDraft,
    ) -> Result<Versioned<Item>, EngineError> {
        actor.require_own(Action::Create.on(Resource::Item), "selling an item")?;
        let author = actor.signed_in("selling an item")?;
        let content = self.sold_with(actor, &draft).await?;
        let id = ItemId(self.ids.next());
        let mut changes = Changes::default();
        let now = self.clock.now();
        changes.event(Item::decide_offer(id, &draft, &content.value.draft, now)?);
        let item = Item {
            id,
            author: author.clone(),
            content_version: content.version,
            state: ItemState::OnSale,
            draft,
        };
        changes.create(&item)?;
        if self.tries().lands(changes).await? {
            Ok(Versioned {
                version: Version::FIRST,
                value: item,
            })
        } else {
            Err(EngineError::Contended)
        }
    }

    /// SH-1: writes an item anew. Who bought it sees it as it is now.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when it is not the actor's own, was retired, or the draft breaks
    /// a rule; [`EngineError::Store`] when the store failed.
    pub async fn update_item(
        &self,
        actor: &Actor,
        id: ItemId,
        draft: ItemDraft,
    ) -> Result<Versioned<Item>, EngineError> {
        // Whose the item is comes first: others learn nothing of its content.
        self.authored_item(actor, id, Action::Update).await?;
        let content = self.sold_with(actor, &draft).await?;
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let item = self.authored_item(actor, id, Action::Update).await?;
            let now = self.clock.now();
            let event = item
                .value
                .decide_update(&draft, &content.value.draft, now)?;
            let written = item.value.apply(&event);
            let written = written.rewritten(draft.clone(), content.version);
            changes.put(&written, Some(item.version))?;
            changes.event(event);
            if tries.lands(changes).await? {
                return Ok(Versioned {
                    version: item.version.next(),
                    value: written,
                });
            }
        }
    }

    /// SH-1: takes an item off sale. Who bought it keeps it.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when it is not the actor's own or was retired before;
    /// [`EngineError::Store`] when the store failed.
    pub async fn retire_item(&self, actor: &Actor, id: ItemId) -> Result<(), EngineError> {
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let item = self.authored_item(actor, id, Action::Delete).await?;
            let event = item.value.decide_retire(self.clock.now())?;
            changes.put(&item.value.apply(&event), Some(item.version))?;
            changes.event(event);
            if tries.lands(changes).await? {
                return Ok(());
            }
        }
    }

    /// An item with what it sells, for its author.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when it is not the actor's own; [`EngineError::Store`] when the
    /// store failed.
    pub async fn item(&self, actor: &Actor, id: ItemId) -> Result<Versioned<Item>, EngineError> {
        self.authored_item(actor, id, Action::Update).await
    }

    /// SH-1: the items of a content that can be bought, without what they sell.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor may not or the page is not one;
    /// [`EngineError::Store`] when the store failed.
    pub async fn items(
        &self,
        actor: &Actor,
        content: ContentId,
        page: PageRequest,
    ) -> Result<Page<ItemView>, EngineError> {
        actor.require_own(Action::Read.on(Resource::Item), "seeing items")?;
        let on_sale = Lookup::of::<Item>(Item::ON_SALE, &content);
        let page = self.list::<Item>(on_sale, page).await?;
        let mut items = Vec::with_capacity(page.items.len());
        for item in page.items {
            let owned = match actor.id() {
                Some(user) => self.owned(item.value.id, user).await?,
                None => None,
            };
            items.push(item.value.view(owned.as_ref()));
        }
        Ok(Page {
            items,
            next: page.next,
        })
    }

    /// SH-1: buys an item, once, for what the wallet holds at least.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when there is no such item, it was bought before, its price is
    /// another by now, or the wallet holds less; [`EngineError::Store`] when the store failed.
    pub async fn buy_item(&self, actor: &Actor, buy: BuyItem) -> Result<Bought, EngineError> {
        let what = "buying an item";
        actor.require_own(Action::Buy.on(Resource::Item), what)?;
        let user = actor.signed_in(what)?;
        let mut tries = self.tries();
        loop {
            let mut changes = Changes::default();
            let item = self.load::<Item>(&buy.item).await?;
            let owned = self.owned(buy.item, user).await?;
            if owned.is_none() {
                if !item.value.is_on_sale() {
                    return Err(not_found::<Item>(&buy.item).into());
                }
                if item.value.draft.price != buy.price {
                    return Err(Refusal::Stale { what: Item::KIND }.into());
                }
            }
            // Nobody pays for what is not there to give.
            let goods = self.goods(&item.value).await?;
            let wallet = self.store.wallet(user).await?;
            let (read, wallet) = split(wallet, || Wallet::new(user.clone()));
            let offer = Offer {
                item: buy.item,
                price: buy.price,
            };
            let entry = EntryId(self.ids.next());
            let now = self.clock.now();
            let sale = Purchase::decide(&wallet, owned.as_ref(), offer, entry, now)?;
            let purchase = Purchase::begin(&sale.purchased);
            changes.create(&purchase)?;
            changes.event(sale.purchased);
            if let Some(Payment { entry, paid }) = sale.payment {
                let wallet = wallet.apply(&paid);
                changes.write(Write::Wallet {
                    expected: read,
                    wallet,
                });
                changes.write(Write::Entry(entry));
                changes.event(paid);
            }
            if tries.lands(changes).await? {
                return Ok(Bought { purchase, goods });
            }
        }
    }

    /// SH-1: an item that the actor bought, with what it sells, also when it was retired since.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor did not buy it; [`EngineError::Store`] when the
    /// store failed.
    pub async fn bought_item(&self, actor: &Actor, id: ItemId) -> Result<Bought, EngineError> {
        let user = actor.signed_in("reading an item")?;
        let owned = self.owned(id, user).await?;
        let purchase = owned.ok_or_else(|| not_found::<Item>(&id))?;
        let item = self.load::<Item>(&id).await?;
        let goods = self.goods(&item.value).await?;
        Ok(Bought { purchase, goods })
    }

    /// SH-1: what the actor bought, newest first.
    ///
    /// # Errors
    /// [`EngineError::Refused`] when the actor did not sign in or the page is not one;
    /// [`EngineError::Store`] when the store failed.
    pub async fn purchases(
        &self,
        actor: &Actor,
        page: PageRequest,
    ) -> Result<Page<Purchase>, EngineError> {
        let user = actor.signed_in("seeing purchases")?;
        let own = Lookup::of::<Purchase>(Purchase::OF_USER, user).reversed();
        let page = self.list::<Purchase>(own, page).await?;
        Ok(page.map(|purchase| purchase.value))
    }

    async fn owned(&self, item: ItemId, user: &UserId) -> Result<Option<Purchase>, EngineError> {
        let key = Purchase::key_of(item, user);
        let owned = self.find::<Purchase>(&key).await?;
        Ok(owned.map(|owned| owned.value))
    }

    /// What an item sells: of the content as it is now or, when that has no such validator any
    /// more, as it was when the item was written.
    async fn goods(&self, item: &Item) -> Result<Goods, EngineError> {
        let content = item.draft.content;
        let now = self.store.content(content).await?;
        if let Some(goods) = now.and_then(|content| item.goods(&content.value.draft)) {
            return Ok(goods);
        }
        let then = self.store.content_at(content, item.content_version).await?;
        let goods = then.and_then(|content| item.goods(&content.draft));
        Ok(goods.ok_or_else(|| not_found::<Item>(&item.id))?)
    }

    /// The content that an item helps with; only its authors sell what they know of it.
    async fn sold_with(
        &self,
        actor: &Actor,
        draft: &ItemDraft,
    ) -> Result<Versioned<Content>, EngineError> {
        let content = self.load_content(draft.content).await?;
        let ownership = self.ownership_of_content(actor, draft.content).await?;
        let update = Action::Update.on(Resource::Content);
        actor.require(update, ownership, "content", &draft.content)?;
        Ok(content)
    }

    async fn authored_item(
        &self,
        actor: &Actor,
        id: ItemId,
        action: Action,
    ) -> Result<Versioned<Item>, EngineError> {
        let item = self.load::<Item>(&id).await?;
        let ownership = actor.ownership(&item.value.author);
        let permission = action.on(Resource::Item);
        actor.require(permission, ownership, Item::KIND, &id)?;
        Ok(item)
    }
}
