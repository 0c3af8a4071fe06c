//! The use cases, one module per stage in flow order.
