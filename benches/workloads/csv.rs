crate::visit::peers! { 1; }
