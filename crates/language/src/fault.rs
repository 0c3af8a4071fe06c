//! Whose fault a complaint is, as far as the words tell.

crate::code::codes! {
    /// 责任方: whose fault a complaint is.
    Fault ("fault") {
        /// The shop, or a marketplace that sells itself.
        Seller = "seller",
        /// The parcel or food courier.
        Carrier = "carrier",
        /// The marketplace's site, app, account or rules.
        Platform = "platform",
        /// The buyer: own choice, preference or mistake.
        Buyer = "buyer",
        /// Somebody else: an installer, a maker of other goods.
        ThirdParty = "third_party",
        /// The words do not tell.
        Unknown = "unknown",
    }
}
